import type { Command } from '../decider/command.ts';
import type { StoreEvent } from '../decider/event.ts';
import type { RefusalCode } from '../rules/refusals.ts';
import type { Store } from '../store/store.ts';
import type { VersionId } from '../values/names.ts';
import type { SortedTable } from '../values/sorted-table.ts';

/** The versions that the steps of a story have given names to. */
export type Names = SortedTable<string, VersionId>;

/** The names after a step that gives one, or null, to the version that its events are about. */
export function withName(names: Names, gives: string | null, events: readonly StoreEvent[]): Names {
  if (gives === null) return names;
  return events.reduce(
    (all, event) =>
      event.type === 'versionBegun' || event.type === 'versionReused'
        ? all.insert(gives, event.versionId)
        : all,
    names,
  );
}

/** What a move touches, in keys that mean nothing but "the same"; `everything` where it cannot be told beforehand. */
export type Footprint = 'everything' | ReadonlySet<string>;

/** One step of an actor. */
export type Move =
  | {
      readonly kind: 'command';
      readonly text: string;
      /**
       * The commands that it comes to, played in one go until one is refused; null where a name that it uses stands
       * for no version.
       */
      readonly commands: (names: Names) => readonly Command[] | null;
      /** The name of a version that it uses, or null. */
      readonly uses: string | null;
      /** The name that it gives to the version that it makes, or null. */
      readonly gives: string | null;
      /** The code with which it must be refused, or null where any outcome will do. */
      readonly refused: RefusalCode | null;
      readonly touches: Footprint;
    }
  | {
      /** A run of garbage collection: as many steps as the collector takes, with others in between. */
      readonly kind: 'collect';
      /** Whether it goes on to its end; otherwise it is one step, and no more. */
      readonly whole: boolean;
      readonly text: string;
      readonly touches: Footprint;
    };

/** Somebody, or something, that takes steps of its own, one after the other. */
export interface Actor {
  readonly name: string;
  readonly moves: readonly Move[];
}

/** A small story to be searched: a store, and actors whose steps may come in any order. */
export interface Exploration {
  readonly start: Store;
  readonly names: Names;
  readonly actors: readonly Actor[];
  /** How many times the collector may crash, anywhere. */
  readonly crashes: number;
}

/** Where a story has come to on one way through it. */
export interface State {
  readonly store: Store;
  readonly names: Names;
  /** How many moves each actor has behind it. */
  readonly done: readonly number[];
  /**
   * For each actor, null, or that it is in the middle of a run of garbage collection: the steps until the crash that
   * was planned for that run, infinitely many where none was.
   */
  readonly collecting: readonly (number | null)[];
  readonly crashesLeft: number;
  /** Whether a run was broken off and none has come to its end since. */
  readonly broken: boolean;
}

/** The state in which a story begins. */
export function beginningOf({ start, names, actors, crashes }: Exploration): State {
  return {
    store: start,
    names,
    done: actors.map(() => 0),
    collecting: actors.map(() => null),
    crashesLeft: crashes,
    broken: false,
  };
}
