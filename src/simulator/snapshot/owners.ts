import type { ArtifactCollection } from '../../store/artifact-collection.ts';
import { type Project, projectIdOf } from '../../store/project.ts';
import type { Run } from '../../store/run.ts';
import type { Store } from '../../store/store.ts';
import type { Version } from '../../store/version.ts';
import type { CollectionId, ProjectId, ProjectName, RunId, VersionId } from '../../values/names.ts';
import { sortedKeysOf } from '../../values/sorted-table.ts';
import { tableOf } from '../../values/table.ts';
import { UnreadableSnapshot } from './format.ts';

type OwningRun = Omit<Run, 'logged' | 'used'> & {
  readonly logged: VersionId[];
  readonly used: VersionId[];
};

interface OwningProject extends Pick<Project, 'id' | 'name'> {
  readonly collections: CollectionId[];
  readonly runs: RunId[];
}

/** Collects what projects and runs own, which a snapshot stores only with the owned rows. */
export class Owners {
  readonly #runs = new Map<RunId, OwningRun>();
  readonly #projects = new Map<ProjectId, OwningProject>();

  /** Adds a run without lineage. */
  addRun(run: Omit<Run, 'logged' | 'used'>): void {
    const { entity, project } = run.name;
    this.#runs.set(run.id, { ...run, logged: [], used: [] });
    this.#project({ entity, project }).runs.push(run.id);
  }

  /** Adds an artifact collection to its project. */
  addCollection({ id, name: { entity, project } }: ArtifactCollection): void {
    this.#project({ entity, project }).collections.push(id);
  }

  /** Adds the lineage of a version. */
  addVersion({ id, loggedBy, usedBy }: Version): void {
    if (loggedBy !== null) this.#run(loggedBy).logged.push(id);
    for (const runId of usedBy.keys()) this.#run(runId).used.push(id);
  }

  /** Adds a version that a run logged without creating it (RUN-3). */
  addOutput(runId: RunId, versionId: VersionId): void {
    this.#run(runId).logged.push(versionId);
  }

  /** The finished runs and projects. */
  tables(): Pick<Store, 'runs' | 'projects'> {
    const runs = Array.from(this.#runs, ([id, run]): readonly [RunId, Run] => {
      return [id, { ...run, logged: sortedKeysOf(run.logged), used: sortedKeysOf(run.used) }];
    });
    const projects = Array.from(this.#projects, ([id, project]): readonly [ProjectId, Project] => {
      const [collections, owned] = [sortedKeysOf(project.collections), sortedKeysOf(project.runs)];
      return [id, { ...project, collections, runs: owned }];
    });
    return { runs: tableOf(runs), projects: tableOf(projects) };
  }

  #run(id: RunId): OwningRun {
    const run = this.#runs.get(id);
    if (run === undefined) throw new UnreadableSnapshot('nonsense', `there is no run ${id}`);
    return run;
  }

  #project(name: ProjectName): OwningProject {
    const id = projectIdOf(name);
    const known = this.#projects.get(id);
    if (known !== undefined) return known;
    const project: OwningProject = { id, name, collections: [], runs: [] };
    this.#projects.set(id, project);
    return project;
  }
}
