import type { StoreEvent } from '../decider/event.ts';
import type { Decision } from '../lifecycle/decision.ts';
import { emptyStore, type Store } from '../store/store.ts';
import { assert } from '../values/result.ts';
import type { Action } from './action.ts';
import { History } from './history.ts';
import { playAction } from './play-action.ts';

// The actions of an entry that is being made, and how many events they caused.
interface Group {
  readonly actions: Action[];
  events: number;
}

/** The one stateful object: the current store and its history. Everything that is played goes through `apply`. */
export class Simulator {
  #store: Store;
  readonly #history: History | null;
  #group: Group | null = null;

  /** A simulator that starts with a store. Without `remember`, it keeps no history and can undo nothing. */
  constructor(start: Store = emptyStore(), { remember = true }: { readonly remember?: boolean } = {}) {
    this.#store = start;
    this.#history = remember ? new History(start) : null;
  }

  /** The current store; frozen, and never changed by what happens later. */
  get store(): Store {
    return this.#store;
  }

  /** Plays one action. A refused one changes nothing. An action that changes the store becomes an entry of the history. */
  apply(action: Action): Decision<StoreEvent> {
    const { decision, store } = playAction(this.#store, action);
    const isChange = store !== this.#store;
    this.#store = store;
    const events = decision.ok ? decision.events.length : 0;
    if (this.#group === null) {
      if (isChange) this.#history?.add([action], events, store);
    } else if (events > 0) {
      this.#group.actions.push(action);
      this.#group.events += events;
    }
    return decision;
  }

  /** Makes one entry of the actions that `body` applies, even if it throws. Groups cannot be nested. */
  group<Result>(body: () => Result): Result {
    assert(this.#group === null, 'groups are not nested');
    const before = this.#store;
    const group: Group = { actions: [], events: 0 };
    this.#group = group;
    try {
      return body();
    } finally {
      this.#group = null;
      if (this.#store !== before) this.#history?.add(group.actions, group.events, this.#store);
    }
  }

  /** The actions of an entry of the history, undone ones included. */
  actions(index: number): readonly Action[] {
    return this.#history?.actions(index) ?? [];
  }

  /** How many entries the history has, undone ones included. */
  get length(): number {
    return this.#history?.length ?? 0;
  }

  /** How many entries of the history are not undone. */
  get position(): number {
    return this.#history?.position ?? 0;
  }

  /** Undoes or redoes entries until this many are done; there must be as many. */
  goTo(position: number): void {
    if (this.#history !== null) this.#store = this.#history.goTo(position);
  }

  /** The store after this many entries, undone ones included. */
  storeAt(position: number): Store {
    return position === this.position ? this.#store : (this.#history?.storeAt(position) ?? this.#store);
  }

  /** The events of each entry between two positions; replayed, since only actions are kept. */
  events(from: number, to: number): Iterable<readonly StoreEvent[]> {
    return this.#history?.events(from, to) ?? [];
  }
}
