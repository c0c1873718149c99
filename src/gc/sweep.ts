import { type BucketCallFaulted, callBucket, faultOfNext } from '../lifecycle/bucket-calls.ts';
import { accepted, type Decision } from '../lifecycle/decision.ts';
import { objectById } from '../store/look-up.ts';
import type { Evolvers, Store, StoreDraft } from '../store/store.ts';
import type { ObjectId } from '../values/names.ts';
import { type Bytes, NO_BYTES } from '../values/units.ts';

/** Third step of garbage collection, once for each object that nothing held: it is deleted from the bucket. */
export interface SweepObject {
  readonly type: 'sweepObject';
  readonly objectId: ObjectId;
}

/** An object was deleted from the bucket, since no previous or subsequent version holds it (GC-2; basis: doc). */
export interface ObjectSwept {
  readonly type: 'objectSwept';
  readonly objectId: ObjectId;
  readonly freedBytes: Bytes;
}

/** An object stays: a version that was logged in the meantime holds it. */
export interface ObjectRetained {
  readonly type: 'objectRetained';
  readonly objectId: ObjectId;
  readonly holders: number;
}

/** What the sweep of one object can come to, beside a fault of the bucket. */
export type SweepEvent = ObjectSwept | ObjectRetained;

/**
 * Decides the sweep of one object on the store as it is now, not as it was at the review: an upload may have
 * been told `already stored` since (LOG-6). An object that no longer waits changes nothing. Where the bucket fails, or
 * its answer does not come in time, the object goes on waiting, and the next run deletes it again (GC-8; basis: ours).
 */
export function decideSweep(command: SweepObject, store: Store): Decision<SweepEvent | BucketCallFaulted> {
  const { objectId } = command;
  if (!store.garbageCollection.unreferenced.has(objectId)) return accepted([]);
  const { holders, sizeBytes } = objectById(store, objectId);
  if (holders > 0) return accepted([{ type: 'objectRetained', objectId, holders }]);
  const fault = faultOfNext(store, 'delete', { objectId, sizeBytes });
  if (fault !== null && fault.fault !== 'answers twice') return accepted([fault]);
  const freedBytes = store.outOfBand.has(objectId) ? NO_BYTES : sizeBytes;
  return accepted<SweepEvent | BucketCallFaulted>([
    ...(fault === null ? [] : [fault]),
    { type: 'objectSwept', objectId, freedBytes },
  ]);
}

/** What the events of this chapter change. */
export const EVOLVE_SWEEP: Evolvers<SweepEvent> = {
  objectSwept: (store, { objectId }) => {
    noLongerWaits(store, objectId);
    const { objects } = store;
    const { sizeBytes, holders } = objectById({ objects }, objectId);
    callBucket(store, 'delete', [{ objectId, sizeBytes }]);
    store.outOfBand = store.outOfBand.remove(objectId);
    // Only a collector that is wrong on purpose sweeps what is held; then the versions that hold it are counted still.
    if (holders === 0) store.objects = objects.remove(objectId);
  },
  objectRetained: (store, { objectId }) => noLongerWaits(store, objectId),
};

function noLongerWaits({ garbageCollection }: StoreDraft, objectId: ObjectId): void {
  garbageCollection.unreferenced = garbageCollection.unreferenced.remove(objectId);
}
