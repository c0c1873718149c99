import type { Command } from '../../decider/command.ts';
import type { Names } from '../../explore/exploration.ts';
import type { Filter } from '../../lifecycle/deletion/filter.ts';
import { versionAt } from '../../store/look-up.ts';
import { type Manifest, type ManifestEntry, manifestOf } from '../../store/manifest.ts';
import type { Who } from '../../store/people.ts';
import type { RunFacts } from '../../store/run.ts';
import type { Store } from '../../store/store.ts';
import { INHERITED } from '../../store/time-to-live.ts';
import { versionFacts } from '../../store/version.ts';
import { EMPTY_OBJECT } from '../../values/json.ts';
import type { VersionId, VersionName } from '../../values/names.ts';
import { present } from '../../values/present.ts';
import { assert } from '../../values/result.ts';
import { type Seconds, seconds } from '../../values/units.ts';
import type { Folders } from '../language/scenario.ts';
import type { CommandingStep, StepOf } from '../language/schema-steps.ts';
import type { VersionOrId } from '../language/schema-values.ts';
import { faultsOf, settingsOf } from '../language/settings-of.ts';
import { nameIn, versionNamedBy } from './step-targets.ts';

/** How long a step waits in a store; not at all until a date that has passed. */
export function durationOf({ body: { wait } }: StepOf<'wait'>, { begins, now }: Store): Seconds {
  return typeof wait === 'number' ? wait : seconds(Math.max(0, wait.until - (begins ?? wait.until) - now));
}

/** The commands of a step, in order; null if it is about an upload, or uses an id, that does not exist. */
export function commandsOf(
  step: CommandingStep,
  store: Store,
  ids: Names,
  folders: Folders,
): readonly Command[] | null {
  const by = step.body.as ?? null;
  const target = versionNamedBy(step);
  const versionId = target?.by === 'id' ? ids.get(target.id) : undefined;
  if (target?.by === 'id' && versionId === undefined) return null;
  const withId = (upload: VersionOrId, command: (id: VersionId) => Command): readonly Command[] | null => {
    const id = upload.by === 'id' ? versionId : versionAt(store, upload.name)?.id;
    return id === undefined ? null : [command(id)];
  };
  if (isAbout(step)) {
    const version = target && nameIn(target, ids, store);
    return version === null ? null : [commandAbout(version, step, by)];
  }
  switch (step.kind) {
    case 'upload': {
      const { upload, files, run = null } = step.body;
      return withId(upload, (id) => ({ type: 'addFiles', versionId: id, files, run, by }));
    }
    case 'commit':
      return withId(step.body.commit, (id) => ({ type: 'commitVersion', versionId: id, by }));
    case 'abandon':
      return withId(step.body.abandon, (id) => ({ type: 'abandonVersion', versionId: id, by }));
    case 'delete': {
      const { delete: asked, deleteAliases = false } = step.body;
      if (asked.by === 'name') return [{ type: 'deleteVersion', target: asked, deleteAliases, by }];
      if (versionId === undefined) return null;
      return [{ type: 'deleteVersion', target: { by: 'id', versionId }, deleteAliases, by }];
    }
    case 'start run': {
      const { 'start run': run, state = 'running' } = step.body;
      const started: Command = { type: 'startRun', run, facts: runFactsIn(step.body), by };
      return state === 'running' ? [started] : [started, { type: 'finishRun', run, state, by }];
    }
    case 'describe run': {
      const { 'describe run': run } = step.body;
      return [{ type: 'setRunFacts', run, facts: runFactsIn(step.body), by }];
    }
    case 'finish run':
      return [{ type: 'finishRun', run: step.body['finish run'], state: step.body.state ?? 'finished', by }];
    case 'expire':
      return [{ type: 'expireVersions' }, { type: 'abandonStaleUploads' }];
    case 'server': {
      const faults = faultsOf(step.body.server);
      const changes = settingsOf(step.body.server);
      const changed: Command = { type: 'changeSettings', changes, by };
      return faults === undefined ? [changed] : [changed, { type: 'planBucketFaults', faults, by }];
    }
    default:
      return [commandOf(step, by, folders)];
  }
}

// The steps with one command, about the version that they name.
const ABOUT = [
  'draft',
  'use',
  'alias',
  'describe',
  'link',
  'unlink',
  'restore',
  'recover',
  'ttl',
  'bucket delete',
  'bucket undelete',
] as const;

type StepAbout = StepOf<(typeof ABOUT)[number]>;

function isAbout(step: CommandingStep): step is StepAbout {
  return ABOUT.some((kind) => kind === step.kind);
}

