import { projectOf } from '../../store/look-up.ts';
import type { Who } from '../../store/people.ts';
import { newRun, type Run, runIdOf } from '../../store/run.ts';
import type { Evolvers, Store, StoreDraft } from '../../store/store.ts';
import {
  isOwnerName,
  type RunId,
  type RunName,
  shortRunName,
  type VersionId,
  type VersionName,
} from '../../values/names.ts';
import { accepted, type Decision, type Refused, refused } from '../decision.ts';
import { lookUpVersion } from '../targeting.ts';

/** A run uses (reads) a version. */
export interface UseVersion {
  readonly type: 'useVersion';
  readonly version: VersionName;
  readonly run: RunName;
  readonly by?: Who;
}

/** The commands of this chapter. */
export type LineageCommand = UseVersion;

/**
 * A run created a version (`logged`), only has it among its outputs (`output`, RUN-3), or used it. The edge stays after
 * the deletion of the version (DEL-12).
 */
export interface LineageRecorded {
  readonly type: 'lineageRecorded';
  readonly runId: RunId;
  readonly run: RunName;
  readonly edge: 'logged' | 'output' | 'used';
  readonly versionId: VersionId;
  /** Who acts; they own the run if this starts it (ACL-2). */
  readonly by: Who;
}

/**
 * Decides the use of a version by a run, which never blocks its deletion (DEL-12). Refuses with `not-found`, `bad-name`,
 * `run-deleted` (RUN-2).
 */
export function decideLineage(command: LineageCommand, store: Store): Decision<LineageRecorded> {
  const wrong = wrongRun(store, command.run);
  if (wrong !== undefined) return wrong;
  const version = lookUpVersion(store, command.version);
  if (!version.ok) return version;
  const run = store.runs.get(runIdOf(command.run));
  if (run?.used.has(version.value.id) === true) return accepted([]);
  return accepted([lineage(command.run, 'used', version.value.id, command.by ?? null)]);
}

/** The event of a lineage edge. */
export function lineage(
  run: RunName,
  edge: LineageRecorded['edge'],
  versionId: VersionId,
  by: Who,
): LineageRecorded {
  return { type: 'lineageRecorded', runId: runIdOf(run), run, edge, versionId, by };
}

/** The event that lists a version among the outputs of a run that did not create it (RUN-3); none if it is there. */
export function outputOf(
  store: Store,
  run: RunName,
  versionId: VersionId,
  by: Who,
): readonly LineageRecorded[] {
  const isListed = store.runs.get(runIdOf(run))?.logged.has(versionId) === true;
  return isListed ? [] : [lineage(run, 'output', versionId, by)];
}

/** Refuses a run that cannot log or use anything: `bad-name` (LOG-1), or `run-deleted` (RUN-2). */
export function wrongRun(store: Store, run: RunName): Refused | undefined {
  const bad = [run.entity, run.project, run.run].find((part) => !isOwnerName(part));
  if (bad !== undefined) return refused('badOwnerName', { name: bad });
  const isDeleted = store.runs.get(runIdOf(run))?.exists === false;
  return isDeleted ? refused('runDeleted', { run: shortRunName(run) }) : undefined;
}

/** A run as it is, or as it starts. */
export function runOrNew(store: Pick<StoreDraft, 'runs' | 'now'>, name: RunName, by: Who): Run {
  const id = runIdOf(name);
  return store.runs.get(id) ?? newRun(id, name, by, store.now);
}

/** Adds a run to its project. */
export function ownRun(store: StoreDraft, name: RunName): void {
  const runId = runIdOf(name);
  const project = projectOf(store, { entity: name.entity, project: name.project });
  if (project.runs.has(runId)) return;
  store.projects = store.projects.insert(project.id, { ...project, runs: project.runs.insert(runId, true) });
}

/** The evolver of this chapter. */
export const EVOLVE_LINEAGE: Evolvers<LineageRecorded> = {
  lineageRecorded: (store, { runId, run: name, edge, versionId, by }) => {
    const run = runOrNew(store, name, by);
    const table = edge === 'used' ? 'used' : 'logged';
    store.runs = store.runs.insert(runId, { ...run, [table]: run[table].insert(versionId, true) });
    ownRun(store, name);
    // RUN-3: the version belongs to the run that created it.
    if (edge === 'output') return;
    store.versions = store.versions.amend(versionId, (version) =>
      edge === 'logged'
        ? { ...version, loggedBy: runId }
        : { ...version, usedBy: version.usedBy.insert(runId, true) },
    );
  },
};
