import type { Store } from '../store/store.ts';
import type { Instant } from '../values/units.ts';
import type { CloseVersion } from './close.ts';
import type { ReleaseHolds } from './release.ts';
import { type ReviewVersions, retainedUntil } from './review.ts';
import type { SweepObject } from './sweep.ts';

/** One step of garbage collection. */
export type GarbageCollectionStep = ReviewVersions | ReleaseHolds | SweepObject | CloseVersion;

/**
 * The step that garbage collection takes next, or null where there is nothing for it to do. What a crashed run
 * left behind comes first (GC-8; basis: ours); deleting from the bucket comes after every release of the run,
 * since to keep too much for a while is safe.
 */
export function nextStep(store: Store): GarbageCollectionStep | null {
  const { reviewed, unheld, released } = store.garbageCollection;
  for (const [, versionId] of reviewed.entries()) return { type: 'releaseHolds', versionId };
  for (const objectId of unheld.keys()) return { type: 'sweepObject', objectId };
  for (const [, versionId] of released.entries()) return { type: 'closeVersion', versionId };
  const due = nextReview(store);
  return due !== null && due <= store.now ? { type: 'reviewVersions' } : null;
}

/**
 * When garbage collection next finds something to do, or null: now, where a crashed run waits to be finished, or
 * when the first retention has passed (GC-1; basis: doc, chosen).
 */
export function collectionDue(store: Store): Instant | null {
  const { reviewed, unheld, released } = store.garbageCollection;
  return reviewed.size + unheld.size + released.size > 0 ? store.now : nextReview(store);
}

// The queue goes by the order of deletion and the retention is one for all, so that its first is due first.
function nextReview(store: Store): Instant | null {
  for (const [, versionId] of store.trash.entries()) return retainedUntil(store, versionId);
  return null;
}
