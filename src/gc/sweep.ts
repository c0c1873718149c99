import { accepted, type Decision } from '../lifecycle/decision.ts';
import { type BucketCallFaulted, callBucket, faultOfNext } from '../lifecycle/logging/bucket-calls.ts';
import { objectById } from '../store/look-up.ts';
import type { Evolvers, Store, StoreDraft } from '../store/store.ts';
import type { ObjectId } from '../values/names.ts';
import { type Bytes, NO_BYTES } from '../values/units.ts';

/** The third step of garbage collection, once for each object without holders: it is deleted from the bucket. */
export interface SweepObject {
  readonly type: 'sweepObject';
  readonly objectId: ObjectId;
}

/** An object was deleted from the bucket because no version holds it (GC-2). */
export interface ObjectSwept {
  readonly type: 'objectSwept';
  readonly objectId: ObjectId;
  readonly freedBytes: Bytes;
}

/** An object stays because a version holds it again. */
export interface ObjectRetained {
  readonly type: 'objectRetained';
  readonly objectId: ObjectId;
  readonly holders: number;
}

/** The events of a sweep, apart from faults of the bucket. */
export type SweepEvent = ObjectSwept | ObjectRetained;

/**
 * Decides the sweep of an object on the current store, not as it was at the review: an upload may have shared it since
 * (LOG-6). Nothing changes if the object no longer waits. If the bucket fails or answers late, the object keeps waiting
 * and the next run deletes it again (GC-8).
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

/** The evolvers of this chapter. */
export const EVOLVE_SWEEP: Evolvers<SweepEvent> = {
  objectSwept: (store, { objectId }) => {
    noLongerWaits(store, objectId);
    const { objects } = store;
    const { sizeBytes, holders } = objectById({ objects }, objectId);
    callBucket(store, 'delete', [{ objectId, sizeBytes }]);
    store.outOfBand = store.outOfBand.remove(objectId);
    // Only a flawed collector sweeps a held object; its holders are still counted.
    if (holders === 0) store.objects = objects.remove(objectId);
  },
  objectRetained: (store, { objectId }) => noLongerWaits(store, objectId),
};

function noLongerWaits({ garbageCollection }: StoreDraft, objectId: ObjectId): void {
  garbageCollection.unreferenced = garbageCollection.unreferenced.remove(objectId);
}
