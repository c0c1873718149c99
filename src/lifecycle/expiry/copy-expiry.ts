import { copiesDue, type DroppedCopy, dropCopies } from '../../bucket/bucket.ts';
import type { Evolvers, Store } from '../../store/store.ts';
import { accepted, type Decision } from '../decision.ts';

/** The bucket drops the copies that are due, as its rules say. */
export interface DropCopies {
  readonly type: 'dropCopies';
}

/** The bucket dropped copies of deleted objects; they are no longer billed (BKT-3, BKT-4). */
export interface CopiesDropped {
  readonly type: 'copiesDropped';
  readonly dropped: readonly DroppedCopy[];
}

/** Decides which copies the bucket drops. Never refused; its cost is proportional to what is dropped. */
export function decideDropping(_command: DropCopies, store: Store): Decision<CopiesDropped> {
  const dropped = copiesDue(store.bucket, store.settings.bucket, store.now);
  return accepted(dropped.length === 0 ? [] : [{ type: 'copiesDropped', dropped }]);
}

/** The evolver of this chapter. */
export const EVOLVE_DROPPING: Evolvers<CopiesDropped> = {
  copiesDropped: (store) => dropCopies(store.bucket, store.settings.bucket, store.now),
};
