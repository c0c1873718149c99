import type { Draft } from 'immer';
import { deleteBlob } from '../bucket/bucket.ts';
import { accepted, type Decision } from '../lifecycle/decision.ts';
import { objectById } from '../store/look-up.ts';
import type { Store } from '../store/store.ts';
import type { ObjectId } from '../values/names.ts';
import type { Bytes } from '../values/units.ts';

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
export interface ObjectSpared {
  readonly type: 'objectSpared';
  readonly objectId: ObjectId;
  readonly holders: number;
}

/** What the sweep of one object can come to. */
export type SweepEvent = ObjectSwept | ObjectSpared;

/**
 * Decides the sweep of one object on the store as it is now, not as it was at the review: an upload may have
 * been told `already stored` since (LOG-6). An object that no longer waits changes nothing (GC-8; basis: ours).
 */
export function decideSweep(command: SweepObject, store: Store): Decision<SweepEvent> {
  const { objectId } = command;
  if (!store.garbageCollection.unheld.has(objectId)) return accepted([]);
  const { holders, sizeBytes } = objectById(store, objectId);
  if (holders > 0) return accepted([{ type: 'objectSpared', objectId, holders }]);
  return accepted([{ type: 'objectSwept', objectId, freedBytes: sizeBytes }]);
}

/** Plays a sweep on the draft of a store. */
export function evolveSweep(store: Draft<Store>, event: SweepEvent): void {
  const { garbageCollection } = store;
  garbageCollection.unheld = garbageCollection.unheld.remove(event.objectId);
  if (event.type === 'objectSpared') return;
  store.bucket = deleteBlob(store.bucket, event.objectId, store.now);
  store.objects = store.objects.remove(event.objectId);
}