function commandAbout(version: VersionName, step: StepAbout, by: Who): Command {
  switch (step.kind) {
    case 'draft': {
      const { add = [], remove = [], aliases = [], tags = [], run = null, ttl = INHERITED } = step.body;
      const facts = factsIn(step.body);
      return { type: 'logDraft', base: version, add, remove, aliases, tags, facts, run, ttl, by };
    }
    case 'use':
      return { type: 'useVersion', version, run: step.body.run, by };
    case 'alias': {
      const { add = [], remove = [], protect = [] } = step.body;
      return { type: 'editAliases', version, add, remove, protect, by };
    }
    case 'describe': {
      const { description, metadata, tags } = step.body;
      const facts = present({ description, metadata });
      return { type: 'setFacts', version, facts, ...present({ tags }), by };
    }
    case 'link': {
      const { to, aliases = [] } = step.body;
      return { type: 'linkVersion', version, to, aliases, by };
    }
    case 'unlink':
      return { type: 'unlinkVersion', link: version, by };
    case 'restore':
      return { type: 'restoreVersion', version, by };
    case 'recover':
      return { type: 'recoverVersion', version, by };
    case 'ttl':
      return { type: 'setTtl', version, ttl: step.body.is, by };
    case 'bucket delete':
      return { type: 'deleteOutOfBand', file: { version, path: step.body['bucket delete'].path }, by };
    case 'bucket undelete':
      return { type: 'undeleteOutOfBand', file: { version, path: step.body['bucket undelete'].path }, by };
  }
}

type OtherStep = Exclude<
  CommandingStep,
  | StepAbout
  | StepOf<
      | 'upload'
      | 'commit'
      | 'abandon'
      | 'delete'
      | 'start run'
      | 'describe run'
      | 'finish run'
      | 'expire'
      | 'server'
    >
>;

function runFactsIn(body: StepOf<'start run' | 'describe run'>['body']): Partial<RunFacts> {
  const {
    name: displayName,
    tags,
    config,
    summary,
    group,
    'job type': jobType,
    notes,
    progress,
    files,
  } = body;
  return present({ displayName, tags, config, summary, group, jobType, notes, progress, files });
}

function commandOf(step: OtherStep, by: Who, folders: Folders): Command {
  switch (step.kind) {
    case 'log':
      return { type: 'logVersion', collection: step.body.log, ...logging(step.body, by, folders) };
    case 'begin': {
      const { begin: collection, 'client ids': clientIds, announced } = step.body;
      const announcement = present({ clientIds, announced });
      return { type: 'beginVersion', collection, ...announcement, ...logging(step.body, by, folders) };
    }
    case 'describe collection': {
      const { 'describe collection': collection, description, tags } = step.body;
      return { type: 'describeCollection', collection, facts: present({ description, tags }), by };
    }
    case 'rename collection': {
      const { 'rename collection': collection, to } = step.body;
      return { type: 'renameCollection', collection, to, by };
    }
    case 'collection type': {
      const { 'collection type': collection, is: artifactType } = step.body;
      return { type: 'changeCollectionType', collection, artifactType, by };
    }
    case 'team ttl': {
      const { 'team ttl': ttl, membersMaySetTtl = null } = step.body;
      return { type: 'setTeamTtl', ttl, membersMaySetTtl, by };
    }
    case 'delete collection':
      return { type: 'deleteCollection', collection: step.body['delete collection'], by };
    case 'delete run': {
      const { 'delete run': run, artifacts = false } = step.body;
      return { type: 'deleteRun', run, artifacts, by };
    }
    case 'delete project':
      return { type: 'deleteProject', project: step.body['delete project'], by };
    case 'delete all': {
      const { 'delete all': collection, deleteAliases = false } = step.body;
      return { type: 'deleteMatching', collection, where: filterOf(step.body.where), deleteAliases, by };
    }
    case 'crash':
      return step.body.crash === 'now'
        ? { type: 'crashGarbageCollection', afterSteps: null }
        : { type: 'planCrash', afterSteps: step.body.crash };
  }
}

function filterOf(where: StepOf<'delete all'>['body']['where'] = {}): Filter {
  return {
    withoutAliases: where.without !== undefined,
    withAlias: where.with ?? null,
    olderThanSeconds: where['older than'] ?? null,
    keepLast: where['keep last'] ?? null,
  };
}

function logging(body: StepOf<'log' | 'begin'>['body'], by: Who, folders: Folders) {
  const { type: artifactType = null, aliases = [], tags = [], run = null, ttl = INHERITED } = body;
  const manifest = manifestIn(body.files, folders);
  return { artifactType, manifest, aliases, tags, facts: factsIn(body), run, ttl, by };
}

function factsIn({
  description,
  metadata,
  'history step': historyStep,
}: StepOf<'log' | 'begin' | 'draft'>['body']) {
  return versionFacts(description ?? null, metadata ?? EMPTY_OBJECT, historyStep);
}

function manifestIn(files: StepOf<'log'>['body']['files'] = [], folders: Folders): Manifest {
  if (!('from' in files)) return manifestOf(files);
  const entries: readonly ManifestEntry[] | undefined = folders.get(files.from);
  assert(entries !== undefined, `the folder ${files.from} was read before the story is played`);
  return manifestOf(entries);
}
