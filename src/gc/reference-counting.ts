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
 * The collector that keeps a count of holders with each object, so that a run costs what it reviews (GC-10; basis:
 * ours). It decides every step on the store as it is then.
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

// What a crashed run left behind comes first (GC-8; basis: ours). Deleting from the bucket comes after every release
// of the run, since to keep too much for a while is safe.
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

// Now, where a crashed run waits to be finished, or when the first retention has passed (GC-1; basis: doc, chosen).
function due(store: Store): Instant | null {
  const { reviewed, unreferenced, released } = store.garbageCollection;
  if (unreferenced.size + released.size > 0) return store.now;
  // The retention may have become longer since the review.
  const release = firstOf(reviewed);
  return release === null
    ? nextReview(store)
    : (Math.max(store.now, retainedUntil(store, release)) as Instant);
}

// The queue goes by the order of deletion and the retention is one for all, so that its first is due first.
function nextReview(store: Store): Instant | null {
  const first = firstOf(store.trash);
  return first === null ? null : retainedUntil(store, first);
}

function firstOf(queue: SortedTable<number, VersionId>): VersionId | null {
  for (const [, versionId] of queue.entries()) return versionId;
  return null;
}
