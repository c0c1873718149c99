import { keyOfName } from '../values/digest.ts';
import type { CollectionId, ProjectId, ProjectName, RunId } from '../values/names.ts';
import type { SortedTable } from '../values/sorted-table.ts';

/** What a project owns, so that its deletion need not look through everything. */
export interface Project {
  readonly id: ProjectId;
  readonly name: ProjectName;
  /** Every artifact collection that was ever created in it, standing or not. */
  readonly collections: SortedTable<CollectionId, true>;
  /** Every run that was ever in it, standing or not. */
  readonly runs: SortedTable<RunId, true>;
}

/** The key of the project of this name, whether or not there is one. */
export function projectIdOf(name: ProjectName): ProjectId {
  return keyOfName(`${name.entity}/${name.project}`) as ProjectId;
}
