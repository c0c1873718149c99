import { keyOfName } from '../values/digest.ts';
import type { RunId, RunName, VersionId } from '../values/names.ts';
import type { SortedTable } from '../values/sorted-table.ts';
import type { Who } from './people.ts';

/** A run: what it logged and what it used, which is the lineage of the versions. */
export interface Run {
  readonly id: RunId;
  readonly name: RunName;
  /** False after it was deleted: the record stays, since the lineage does (DEL-12). */
  readonly exists: boolean;
  /** Who began it, and may delete it (ACL-2). */
  readonly owner: Who;
  readonly logged: SortedTable<VersionId, true>;
  readonly used: SortedTable<VersionId, true>;
}

/** The key of the run of this name, whether or not there is one. */
export function runIdOf(name: RunName): RunId {
  return keyOfName(`${name.entity}/${name.project}/${name.run}`) as RunId;
}
