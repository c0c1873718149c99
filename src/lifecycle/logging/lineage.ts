import { projectOf } from '../../store/look-up.ts';
import type { Who } from '../../store/people.ts';
import { type Run, runIdOf } from '../../store/run.ts';
import type { Evolvers, Store, StoreDraft } from '../../store/store.ts';
import {
  isOwnerName,
  type RunId,
  type RunName,
  type VersionId,
  type VersionName,
} from '../../values/names.ts';
import { emptySortedTable } from '../../values/sorted-table.ts';
import { accepted, type Decision, refused } from '../decision.ts';
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

/** A run logged or used a version. The edge stays after the deletion of the version (DEL-12). */
export interface LineageRecorded {
  readonly type: 'lineageRecorded';
  readonly runId: RunId;
  readonly run: RunName;
  readonly edge: 'logged' | 'used';
  readonly versionId: VersionId;
  /** Who acts; they own the run if this starts it (ACL-2). */
  readonly by: Who;
}

/** Decides the use of a version by a run, which never blocks its deletion (DEL-12). Refuses with `not-found`, `bad-name`. */
export function decideLineage(command: LineageCommand, store: Store): Decision<LineageRecorded> {
  const bad = badRunName(command.run);
  if (bad !== undefined) return refused('badOwnerName', { name: bad });
  const version = lookUpVersion(store, command.version);
  if (!version.ok) return version;
  const run = store.runs.get(runIdOf(command.run));
  if (run?.exists === true && run.used.has(version.value.id)) return accepted([]);
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

/** The invalid part of a run's name, or undefined. */
export function badRunName(run: RunName): string | undefined {
  return [run.entity, run.project, run.run].find((part) => !isOwnerName(part));
}

/** The evolver of this chapter. */
export const EVOLVE_LINEAGE: Evolvers<LineageRecorded> = {
  lineageRecorded: (store, event) => {
    // A run that starts again under a deleted name continues its lineage (DEL-12), with a new owner.
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
