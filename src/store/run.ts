import { keyOfName } from '../values/digest.ts';
import { frozen } from '../values/frozen.ts';
import { EMPTY_OBJECT, type Json } from '../values/json.ts';
import type { RunId, RunName, VersionId } from '../values/names.ts';
import { emptySortedTable, type SortedTable } from '../values/sorted-table.ts';
import type { Instant } from '../values/units.ts';
import type { FileEntry } from './manifest.ts';
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
  /** The group of runs that it belongs to, or null. */
  readonly group: string | null;
  /** What kind of work it does, or null. */
  readonly jobType: string | null;
  readonly notes: string | null;
  /** What a client needs in order to resume it, such as how many lines of its history were sent: a JSON object. */
  readonly progress: Json;
  /**
   * The files that it uploaded for itself, such as its console output: each path once, in code-point order. They are no
   * artifacts: nothing holds or collects them, and they do not count in any figure.
   */
  readonly files: readonly FileEntry[];
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
  return { displayName: name.run, ...NO_FACTS };
}

// Most runs share these.
const NO_FACTS: Omit<RunFacts, 'displayName'> = frozen({
  tags: [],
  config: EMPTY_OBJECT,
  summary: EMPTY_OBJECT,
  group: null,
  jobType: null,
  notes: null,
  progress: EMPTY_OBJECT,
  files: [],
});

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

/** When a run was last alive: now if it runs, or when it ended. */
export function heartbeatAt({ state }: Pick<Run, 'state'>, now: Instant): Instant {
  return state.kind === 'running' ? now : state.endedAt;
}

/** The key of a run by its name, whether or not it exists. */
export function runIdOf(name: RunName): RunId {
  return keyOfName(`${name.entity}/${name.project}/${name.run}`) as RunId;
}
