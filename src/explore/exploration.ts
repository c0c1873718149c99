import type { Command } from '../decider/command.ts';
import type { StoreEvent } from '../decider/event.ts';
import { versionLogged } from '../lifecycle/logging/logging.ts';
import type { RefusalCode } from '../rules/refusals.ts';
import type { Store } from '../store/store.ts';
import type { VersionId } from '../values/names.ts';
import type { SortedTable } from '../values/sorted-table.ts';

/** The versions that steps of a story have named with an `id`. */
export type Names = SortedTable<string, VersionId>;

/** The names after a step that names the version its events created or reused; `gives` is null where it names none. */
export function withName(names: Names, gives: string | null, events: readonly StoreEvent[]): Names {
  if (gives === null) return names;
  const logged = versionLogged(events);
  return logged === undefined ? names : names.insert(gives, logged.versionId);
}

/** What a move touches, as opaque keys to compare; `everything` if that is not known before the move. */
export type Footprint = 'everything' | ReadonlySet<string>;

/** One step of an actor. */
export type Move =
  | {
      readonly kind: 'command';
      readonly text: string;
      /** Its commands, applied together until one is refused; null if a name that it uses has no version. */
      readonly commands: (before: State) => readonly Command[] | null;
      /** How it names the version that it is about, or null. */
      readonly uses: string | null;
      /** The name that it gives to the version that it makes, or null. */
      readonly gives: string | null;
      /** The code with which it must be refused, or null if any outcome is fine. */
      readonly refused: RefusalCode | null;
      readonly touches: Footprint;
    }
  | {
      /** A run of garbage collection. Other actors may act between its steps. */
      readonly kind: 'collect';
      /** Whether it continues to the end of the run; otherwise it is a single step. */
      readonly whole: boolean;
      readonly text: string;
      readonly touches: Footprint;
    };

/** Someone or something that takes its own steps in order. */
export interface Actor {
  readonly name: string;
  readonly moves: readonly Move[];
}

/** What a story claims of every state (`always`), of every end (`finally`), or of some state (`reachable`). */
export interface Claim {
  readonly kind: 'always' | 'finally' | 'reachable';
  readonly name: string;
  /** What is wrong in a state, one sentence each; empty if it is as claimed. */
  readonly wrong: (state: State) => readonly string[];
}

/** A small story to explore: a store, and actors whose steps interleave in any order. */
export interface Exploration {
  readonly start: Store;
  readonly names: Names;
  readonly actors: readonly Actor[];
  /** How many times the collector may crash, anywhere. */
  readonly crashes: number;
  /** What it claims of its states, in addition to the properties of every store. */
  readonly claims: readonly Claim[];
}

/** A state that one order of the steps reaches. */
export interface State {
  readonly store: Store;
  readonly names: Names;
  /** How many moves each actor has completed. */
  readonly done: readonly number[];
  /**
   * For each actor in the middle of a garbage collection run, the steps until the crash planned for that run (Infinity
   * if none is planned); null for the others.
   */
  readonly collecting: readonly (number | null)[];
  readonly crashesLeft: number;
  /** Whether a run was interrupted and no run has ended since. */
  readonly broken: boolean;
}

/** The first state of a story. */
export function beginningOf({
  start,
  names,
  actors,
  crashes,
}: Pick<Exploration, 'start' | 'names' | 'actors' | 'crashes'>): State {
  return {
    store: start,
    names,
    done: actors.map(() => 0),
    collecting: actors.map(() => null),
    crashesLeft: crashes,
    broken: false,
  };
}
