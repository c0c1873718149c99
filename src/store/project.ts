import { keyOfName } from '../values/digest.ts';
import type { CollectionId, ProjectId, ProjectName, RunId } from '../values/names.ts';
import type { SortedTable } from '../values/sorted-table.ts';
import type { People } from './people.ts';

/** A project and what it owns, so that its deletion does not search the whole store. */
export interface Project {
  readonly id: ProjectId;
  readonly name: ProjectName;
  /** Every artifact collection ever created in it, deleted ones included. */
  readonly collections: SortedTable<CollectionId, true>;
  /** Every run ever started in it, deleted ones included. */
  readonly runs: SortedTable<RunId, true>;
}

/** Whether a name is in a registry, a project with roles and protected aliases of its own (ACL-4, ALI-7). */
export function isInRegistry(
  { people: { registries } }: { readonly people: People },
  name: ProjectName,
): boolean {
  return registries.size > 0 && registries.has(projectIdOf(name));
}

/** The key of a project by its name, whether or not it exists. */
export function projectIdOf(name: ProjectName): ProjectId {
  return keyOfName(`${name.entity}/${name.project}`) as ProjectId;
}
