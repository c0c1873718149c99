import { keyOfName } from '../values/digest.ts';
import { EMPTY_OBJECT, type Json } from '../values/json.ts';
import type { RunId, RunName, VersionId } from '../values/names.ts';
import { emptySortedTable, type SortedTable } from '../values/sorted-table.ts';
import type { Instant } from '../values/units.ts';
import type { Who } from './people.ts';

/** How a run can end. */
export const RUN_ENDS = ['finished', 'failed', 'crashed'] as const;
/** How a run ended. */
export type RunEnd = (typeof RUN_ENDS)[number];

/** The state of a run. No rule reads it. */
export type RunState =
  | { readonly kind: 'running' }
  | {
      readonly kind: RunEnd;
      /** When it ended. */
      readonly endedAt: Instant;
    };

/** What clients say of a run and read again; no rule reads it. */
export interface RunFacts {
  /** The name that people see, which other runs can have too (RUN-1). */
  readonly displayName: string;
  readonly tags: readonly string[];
  /** A JSON object. */
  readonly config: Json;
  /** A JSON object. */
  readonly summary: Json;
}

/** A run with its lineage: the versions that it logged and used. */
export interface Run extends RunFacts {
  readonly id: RunId;
  /** Its path. The last part is its id, unique in the project (RUN-1). */
  readonly name: RunName;
  /** False after its deletion. The record stays for the lineage (DEL-12), and so that its id is not used again (RUN-2). */
  readonly exists: boolean;
  /** Who started it and may delete it (ACL-2). */
  readonly owner: Who;
  readonly state: RunState;
  /** When it started first. */
  readonly startedAt: Instant;
  /** Its outputs: the versions that it created, and those that it logged again (RUN-3). */
  readonly logged: SortedTable<VersionId, true>;
  readonly used: SortedTable<VersionId, true>;
}

/** The facts of a run that starts without any. */
export function defaultFacts(name: RunName): RunFacts {
  return { displayName: name.run, tags: [], config: EMPTY_OBJECT, summary: EMPTY_OBJECT };
}

/** A run that starts. */
export function newRun(id: RunId, name: RunName, owner: Who, startedAt: Instant): Run {
  return {
    id,
    name,
    exists: true,
    owner,
    ...defaultFacts(name),
    state: RUNNING,
    startedAt,
    logged: emptySortedTable(),
    used: emptySortedTable(),
  };
}

/** The state of a run that did not end. */
export const RUNNING: RunState = Object.freeze({ kind: 'running' });

/** The key of a run by its name, whether or not it exists. */
export function runIdOf(name: RunName): RunId {
  return keyOfName(`${name.entity}/${name.project}/${name.run}`) as RunId;
}
