import { deleteBlob, putBlob, undeleteBlob } from '../bucket/bucket.ts';
import { type BucketCall, type FaultKind, faultsAwaiting, withoutFirst } from '../bucket/faults.ts';
import type { Store } from '../store/store.ts';
import type { StoreDraft } from '../store/store-draft.ts';
import { frozen } from '../values/frozen.ts';
import type { ObjectId } from '../values/names.ts';
import type { Bytes } from '../values/units.ts';

/** A call to the bucket met a fault: it did nothing, or was carried out without its caller's knowing it. */
export interface BucketCallFaulted {
  readonly type: 'bucketCallFaulted';
  readonly call: BucketCall;
  readonly fault: FaultKind;
  readonly objectId: ObjectId;
  readonly sizeBytes: Bytes;
}

/** An object that a call is about. */
export interface Called {
  readonly objectId: ObjectId;
  readonly sizeBytes: Bytes;
}

/**
 * The faults that a caller meets who makes one call for each object, in order, and makes it again until it goes
 * through. A call that answers twice went through.
 */
export function faultsUntilDone(
  store: Store,
  call: BucketCall,
  objects: readonly Called[],
): readonly BucketCallFaulted[] {
  if (store.bucketFaults.length === 0) return [];
  const awaiting = faultsAwaiting(store.bucketFaults, call);
  return objects.flatMap((object): readonly BucketCallFaulted[] => {
    const met: BucketCallFaulted[] = [];
    for (;;) {
      const { value: fault, done } = awaiting.next();
      if (done === true) return met;
      met.push(callFaulted(call, fault, object));
      if (fault === 'answers twice') return met;
    }
  });
}

/** The fault that the next call meets, or null. */
export function faultOfNext(store: Store, call: BucketCall, object: Called): BucketCallFaulted | null {
  if (store.bucketFaults.length === 0) return null;
  const { value: fault, done } = faultsAwaiting(store.bucketFaults, call).next();
  return done === true ? null : callFaulted(call, fault, object);
}

function callFaulted(call: BucketCall, fault: FaultKind, { objectId, sizeBytes }: Called): BucketCallFaulted {
  return { type: 'bucketCallFaulted', call, fault, objectId, sizeBytes };
}

/** Plays a fault on the draft of a store: it is used up, and the call was carried out unless it failed. */
export function evolveFaulted(store: StoreDraft, event: BucketCallFaulted): void {
  store.bucketFaults = frozen([...withoutFirst(store.bucketFaults, event.call)]);
  if (event.fault !== 'fails') callBucket(store, event.call, event);
}

/** Carries one call out. */
export function callBucket(store: StoreDraft, call: BucketCall, { objectId, sizeBytes }: Called): void {
  switch (call) {
    case 'put':
      store.bucket = putBlob(store.bucket, objectId, sizeBytes, store.now);
      store.outOfBand = store.outOfBand.remove(objectId);
      return;
    case 'delete':
      store.bucket = deleteBlob(store.bucket, store.settings.bucket, objectId, store.now);
      return;
    case 'undelete':
      store.bucket = undeleteBlob(store.bucket, objectId, store.now);
      store.outOfBand = store.outOfBand.remove(objectId);
      return;
  }
}
