import type { StoreEvent } from '../decider/event.ts';
import type { Store } from '../store/store.ts';
import { assert } from '../values/result.ts';
import type { Action } from './action.ts';
import { type Checkpoint, Checkpoints, DENSE } from './checkpoints.ts';
import { playAction } from './play-action.ts';

// A step back replays this many entries of the next gap ahead of time, so that no step back has to replay a wide gap.
const REFILLED_PER_STEP = 8;
const KEPT_AHEAD = 4 * DENSE;

/**
 * The actions that changed a store, in entries that are undone as a whole. Actions are data, so the stores between them
 * need not be kept: a few checkpoints are, and the rest is replayed. An entry that was undone stays until another one
 * takes its place.
 */
export class History {
  readonly #checkpoints: Checkpoints;
  readonly #entries: (readonly Action[])[] = [];
  #position = 0;
  #refill: (Checkpoint & { readonly end: number }) | null = null;

  /** A history that starts with this store. */
  constructor(start: Store) {
    this.#checkpoints = new Checkpoints(start);
  }

  /** The number of entries that are not undone. */
  get position(): number {
    return this.#position;
  }

  /** The number of entries, undone ones included. */
  get length(): number {
    return this.#entries.length;
  }

  /** Adds an entry that led to this store. Forgets the entries that were undone. */
  add(actions: readonly Action[], after: Store): void {
    if (this.#entries.length > this.#position) {
      this.#entries.length = this.#position;
      this.#checkpoints.dropAfter(this.#position);
      this.#refill = null;
    }
    this.#entries.push(actions);
    this.#position += 1;
    this.#checkpoints.offer(this.#position, after);
    this.#checkpoints.thin(this.#position);
  }

  /** Makes a position the current one, and returns the store there. */
  goTo(position: number): Store {
    assert(position >= 0 && position <= this.length, `the history has a position ${position}`);
    const steps = this.#position - position;
    this.#position = position;
    const store = this.storeAt(position);
    if (steps > 0) this.#fillGap(position, REFILLED_PER_STEP * steps);
    else this.#checkpoints.thin(position);
    this.#checkpoints.dropAfter(position + KEPT_AHEAD);
    return store;
  }

  /** The store at a position. */
  storeAt(position: number): Store {
    return this.#replay(this.#checkpoints.before(position), position);
  }

  /** The events of each entry between two positions. */
  *events(from: number, to: number): Generator<readonly StoreEvent[]> {
    let { store, position } = this.#checkpoints.before(from);
    for (; position < to; position += 1) {
      const events: StoreEvent[] = [];
      for (const action of this.actions(position)) {
        const played = playAction(store, action);
        store = played.store;
        if (played.decision.ok) for (const event of played.decision.events) events.push(event);
      }
      if (position >= from) yield events;
    }
  }

  /** The actions of an entry, undone ones included. */
  actions(index: number): readonly Action[] {
    const actions = this.#entries[index];
    assert(actions !== undefined, `the history has an entry ${index}`);
    return actions;
  }

  #replay(from: Checkpoint, to: number): Store {
    let { store } = from;
    for (let position = from.position; position < to; position += 1) {
      for (const action of this.actions(position)) store = playAction(store, action).store;
      this.#checkpoints.offer(position + 1, store);
    }
    return store;
  }

  #fillGap(below: number, entries: number): void {
    if (this.#refill === null) {
      const end = this.#checkpoints.gapBelow(below);
      if (end === null) return;
      const start = this.#checkpoints.before(end - 1);
      // Early enough to be filled in time, and no earlier: dense checkpoints take memory.
      if ((below - end) * 4 > end - start.position) return;
      this.#refill = { ...start, end };
    }
    const { position, end } = this.#refill;
    const to = Math.min(end, position + entries);
    const store = this.#replay(this.#refill, to);
    this.#refill = to === end ? null : { position: to, store, end };
  }
}
