import type { BucketFault } from '../../bucket/faults.ts';
import type { Command } from '../../decider/command.ts';
import type { SettingsChanges } from '../../lifecycle/operating.ts';
import type { ManifestEntry } from '../../store/manifest.ts';
import { formatTtl } from '../../store/time-to-live.ts';
import { digestOfName } from '../../values/digest.ts';
import {
  shortCollectionName,
  shortFileName,
  shortProjectName,
  shortRunName,
  shortVersionName,
  type VersionId,
} from '../../values/names.ts';
import { formatSize } from '../../values/units.ts';
import { flowText } from '../yaml/flow-text.ts';
import { encodeKey } from '../yaml/yaml-keys.ts';

/** A mapping of YAML; its keys are encoded (`encodeKey`) where users chose them. */
export type Mapping = Readonly<Record<string, unknown>>;

/** The id that a step of the scenario gives to each version that has one. */
export type Ids = ReadonlyMap<VersionId, string>;

/** No version has an id. */
export const NO_IDS: Ids = new Map();

/**
 * The step that plays a command: the inverse of `commandsOf`. Null for what no step says: a version by its id where no
 * step gave it one, and the commands that only the scheduled jobs and the collector take.
 */
export function stepOf(command: Command, ids: Ids = NO_IDS): Mapping | null {
  const fields = fieldsOf(command, ids);
  if (fields === null) return null;
  return mapping({ ...fields, as: 'by' in command ? (command.by ?? undefined) : undefined });
}

/** A step on one line, as it stands in a scenario behind its dash, and as the shell reads it. */
export function stepLine(step: Mapping): string {
  const text = flowText(step);
  return text.slice(2, -2);
}

function fieldsOf(command: Command, ids: Ids): Mapping | null {
  switch (command.type) {
    case 'logVersion':
    case 'beginVersion': {
      const { collection, manifest, artifactType } = command;
      const files = manifest.entries.length === 0 ? undefined : filesOf(manifest.entries);
      return {
        [command.type === 'logVersion' ? 'log' : 'begin']: shortCollectionName(collection),
        files,
        type: artifactType ?? undefined,
        ...detailsOf(command),
      };
    }
    case 'logDraft': {
      const add = command.add.length === 0 ? undefined : filesOf(command.add);
      return {
        draft: shortVersionName(command.base),
        add,
        remove: some(command.remove),
        ...detailsOf(command),
      };
    }
    case 'commitVersion':
      return withId('commit', command.versionId, ids);
    case 'abandonVersion':
      return withId('abandon', command.versionId, ids);
    case 'editAliases': {
      const { version, add, remove, protect } = command;
      const changes = { add: some(add), remove: some(remove), protect: some(protect) };
      return { alias: shortVersionName(version), ...changes };
    }
    case 'linkVersion': {
      const { version, to, aliases } = command;
      return { link: shortVersionName(version), to: shortCollectionName(to), aliases: some(aliases) };
    }
    case 'unlinkVersion':
      return { unlink: shortVersionName(command.link) };
    case 'useVersion':
      return { use: shortVersionName(command.version), run: shortRunName(command.run) };
    case 'deleteVersion': {
      const { target, deleteAliases } = command;
      const named =
        target.by === 'name'
          ? { delete: shortVersionName(target.name) }
          : withId('delete', target.versionId, ids);
      return named && { ...named, deleteAliases: deleteAliases || undefined };
    }
    case 'deleteCollection':
      return { 'delete collection': shortCollectionName(command.collection) };
    case 'deleteMatching': {
      const { collection, deleteAliases } = command;
      const where = conditionsOf(command);
      return {
        'delete all': shortCollectionName(collection),
        where: Object.keys(where).length === 0 ? undefined : where,
        deleteAliases: deleteAliases || undefined,
      };
    }
    case 'deleteRun':
      return { 'delete run': shortRunName(command.run), artifacts: command.artifacts || undefined };
    case 'deleteProject':
      return { 'delete project': shortProjectName(command.project) };
    case 'restoreVersion':
      return { restore: shortVersionName(command.version) };
    case 'recoverVersion':
      return { recover: shortVersionName(command.version) };
    case 'setTtl':
      return { ttl: shortVersionName(command.version), is: formatTtl(command.ttl) };
    case 'setTeamTtl':
      return { 'team ttl': formatTtl(command.ttl), membersMaySetTtl: command.membersMaySetTtl ?? undefined };
    case 'deleteOutOfBand':
      return { 'bucket delete': shortFileName(command.file) };
    case 'undeleteOutOfBand':
      return { 'bucket undelete': shortFileName(command.file) };
    case 'changeSettings':
      return { server: switchesOf(command.changes) };
    case 'planBucketFaults':
      return { server: { 'bucket faults': faultsIn(command.faults) } };
    case 'planCrash':
      return { crash: `after ${command.afterSteps}` };
    case 'crashGarbageCollection':
      return command.afterSteps === null ? { crash: 'now' } : null;
    case 'moveClock':
    case 'expireVersions':
    case 'abandonStaleUploads':
    case 'dropCopies':
    case 'reviewVersions':
    case 'releaseHolds':
    case 'sweepObject':
    case 'closeVersion':
    case 'skipGarbageCollection':
    case 'forgetCrash':
      return null;
  }
}

