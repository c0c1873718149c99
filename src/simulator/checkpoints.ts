import type { Store } from '../store/store.ts';

/** A store at a position of a history. */
export interface Checkpoint {
  readonly position: number;
  /** What it costs to replay the history up to here. */
  readonly cost: number;
  /** The same up to the position before. */
  readonly costBefore: number;
  readonly store: Store;
}

/** The distance of checkpoints near the current position, as a cost; replaying that much is cheap. */
export const DENSE = 128;

// Beyond this many strides, checkpoints are thinned to the next stride.
const KEPT_PER_STRIDE = 4;
const STRIDE_GROWTH = 8;

/** The highest cost of one entry: an entry that costs more counts as this much, so that few checkpoints follow it. */
export const HIGHEST_COST = DENSE * STRIDE_GROWTH;

/**
 * The stores that a history keeps: dense near the end, fewer and fewer further back. So their number grows with the
 * logarithm of the history, and what lies in between is replayed. Distances are costs rather than numbers of entries, so
 * that the store after an expensive entry is kept and small entries after it never replay it.
 */
export class Checkpoints {
  #kept: Checkpoint[];

  /** Checkpoints of a history that starts with this store, which is always kept. */
  constructor(start: Store) {
    this.#kept = [{ position: 0, cost: 0, costBefore: -1, store: start }];
  }

  /** The last checkpoint at or before a cost. */
  before(cost: number): Checkpoint {
    const found = this.#kept.findLast((checkpoint) => checkpoint.cost <= cost);
    if (found === undefined) throw new Error('the start of a history is always kept');
    return found;
  }

  /** The upper end of the first gap below a cost that is wider than near the current position, or null. */
  gapBelow(cost: number): Checkpoint | null {
    let upper: Checkpoint | null = null;
    for (const checkpoint of this.#kept.toReversed()) {
      if (checkpoint.cost > cost) continue;
      if (upper !== null && upper.costBefore - checkpoint.cost > DENSE) return upper;
      upper = checkpoint;
    }
    return null;
  }

  /** Keeps a store if the entry before it crosses a multiple of the dense distance. */
  offer(checkpoint: Checkpoint): void {
    if (!crosses(checkpoint, DENSE)) return;
    const at = this.#kept.findLastIndex(({ cost }) => cost <= checkpoint.cost);
    if (this.#kept[at]?.cost !== checkpoint.cost) this.#kept.splice(at + 1, 0, checkpoint);
  }

  /** Drops the stores after a cost. */
  dropAfter(cost: number): void {
    this.#kept = this.#kept.filter((checkpoint) => checkpoint.cost <= cost);
  }

  /** Drops the stores that are too dense for their distance from this cost. */
  thin(cost: number): void {
    this.#kept = this.#kept.filter((checkpoint) => crosses(checkpoint, strideAt(cost - checkpoint.cost)));
  }
}

function crosses({ cost, costBefore }: Checkpoint, stride: number): boolean {
  return Math.floor(cost / stride) !== Math.floor(costBefore / stride);
}

function strideAt(distance: number): number {
  let stride = DENSE;
  while (distance > stride * KEPT_PER_STRIDE) stride *= STRIDE_GROWTH;
  return stride;
}
