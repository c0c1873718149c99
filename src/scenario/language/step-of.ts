import type { BucketFault } from '../../bucket/faults.ts';
import type { Command } from '../../decider/command.ts';
import type { Announcement } from '../../lifecycle/logging/client-ids.ts';
import type { SettingsChanges } from '../../lifecycle/operation/operating.ts';
import type { Action } from '../../simulator/action.ts';
import type { ManifestEntry } from '../../store/manifest.ts';
import type { RunFacts } from '../../store/run.ts';
import { formatTtl } from '../../store/time-to-live.ts';
import { digestOfName } from '../../values/digest.ts';
import { EMPTY_OBJECT, type Json, jsonValue } from '../../values/json.ts';
import {
  shortCollectionName,
  shortFileName,
  shortProjectName,
  shortRunName,
  shortVersionName,
  type VersionId,
} from '../../values/names.ts';
import { present } from '../../values/present.ts';
import { formatSize } from '../../values/units.ts';
import { flowText } from '../yaml/flow-text.ts';
import { encodeKey, isMapping } from '../yaml/yaml-keys.ts';

/** A YAML mapping; keys that users choose are encoded (`encodeKey`). */
export type Mapping = Readonly<Record<string, unknown>>;

/** The id that a step of the scenario gave each version, if any. */
export type Ids = ReadonlyMap<VersionId, string>;

/** No version has an id. */
export const NO_IDS: Ids = new Map();

/**
 * The step that plays an action: the inverse of `actionsOf`. Null if there is no such step: for a version by an id that
 * no step gave, an invalid TTL, and the commands that only scheduled jobs and the collector issue.
 */
export function stepOf(action: Action, ids: Ids = NO_IDS): Mapping | null {
  if ('ttl' in action && action.ttl.kind === 'invalid') return null;
  const fields = fieldsOf(action, ids);
  if (fields === null) return null;
  return present<Mapping>({ ...fields, as: 'by' in action ? (action.by ?? undefined) : undefined });
}

/** The step that plays an action, on one line; null if there is no such step. */
export function actionLine(action: Action, ids: Ids = NO_IDS): string | null {
  const step = stepOf(action, ids);
  return step && stepLine(step);
}

/** A step on one line, as a scenario lists it after its dash and as the shell reads it. */
export function stepLine(step: Mapping): string {
  const text = flowText(step);
  return text.slice(2, -2);
}

