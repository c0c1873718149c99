import { keyOfName } from '../values/digest.ts';
import type { CollectionId, ProjectId, ProjectName, RunId } from '../values/names.ts';
import type { SortedTable } from '../values/sorted-table.ts';

/** A project and what it owns, so that its deletion does not search the whole store. */
export interface Project {
  readonly id: ProjectId;
  readonly name: ProjectName;
  /** Every artifact collection ever created in it, deleted ones included. */
  readonly collections: SortedTable<CollectionId, true>;
  /** Every run ever started in it, deleted ones included. */
  readonly runs: SortedTable<RunId, true>;
}

/** The key of a project by its name, whether or not it exists. */
export function projectIdOf(name: ProjectName): ProjectId {
  return keyOfName(`${name.entity}/${name.project}`) as ProjectId;
}
