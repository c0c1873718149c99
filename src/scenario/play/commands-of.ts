import type { Command } from '../../decider/command.ts';
import type { Names } from '../../explore/exploration.ts';
import type { Filter } from '../../lifecycle/deletion/filter.ts';
import { type Manifest, type ManifestEntry, manifestOf } from '../../store/manifest.ts';
import type { Who } from '../../store/people.ts';
import type { Store } from '../../store/store.ts';
import { INHERITED } from '../../store/time-to-live.ts';
import { versionFacts } from '../../store/version.ts';
import { EMPTY_OBJECT } from '../../values/json.ts';
import { assert } from '../../values/result.ts';
import { type Seconds, seconds } from '../../values/units.ts';
import type { Folders } from '../language/scenario.ts';
import type { CommandingStep, Step, StepOf } from '../language/schema-steps.ts';
import { faultsOf, settingsOf } from '../language/settings-of.ts';

/** The id that a step uses for a version, or null. */
export function idUsedBy(step: Step): string | null {
  switch (step.kind) {
    case 'commit':
      return step.body.commit;
    case 'abandon':
      return step.body.abandon;
    case 'delete':
      return step.body.delete.by === 'id' ? step.body.delete.id : null;
    default:
      return null;
  }
}

/** How long a step waits in a store; not at all until a date that has passed. */
export function durationOf({ body: { wait } }: StepOf<'wait'>, { begins, now }: Store): Seconds {
  return typeof wait === 'number' ? wait : seconds(Math.max(0, wait.until - (begins ?? wait.until) - now));
}

/** The commands of a step, in order; null if it uses the id of a version that was not created. */
export function commandsOf(
  step: CommandingStep,
  versions: Names,
  folders: Folders,
): readonly Command[] | null {
  const by = step.body.as ?? null;
  const id = idUsedBy(step);
  const versionId = id === null ? undefined : versions.get(id);
  if (id !== null && versionId === undefined) return null;
  switch (step.kind) {
    case 'commit':
      return versionId === undefined ? null : [{ type: 'commitVersion', versionId, by }];
    case 'abandon':
      return versionId === undefined ? null : [{ type: 'abandonVersion', versionId, by }];
    case 'delete': {
      const { delete: target, deleteAliases = false } = step.body;
      if (target.by === 'name') return [{ type: 'deleteVersion', target, deleteAliases, by }];
      if (versionId === undefined) return null;
      return [{ type: 'deleteVersion', target: { by: 'id', versionId }, deleteAliases, by }];
    }
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

function commandOf(
  step: Exclude<CommandingStep, StepOf<'commit' | 'abandon' | 'delete' | 'expire' | 'server'>>,
  by: Who,
  folders: Folders,
): Command {
  switch (step.kind) {
    case 'log':
      return logging('logVersion', step.body.log, step.body, by, folders);
    case 'begin':
      return logging('beginVersion', step.body.begin, step.body, by, folders);
    case 'draft': {
      const { draft: base, add = [], remove = [], aliases = [], tags = [] } = step.body;
      const { run = null, ttl = INHERITED } = step.body;
      const facts = factsIn(step.body);
      return { type: 'logDraft', base, add, remove, aliases, tags, facts, run, ttl, by };
    }
    case 'use':
      return { type: 'useVersion', version: step.body.use, run: step.body.run, by };
    case 'alias': {
      const { alias: version, add = [], remove = [], protect = [] } = step.body;
      return { type: 'editAliases', version, add, remove, protect, by };
    }
    case 'link': {
      const { link: version, to, aliases = [] } = step.body;
      return { type: 'linkVersion', version, to, aliases, by };
    }
    case 'unlink':
      return { type: 'unlinkVersion', link: step.body.unlink, by };
    case 'restore':
      return { type: 'restoreVersion', version: step.body.restore, by };
    case 'recover':
      return { type: 'recoverVersion', version: step.body.recover, by };
    case 'ttl':
      return { type: 'setTtl', version: step.body.ttl, ttl: step.body.is, by };
    case 'team ttl': {
      const { 'team ttl': ttl, membersMaySetTtl = null } = step.body;
      return { type: 'setTeamTtl', ttl, membersMaySetTtl, by };
    }
    case 'bucket delete':
      return { type: 'deleteOutOfBand', file: step.body['bucket delete'], by };
    case 'bucket undelete':
      return { type: 'undeleteOutOfBand', file: step.body['bucket undelete'], by };
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

function logging(
  type: 'logVersion' | 'beginVersion',
  collection: StepOf<'log'>['body']['log'],
  body: StepOf<'log' | 'begin'>['body'],
  by: Who,
  folders: Folders,
): Command {
  const { type: artifactType = null, aliases = [], tags = [], run = null, ttl = INHERITED } = body;
  const manifest = manifestIn(body.files, folders);
  return { type, collection, artifactType, manifest, aliases, tags, facts: factsIn(body), run, ttl, by };
}

function factsIn({ description, metadata }: StepOf<'log' | 'begin' | 'draft'>['body']) {
  return versionFacts(description ?? null, metadata ?? EMPTY_OBJECT);
}

function manifestIn(files: StepOf<'log'>['body']['files'] = [], folders: Folders): Manifest {
  if (!('from' in files)) return manifestOf(files);
  const entries: readonly ManifestEntry[] | undefined = folders.get(files.from);
  assert(entries !== undefined, `the folder ${files.from} was read before the story is played`);
  return manifestOf(entries);
}