function fieldsOf(command: Action, ids: Ids): Mapping | null {
  switch (command.type) {
    case 'wait':
      return { wait: durationText(command.duration) };
    case 'collectGarbage':
      return { collect: 'now' };
    case 'collectStep':
      return { collect: 'step' };
    case 'runExpiry':
      return { expire: 'now' };
    case 'logVersion':
    case 'beginVersion': {
      const { collection, manifest, artifactType } = command;
      const files = manifest.entries.length === 0 ? undefined : filesOf(manifest.entries);
      return {
        [command.type === 'logVersion' ? 'log' : 'begin']: shortCollectionName(collection),
        files,
        type: artifactType ?? undefined,
        ...(command.type === 'beginVersion' ? announcementOf(command) : {}),
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
    case 'addFiles': {
      const upload = withId('upload', command.versionId, ids);
      const run = command.run === null ? undefined : shortRunName(command.run);
      return upload && { ...upload, files: filesOf(command.files), run };
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
    case 'setFacts': {
      const { facts, tags } = command;
      const { description, metadata } = facts;
      return {
        describe: shortVersionName(command.version),
        description,
        metadata: metadata && yamlValue(jsonValue(metadata)),
        tags,
      };
    }
    case 'describeCollection': {
      const { description, tags } = command.facts;
      return { 'describe collection': shortCollectionName(command.collection), description, tags };
    }
    case 'renameCollection':
      return { 'rename collection': shortCollectionName(command.collection), to: command.to };
    case 'changeCollectionType':
      return { 'collection type': shortCollectionName(command.collection), is: command.artifactType };
    case 'linkVersion': {
      const { version, to, aliases } = command;
      return { link: shortVersionName(version), to: shortCollectionName(to), aliases: some(aliases) };
    }
    case 'unlinkVersion':
      return { unlink: shortVersionName(command.link) };
    case 'useVersion':
      return { use: shortVersionName(command.version), run: shortRunName(command.run) };
    case 'startRun': {
      return { 'start run': shortRunName(command.run), ...runFactsFields(command.facts) };
    }
    case 'setRunFacts':
      return { 'describe run': shortRunName(command.run), ...runFactsFields(command.facts) };
    case 'finishRun':
      return { 'finish run': shortRunName(command.run), state: command.state };
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
      return { server: settingsIn(command.changes) };
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

/** The settings that change, as a `server` block or step writes them. */
export function settingsIn(changes: SettingsChanges): Mapping {
  const { retentionSeconds, gcEverySeconds, abandonAfterSeconds, env, bucket, ...others } = changes;
  return present<Mapping>({
    ...others,
    env: env && keyed(env.map(({ name, value }) => [name, value])),
    bucket: bucket && present<Mapping>(bucket),
    retention: durationText(retentionSeconds),
    gcEvery: durationText(gcEverySeconds),
    abandonAfter: durationText(abandonAfterSeconds),
  });
}

/** The planned faults of the bucket, as a `server` block or step writes them. */
export function faultsIn(faults: readonly BucketFault[]): readonly Mapping[] {
  return faults.map(({ call, fault, times }) =>
    present<Mapping>({ call, fault, times: times === 1 ? undefined : times }),
  );
}

/** A duration in seconds, in the largest unit that divides it: `36h`; `2w` becomes `14d`. */
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

/** A mapping with keys that users choose. */
export function keyed(entries: readonly (readonly [string, unknown])[]): Mapping {
  return Object.fromEntries(entries.map(([key, value]) => [encodeKey(key), value]));
}

// A JSON value with its keys encoded.
function yamlValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(yamlValue);
  return isMapping(value)
    ? keyed(Object.entries(value).map(([key, inner]) => [key, yamlValue(inner)]))
    : value;
}

// Of two entries with one path the later one counts; YAML would refuse duplicate keys.
function filesOf(entries: readonly ManifestEntry[]): Mapping {
  return keyed(entries.map((entry) => [entry.path, contentOf(entry)]));
}

// Text is the name of the content; content without a name is identified by its digest.
function contentOf(entry: ManifestEntry): unknown {
  const size = formatSize(entry.sizeBytes);
  const extra = entry.extra && yamlValue(jsonValue(entry.extra));
  if (entry.kind === 'file') {
    const md5 = entry.digest === digestOfName(entry.path) ? undefined : entry.digest;
    return md5 === undefined && extra === undefined ? size : present<Mapping>({ size, md5, extra });
  }
  const { address, checksum, sizeBytes } = entry;
  return present<Mapping>({
    ref: address,
    size: sizeBytes === 0 ? undefined : size,
    checksum: checksum === address ? undefined : checksum,
    extra,
  });
}

function detailsOf({
  aliases,
  tags,
  facts,
  run,
  ttl,
}: Extract<Command, { readonly type: 'logVersion' | 'beginVersion' | 'logDraft' }>): Mapping {
  const metadata = facts?.metadata ?? EMPTY_OBJECT;
  return {
    aliases: some(aliases),
    tags: some(tags),
    description: facts?.description ?? undefined,
    metadata: metadata === EMPTY_OBJECT ? undefined : yamlValue(jsonValue(metadata)),
    'history step': facts?.historyStep ?? undefined,
    run: run === null ? undefined : shortRunName(run),
    ttl: ttl.kind === 'inherit' ? undefined : formatTtl(ttl),
  };
}

function announcementOf({ clientIds = [], announced }: Announcement): Mapping {
  return { 'client ids': some(clientIds), announced: announced === null ? 'none' : announced };
}

function runFactsFields(facts: Partial<RunFacts>): Mapping {
  const { displayName: name, tags, group, jobType, notes, files } = facts;
  const value = (json: Json | undefined) => json && yamlValue(jsonValue(json));
  return {
    ...{ name, tags, config: value(facts.config), summary: value(facts.summary) },
    ...{ group, 'job type': jobType, notes, progress: value(facts.progress), files: files && filesOf(files) },
  };
}

function conditionsOf({ where }: Extract<Command, { readonly type: 'deleteMatching' }>): Mapping {
  return present<Mapping>({
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
