import type { Store } from '../store/store.ts';
import type { VersionId } from '../values/names.ts';
import type { SortedTable } from '../values/sorted-table.ts';
import type { Instant } from '../values/units.ts';
import { decideClose } from './close.ts';
import type { Collector, GarbageCollectionStep } from './collector.ts';
import { decideRelease } from './release.ts';
import { decideReview, retainedUntil } from './review.ts';
import { decideSweep } from './sweep.ts';

/**
 * The collector that counts the holders of each object, so that the cost of a run is proportional to what it reviews
 * (GC-10). It decides each step on the store as it is at that step.
 */
export const REFERENCE_COUNTING: Collector = {
  nextStep,
  due,
  review: decideReview,
  release: decideRelease,
  sweep: decideSweep,
  close: decideClose,
  forgetsAtCrash: false,
};

// Work left by a crashed run comes first (GC-8). Objects are deleted after all releases of the run: keeping too much for
// a while is safe.
function nextStep(store: Store): GarbageCollectionStep | null {
  const { reviewed, unreferenced, released } = store.garbageCollection;
  const release = firstOf(reviewed);
  if (release !== null && retainedUntil(store, release) <= store.now) {
    return { type: 'releaseHolds', versionId: release };
  }
  for (const objectId of unreferenced.keys()) return { type: 'sweepObject', objectId };
  for (const [, versionId] of released.entries()) return { type: 'closeVersion', versionId };
  const review = nextReview(store);
  return review !== null && review <= store.now ? { type: 'reviewVersions' } : null;
}

// Now, if a crashed run left work, or when the first retention has passed (GC-1).
function due(store: Store): Instant | null {
  const { reviewed, unreferenced, released } = store.garbageCollection;
  if (unreferenced.size + released.size > 0) return store.now;
  // The retention may have become longer since the review.
  const release = firstOf(reviewed);
  return release === null
    ? nextReview(store)
    : (Math.max(store.now, retainedUntil(store, release)) as Instant);
}

// The queue is in order of deletion and the retention is the same for all, so its first entry is due first.
function nextReview(store: Store): Instant | null {
  const first = firstOf(store.trash);
  return first === null ? null : retainedUntil(store, first);
}

function firstOf(queue: SortedTable<number, VersionId>): VersionId | null {
  for (const [, versionId] of queue.entries()) return versionId;
  return null;
}
