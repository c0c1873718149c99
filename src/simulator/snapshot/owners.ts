import type { ArtifactCollection } from '../../store/artifact-collection.ts';
import { type Project, projectIdOf } from '../../store/project.ts';
import type { Run } from '../../store/run.ts';
import type { StoreDraft } from '../../store/store-draft.ts';
import type { Version } from '../../store/version.ts';
import type { CollectionId, ProjectId, ProjectName, RunId, VersionId } from '../../values/names.ts';
import { emptySortedTable } from '../../values/sorted-table.ts';
import { UnreadableSnapshot } from './format.ts';

/**
 * What owns something: projects, and runs. A snapshot says it once, with what is owned, and here it is gathered again.
 */
export class Owners {
  readonly #runs = new Map<RunId, Run>();
  readonly #projects = new Map<ProjectId, Project>();

  /** A run that has logged and used nothing so far. */
  addRun(run: Pick<Run, 'id' | 'name' | 'exists' | 'owner'>): void {
    const { entity, project } = run.name;
    const logged = emptySortedTable<VersionId, true>().opened();
    const used = emptySortedTable<VersionId, true>().opened();
    this.#runs.set(run.id, { ...run, logged, used });
    this.#project({ entity, project }).runs.insert(run.id, true);
  }

  /** An artifact collection, to which nothing is added here. */
  addCollection({ id, name: { entity, project } }: ArtifactCollection): void {
    this.#project({ entity, project }).collections.insert(id, true);
  }

  /** The edges of a version's lineage. */
  addVersion({ id, loggedBy, usedBy }: Version): void {
    if (loggedBy !== null) this.#run(loggedBy).logged.insert(id, true);
    for (const runId of usedBy.keys()) this.#run(runId).used.insert(id, true);
  }

  /** Puts the runs and the projects into the draft of a store. */
  settle(draft: StoreDraft): void {
    for (const run of this.#runs.values()) {
      draft.runs.insert(run.id, { ...run, logged: run.logged.closed(), used: run.used.closed() });
    }
    for (const project of this.#projects.values()) {
      const [collections, runs] = [project.collections.closed(), project.runs.closed()];
      draft.projects.insert(project.id, { ...project, collections, runs });
    }
  }

  #run(id: RunId): Run {
    const run = this.#runs.get(id);
    if (run === undefined) throw new UnreadableSnapshot('nonsense', `there is no run ${id}`);
    return run;
  }

  #project(name: ProjectName): Project {
    const id = projectIdOf(name);
    const known = this.#projects.get(id);
    if (known !== undefined) return known;
    const collections = emptySortedTable<CollectionId, true>().opened();
    const project: Project = { id, name, collections, runs: emptySortedTable<RunId, true>().opened() };
    this.#projects.set(id, project);
    return project;
  }
}
