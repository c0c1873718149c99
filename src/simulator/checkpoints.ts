import type { Store } from '../store/store.ts';

/** A store at a position of a history. */
export interface Checkpoint {
  readonly position: number;
  readonly store: Store;
}

/** The distance of checkpoints near the current position; replaying that many entries is cheap. */
export const DENSE = 64;

// Beyond this many strides, checkpoints are thinned to the next stride.
const KEPT_PER_STRIDE = 4;
const STRIDE_GROWTH = 8;

/**
 * The stores that a history keeps: one every 64 entries near the end, fewer and fewer further back. So their number
 * grows with the logarithm of the history, and what lies in between is replayed.
 */
export class Checkpoints {
  #kept: Checkpoint[];

  /** Checkpoints of a history that starts with this store, which is always kept. */
  constructor(start: Store) {
    this.#kept = [{ position: 0, store: start }];
  }

  /** The last checkpoint at or before a position. */
  before(position: number): Checkpoint {
    const found = this.#kept.findLast((checkpoint) => checkpoint.position <= position);
    if (found === undefined) throw new Error('the start of a history is always kept');
    return found;
  }

  /** The upper end of the first gap below a position that is wider than 64 entries, or null. */
  gapBelow(position: number): number | null {
    let upper = position;
    for (const checkpoint of this.#kept.toReversed()) {
      if (checkpoint.position > position) continue;
      if (upper - checkpoint.position > DENSE) return upper;
      upper = checkpoint.position;
    }
    return null;
  }

  /** Keeps a store if its position is a multiple of 64. */
  offer(position: number, store: Store): void {
    if (position % DENSE !== 0) return;
    const at = this.#kept.findLastIndex((checkpoint) => checkpoint.position <= position);
    if (this.#kept[at]?.position !== position) this.#kept.splice(at + 1, 0, { position, store });
  }

  /** Drops the stores after a position. */
  dropAfter(position: number): void {
    this.#kept = this.#kept.filter((checkpoint) => checkpoint.position <= position);
  }

  /** Drops the stores that are too dense for their distance from this position. */
  thin(position: number): void {
    this.#kept = this.#kept.filter(
      (checkpoint) => checkpoint.position % strideAt(position - checkpoint.position) === 0,
    );
  }
}

function strideAt(distance: number): number {
  let stride = DENSE;
  while (distance > stride * KEPT_PER_STRIDE) stride *= STRIDE_GROWTH;
  return stride;
}
