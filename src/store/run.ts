import { keyOfName } from '../values/digest.ts';
import type { RunId, RunName, VersionId } from '../values/names.ts';
import type { SortedTable } from '../values/sorted-table.ts';
import type { Who } from './people.ts';

/** A run with its lineage: the versions that it logged and used. */
export interface Run {
  readonly id: RunId;
  readonly name: RunName;
  /** False after its deletion. The record stays for the lineage (DEL-12), and so that its id is not used again (RUN-2). */
  readonly exists: boolean;
  /** Who started it and may delete it (ACL-2). */
  readonly owner: Who;
  readonly logged: SortedTable<VersionId, true>;
  readonly used: SortedTable<VersionId, true>;
}

/** The key of a run by its name, whether or not it exists. */
export function runIdOf(name: RunName): RunId {
  return keyOfName(`${name.entity}/${name.project}/${name.run}`) as RunId;
}
