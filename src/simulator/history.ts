import type { StoreEvent } from '../decider/event.ts';
import type { Store } from '../store/store.ts';
import { assert } from '../values/result.ts';
import type { Action } from './action.ts';
import { type Checkpoint, Checkpoints, DENSE, HIGHEST_COST } from './checkpoints.ts';
import { playAction } from './play-action.ts';

// A step back replays this many times its own cost of the next gap ahead of time, so that no step back has to replay a
// wide gap.
const REFILLED_PER_COST = 8;
const KEPT_AHEAD = 4 * DENSE;

/** An entry of a history, as a checkpoint knows it, but with its actions instead of a store. */
type Entry = Pick<Checkpoint, 'cost' | 'costBefore'> & { readonly actions: readonly Action[] };

/**
 * The actions that changed a store, in entries that are undone as a whole. Actions are data, so the stores between them
 * need not be kept: a few checkpoints are, and the rest is replayed. An entry that was undone stays until another one
 * takes its place.
 */
export class History {
  readonly #checkpoints: Checkpoints;
  readonly #entries: Entry[] = [];
  #position = 0;
  #refill: (Checkpoint & { readonly end: number }) | null = null;
  // The store that was looked up last, so that reading stores in order replays each entry once.
  #last: Checkpoint | null = null;

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

  /** Adds an entry that caused so many events and led to this store. Forgets the entries that were undone. */
  add(actions: readonly Action[], events: number, after: Store): void {
    const costBefore = this.#costAt(this.#position);
    if (this.#entries.length > this.#position) {
      this.#entries.length = this.#position;
      this.#checkpoints.dropAfter(costBefore);
      this.#refill = null;
    }
    const cost = costBefore + Math.min(Math.max(events, 1), HIGHEST_COST);
    this.#entries.push({ actions, cost, costBefore });
    this.#position += 1;
    this.#last = null;
    this.#checkpoints.offer({ position: this.#position, cost, costBefore, store: after });
    this.#checkpoints.thin(cost);
  }

  /** Makes a position the current one, and returns the store there. */
  goTo(position: number): Store {
    assert(position >= 0 && position <= this.length, `the history has a position ${position}`);
    const cost = this.#costAt(position);
    const undone = this.#costAt(this.#position) - cost;
    this.#position = position;
    const store = this.storeAt(position);
    if (undone > 0) this.#fillGap(cost, REFILLED_PER_COST * Math.min(undone, DENSE));
    else this.#checkpoints.thin(cost);
    this.#checkpoints.dropAfter(cost + KEPT_AHEAD);
    return store;
  }

  /** The store at a position. */
  storeAt(position: number): Store {
    const kept = this.#checkpoints.before(this.#costAt(position));
    const last = this.#last;
    const isNearer = last !== null && last.position <= position && last.position > kept.position;
    this.#last = this.#replay(isNearer ? last : kept, position);
    return this.#last.store;
  }

  /** The events of each entry between two positions. */
  *events(from: number, to: number): Generator<readonly StoreEvent[]> {
    let { store, position } = this.#checkpoints.before(this.#costAt(from));
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
    return this.#entry(index).actions;
  }

  #entry(index: number): Entry {
    const entry = this.#entries[index];
    assert(entry !== undefined, `the history has an entry ${index}`);
    return entry;
  }

  #costAt(position: number): number {
    return position === 0 ? 0 : this.#entry(position - 1).cost;
  }

  #replay(from: Checkpoint, to: number): Checkpoint {
    let reached = from;
    while (reached.position < to) {
      const { actions, cost, costBefore } = this.#entry(reached.position);
      let { store } = reached;
      for (const action of actions) store = playAction(store, action).store;
      reached = { position: reached.position + 1, cost, costBefore, store };
      this.#checkpoints.offer(reached);
    }
    return reached;
  }

  #fillGap(below: number, cost: number): void {
    if (this.#refill === null) {
      const end = this.#checkpoints.gapBelow(below);
      if (end === null) return;
      const start = this.#checkpoints.before(end.costBefore);
      // Early enough to be filled in time, and no earlier: dense checkpoints take memory.
      if ((below - end.cost) * 4 > end.costBefore - start.cost) return;
      this.#refill = { ...start, end: end.position - 1 };
    }
    const { end, ...start } = this.#refill;
    let to = start.position;
    while (to < end && this.#costAt(to) < start.cost + cost) to += 1;
    const reached = this.#replay(start, to);
    this.#refill = to === end ? null : { ...reached, end };
  }
}