/** The switches that a change names, as a `server` block or step writes them. */
export function switchesOf(changes: SettingsChanges): Mapping {
  const { retentionSeconds, gcEverySeconds, abandonAfterSeconds, env, bucket, ...others } = changes;
  return mapping({
    ...others,
    env: env && keyed(env.map(({ name, value }) => [name, value])),
    bucket: bucket && mapping(bucket),
    retention: durationText(retentionSeconds),
    gcEvery: durationText(gcEverySeconds),
    abandonAfter: durationText(abandonAfterSeconds),
  });
}

/** What goes wrong with the bucket, as a `server` block or step writes it. */
export function faultsIn(faults: readonly BucketFault[]): readonly Mapping[] {
  return faults.map(({ call, fault, times }) =>
    mapping({ call, fault, times: times === 1 ? undefined : times }),
  );
}

/** A duration in seconds, in the largest unit that writes it whole: `36h`, `2w` is `14d`. */
export function durationText(seconds: number | undefined): string | undefined {
  if (seconds === undefined) return undefined;
  const [unit, length] = UNITS.find(([, most]) => seconds % most === 0) ?? ['s', 1];
  return `${seconds / length}${unit}`;
}

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
] as const;

/** A mapping whose keys users chose. */
export function keyed(entries: readonly (readonly [string, unknown])[]): Mapping {
  return Object.fromEntries(entries.map(([key, value]) => [encodeKey(key), value]));
}

/** A mapping without the keys that have no value. */
export function mapping(fields: Mapping): Mapping {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

// Of two entries of one path the later one counts, and YAML would refuse both.
function filesOf(entries: readonly ManifestEntry[]): Mapping {
  return keyed(entries.map((entry) => [entry.path, contentOf(entry)]));
}

// A text means content of that name; bytes that have no name are known by their digest.
function contentOf(entry: ManifestEntry): unknown {
  const size = formatSize(entry.sizeBytes);
  if (entry.kind === 'file') {
    return entry.digest === digestOfName(entry.path) ? size : { size, md5: entry.digest };
  }
  const { address, checksum, sizeBytes } = entry;
  return mapping({
    ref: address,
    size: sizeBytes === 0 ? undefined : size,
    checksum: checksum === address ? undefined : checksum,
  });
}

function detailsOf({
  aliases,
  tags,
  run,
  ttl,
}: Extract<Command, { readonly type: 'logVersion' | 'beginVersion' | 'logDraft' }>): Mapping {
  return {
    aliases: some(aliases),
    tags: some(tags),
    run: run === null ? undefined : shortRunName(run),
    ttl: ttl.kind === 'inherit' ? undefined : formatTtl(ttl),
  };
}

function conditionsOf({ where }: Extract<Command, { readonly type: 'deleteMatching' }>): Mapping {
  return mapping({
    without: where.withoutAliases ? 'aliases' : undefined,
    with: where.withAlias ?? undefined,
    'older than': durationText(where.olderThanSeconds ?? undefined),
    'keep last': where.keepLast ?? undefined,
  });
}

function withId(verb: string, versionId: VersionId, ids: Ids): Mapping | null {
  const id = ids.get(versionId);
  return id === undefined ? null : { [verb]: id };
}

function some(texts: readonly string[]): readonly string[] | undefined {
  return texts.length === 0 ? undefined : texts;
}
