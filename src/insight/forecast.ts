import { type Blob, statusOf } from '../bucket/blob.ts';
import { deleteBlob, keptUntilOf } from '../bucket/bucket.ts';
import { missingRequirements } from '../gc/requirements.ts';
import { retainedUntil } from '../gc/review.ts';
import { firstRunAfter } from '../gc/schedule.ts';
import { mayExpire } from '../store/expiry.ts';
import { givenUpAt } from '../lifecycle/uploading.ts';
import type { Store } from '../store/store.ts';
import { expiryOf } from '../store/time-to-live.ts';
import type { Version } from '../store/version.ts';
import type { ObjectId } from '../values/names.ts';
import { type Instant, later } from '../values/units.ts';

/**
 * From when on a version lets go of its objects by itself, as the switches stand now, or null where it never does: a
 * soft-deleted one after its retention (DEL-15), a committed one a retention after its expiry (TTL-6), an upload a
 * retention after it was given up (LOG-8; basis: doc, chosen).
 */
export function holdsUntil(store: Store, version: Version): Instant | null {
  const { state } = version;
  switch (state.kind) {
    case 'PENDING':
      return retentionAfterRun(store, givenUpAt(store, version.id));
    case 'COMMITTED': {
      const expiry = mayExpire(store, version) ? expiryOf(version, store.people.ttlDefaultSeconds) : null;
      return expiry === null ? null : retentionAfterRun(store, expiry);
    }
    case 'PENDING_DELETION':
      // What was reviewed is released by the next run, whatever the retention has become since.
      return state.stage === 'waiting' ? exact(retainedUntil(store, version.id)) : store.now;
    case 'DELETED':
      return store.now;
  }
}

/**
 * The scheduled run that deletes an object from the bucket, if nobody does anything more, or null where none does:
 * something holds it for ever, or the store does not know of it. It says nothing of whether garbage collection runs
 * at all (GC-6): `collectionRuns` does.
 */
export function freedAt(store: Store, objectId: ObjectId, holders: readonly Version[]): Instant | null {
  if (holders.length === 0) {
    return store.garbageCollection.unheld.has(objectId) ? exact(firstRunAfter(store, store.now)) : null;
  }
  let last: Instant = store.now;
  for (const holder of holders) {
    const until = holdsUntil(store, holder);
    if (until === null) return null;
    if (until > last) last = until;
  }
  return exact(firstRunAfter(store, last));
}

/** Whether garbage collection runs at all, as the switches stand now (GC-6; basis: doc, said). */
export function collectionRuns(store: Store): boolean {
  return missingRequirements(store.settings).length === 0;
}

/**
 * When each thing that is billed under a key stops being billed, null where it never does: the copies that the bucket
 * keeps, and, last, the current bytes, which are deleted at `freed` and may leave a copy (BKT-1 to BKT-4; basis: doc).
 */
export function billingEnds(store: Store, blob: Blob, freed: Instant | null): readonly (Instant | null)[] {
  const ends = blob.copies.map((copy) => keptUntilOf({ ...blob, copies: [copy] }, store.settings.bucket));
  if (statusOf(blob) !== 'stored') return ends.map(exact);
  if (freed === null) return [...ends.map(exact), null];
  const copies = deleteBlob(store.bucket, store.settings.bucket, blob.key, freed).blobs.get(blob.key)?.copies;
  // The lifecycle rule leaves so many copies of one key: a new one pushes the oldest out (BKT-3).
  const old = blob.copies.map(({ number }, at) => {
    const end = ends[at] ?? freed;
    return copies?.some((copy) => copy.number === number) === true ? end : (Math.min(end, freed) as Instant);
  });
  const fresh = copies?.find(({ number }) => number >= store.bucket.nextCopyNumber);
  const end = fresh === undefined ? freed : keptUntilOf({ ...blob, copies: [fresh] }, store.settings.bucket);
  return [...old, end].map(exact);
}

function retentionAfterRun(store: Store, due: Instant): Instant | null {
  return exact(later(firstRunAfter(store, due), store.settings.retentionSeconds));
}

// Beyond the largest exact number of seconds no job ever runs.
function exact(instant: Instant): Instant | null {
  return Number.isSafeInteger(instant) ? instant : null;
}
