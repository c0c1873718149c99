import type { Command } from '../decider/command.ts';
import type { StoreEvent } from '../decider/event.ts';
import { type Outcome, Simulator } from '../simulator/simulator.ts';
import type { Store } from '../store/store.ts';
import { frozen } from '../values/frozen.ts';
import type { Seconds } from '../values/units.ts';

/** What was played on the store: a command, or time that passed with its scheduled jobs. */
export type Action = Command | { readonly type: 'wait'; readonly duration: Seconds };

/** A turn that changed the store; frozen. */
export interface HistoryEntry {
  /** What it was about, for people. */
  readonly label: string;
  /** What was played, in order. Played again on a store like the first one, it comes to the same. */
  readonly actions: readonly Action[];
  readonly events: readonly StoreEvent[];
  /** The call that it belongs to: uploading and garbage collection take several turns. */
  readonly call: number;
}

/**
 * A copy of what a script gave, which it may change afterwards. An instance of a class, as a manifest is, looks after
 * itself.
 */
export function copied<Value>(value: Value): Value {
  return copyOf(value) as Value;
}

/** What a turn may do with the store. */
export interface Turn {
  /** The store as it is now. */
  readonly store: Store;
  /** Plays a deed, and answers what it came to. */
  play(action: Action): Outcome;
}

interface Kept {
  readonly entry: HistoryEntry;
  readonly after: Store;
}

/** Remembers every turn that changed a store, and the store after it, so that calls can be undone and done again. */
export class History {
  readonly #start: Store;
  readonly #kept: Kept[] = [];
  #done = 0;

  /** A history that begins with this store. */
  constructor(start: Store) {
    this.#start = start;
  }

  /** The store after everything that is not undone. */
  get store(): Store {
    return this.#kept[this.#done - 1]?.after ?? this.#start;
  }

  /** Every turn that changed the store and is not undone. */
  get entries(): readonly HistoryEntry[] {
    return Object.freeze(this.#kept.slice(0, this.#done).map(({ entry }) => entry));
  }

  /** Takes a turn. What was undone before is forgotten as soon as something changes. */
  take<Result>(label: string, call: number, body: (turn: Turn) => Result): Result {
    const before = this.store;
    const simulator = Simulator.from(before);
    const actions: Action[] = [];
    const events: StoreEvent[] = [];
    const play = (action: Action): Outcome => {
      const outcome = action.type === 'wait' ? simulator.wait(action.duration) : simulator.dispatch(action);
      if (!outcome.ok || outcome.events.length === 0) return outcome;
      actions.push(action);
      for (const event of outcome.events) events.push(event);
      return outcome;
    };
    try {
      return body({
        get store() {
          return simulator.store;
        },
        play,
      });
    } finally {
      // Also of a turn that failed: what it had done before stays done.
      if (simulator.store !== before) {
        this.#keep({ entry: frozen({ label, call, actions, events }), after: simulator.store });
      }
    }
  }

  /** Undoes the last call; false where there is none. Turns of one call that follow on each other go together. */
  undo(): boolean {
    const call = this.#kept[this.#done - 1]?.entry.call;
    if (call === undefined) return false;
    while (this.#kept[this.#done - 1]?.entry.call === call) this.#done -= 1;
    return true;
  }

  /** Does the call again that was undone last; false where there is none. */
  redo(): boolean {
    const call = this.#kept[this.#done]?.entry.call;
    if (call === undefined) return false;
    while (this.#kept[this.#done]?.entry.call === call) this.#done += 1;
    return true;
  }

  #keep(kept: Kept): void {
    this.#kept.length = this.#done;
    this.#kept.push(kept);
    this.#done += 1;
  }
}

function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== 'object' || value === null) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copyOf(part)]));
}
