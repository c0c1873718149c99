import { deleteBlob, putBlobs, undeleteBlob } from '../../bucket/bucket.ts';
import { type BucketCall, type FaultKind, faultsAwaiting, withoutFirst } from '../../bucket/faults.ts';
import type { Evolvers, Store, StoreDraft } from '../../store/store.ts';
import type { ObjectId } from '../../values/names.ts';
import type { Bytes } from '../../values/units.ts';

/** A call to the bucket met a fault: it did nothing, or it was executed and the caller did not notice. */
export interface BucketCallFaulted {
  readonly type: 'bucketCallFaulted';
  readonly call: BucketCall;
  readonly fault: FaultKind;
  readonly objectId: ObjectId;
  readonly sizeBytes: Bytes;
}

/** The object of a call. */
export interface Called {
  readonly objectId: ObjectId;
  readonly sizeBytes: Bytes;
}

/** The faults of one call for each object, in order, if each call is repeated until it succeeds. */
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

/** The fault of the next call, or null. */
export function faultOfNext(store: Store, call: BucketCall, object: Called): BucketCallFaulted | null {
  if (store.bucketFaults.length === 0) return null;
  const { value: fault, done } = faultsAwaiting(store.bucketFaults, call).next();
  return done === true ? null : callFaulted(call, fault, object);
}

function callFaulted(call: BucketCall, fault: FaultKind, { objectId, sizeBytes }: Called): BucketCallFaulted {
  return { type: 'bucketCallFaulted', call, fault, objectId, sizeBytes };
}

/** The evolver of this chapter: a fault is used up, and the call is executed unless it failed. */
export const EVOLVE_FAULTED: Evolvers<BucketCallFaulted> = {
  bucketCallFaulted: (store, event) => {
    store.bucketFaults = withoutFirst(store.bucketFaults, event.call);
    if (event.fault !== 'fails') callBucket(store, event.call, [event]);
  },
};

/** Executes one call for each of these objects. */
export function callBucket(store: StoreDraft, call: BucketCall, objects: readonly Called[]): void {
  const { bucket, now } = store;
  const policy = store.settings.bucket;
  switch (call) {
    case 'put':
      putBlobs(
        bucket,
        policy,
        objects.map(({ objectId, sizeBytes }) => [objectId, sizeBytes]),
        now,
      );
      break;
    case 'delete':
      for (const { objectId } of objects) deleteBlob(bucket, policy, objectId, now);
      return;
    case 'undelete':
      for (const { objectId } of objects) undeleteBlob(bucket, policy, objectId, now);
      break;
  }
  store.outOfBand = store.outOfBand.removeAll(objects.map(({ objectId }) => objectId));
}
