import { copiesDue, type DroppedCopy, dropCopies } from '../bucket/bucket.ts';
import type { Evolvers, Store } from '../store/store.ts';
import { accepted, type Decision } from './decision.ts';

/** Lets the bucket drop the copies whose time is over, as it does by itself. */
export interface DropCopies {
  readonly type: 'dropCopies';
}

/** The bucket no longer keeps some copies of what was deleted: they cost nothing from now on (BKT-3, BKT-4; basis: doc). */
export interface CopiesDropped {
  readonly type: 'copiesDropped';
  readonly dropped: readonly DroppedCopy[];
}

/** Decides what the bucket's own rules drop. It costs what they drop; nothing of it is refused. */
export function decideDropping(_command: DropCopies, store: Store): Decision<CopiesDropped> {
  const dropped = copiesDue(store.bucket, store.settings.bucket, store.now);
  return accepted(dropped.length === 0 ? [] : [{ type: 'copiesDropped', dropped }]);
}

/** What the events of this chapter change. */
export const EVOLVE_DROPPING: Evolvers<CopiesDropped> = {
  copiesDropped: (store) => dropCopies(store.bucket, store.settings.bucket, store.now),
};
