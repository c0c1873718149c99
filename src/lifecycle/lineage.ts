import { projectOf } from '../store/look-up.ts';
import type { Who } from '../store/people.ts';
import { type Run, runIdOf } from '../store/run.ts';
import type { Evolvers, Store, StoreDraft } from '../store/store.ts';
import { isOwnerName, type RunId, type RunName, type VersionId, type VersionName } from '../values/names.ts';
import { emptySortedTable } from '../values/sorted-table.ts';
import { accepted, type Decision, refused } from './decision.ts';
import { lookUpVersion } from './targeting.ts';

/** A run uses (reads) a version. */
export interface UseVersion {
  readonly type: 'useVersion';
  readonly version: VersionName;
  readonly run: RunName;
  readonly by?: Who;
}

/** Everything that can be asked for in this chapter. */
export type LineageCommand = UseVersion;

/** A run logged or used a version: an edge of the lineage, which stays when the version is deleted (DEL-12). */
export interface LineageRecorded {
  readonly type: 'lineageRecorded';
  readonly runId: RunId;
  readonly run: RunName;
  readonly edge: 'logged' | 'used';
  readonly versionId: VersionId;
  /** Who acts; the run is theirs, if it begins with this (ACL-2). */
  readonly by: Who;
}

/** Decides the use of a version by a run, which does not hold it up in any way (DEL-12). Refused: `not-found`, `bad-name`. */
export function decideLineage(command: LineageCommand, store: Store): Decision<LineageRecorded> {
  const bad = badRunName(command.run);
  if (bad !== undefined) return refused('badOwnerName', { name: bad });
  const version = lookUpVersion(store, command.version);
  if (!version.ok) return version;
  const run = store.runs.get(runIdOf(command.run));
  if (run?.exists === true && run.used.has(version.value.id)) return accepted([]);
  return accepted([lineage(command.run, 'used', version.value.id, command.by ?? null)]);
}

/** The event that notes an edge. */
export function lineage(
  run: RunName,
  edge: LineageRecorded['edge'],
  versionId: VersionId,
  by: Who,
): LineageRecorded {
  return { type: 'lineageRecorded', runId: runIdOf(run), run, edge, versionId, by };
}

/** The part of a run's name that no run can have, or undefined. */
export function badRunName(run: RunName): string | undefined {
  return [run.entity, run.project, run.run].find((part) => !isOwnerName(part));
}

/** What the events of this chapter change. */
export const EVOLVE_LINEAGE: Evolvers<LineageRecorded> = {
  lineageRecorded: (store, event) => {
    // A run that begins anew under the name of a deleted one goes on with its lineage (DEL-12); its owner is another.
    const { runs } = store;
    const known = runs.get(event.runId);
    const run: Run = {
      id: event.runId,
      name: event.run,
      exists: true,
      owner: known?.exists === true ? known.owner : event.by,
      logged: known?.logged ?? emptySortedTable(),
      used: known?.used ?? emptySortedTable(),
    };
    store.runs = runs.insert(event.runId, {
      ...run,
      [event.edge]: run[event.edge].insert(event.versionId, true),
    });
    ownRun(store, event);
    store.versions = store.versions.amend(event.versionId, (version) =>
      event.edge === 'logged'
        ? { ...version, loggedBy: event.runId }
        : { ...version, usedBy: version.usedBy.insert(event.runId, true) },
    );
  },
};

function ownRun(store: StoreDraft, { run, runId }: LineageRecorded): void {
  const project = projectOf(store, { entity: run.entity, project: run.project });
  if (project.runs.has(runId)) return;
  store.projects = store.projects.insert(project.id, { ...project, runs: project.runs.insert(runId, true) });
}
