import { type Blob, statusOf } from '../bucket/blob.ts';
import { deleteBlob, keptUntilOf } from '../bucket/bucket.ts';
import { missingRequirements } from '../gc/requirements.ts';
import { retainedUntil } from '../gc/review.ts';
import { firstRunAfter } from '../gc/schedule.ts';

import { abandonedAt } from '../lifecycle/logging/uploading.ts';
import { mayExpire } from '../store/expiry.ts';
import type { Store } from '../store/store.ts';
import { expiryOf } from '../store/time-to-live.ts';
import type { Version } from '../store/version.ts';
import type { ObjectId, VersionId } from '../values/names.ts';
import { type Instant, later } from '../values/units.ts';

/** What a store does by itself, if nobody does anything and its settings stay. */
export class Forecast {
  readonly #store: Store;
  readonly #collectionRuns: boolean;
  readonly #holdsUntil = new Map<VersionId, Instant | null>();

  constructor(store: Store) {
    this.#store = store;
    this.#collectionRuns = missingRequirements(store.settings).length === 0;
  }

  /**
   * When a version releases its objects, or null for never: a soft-deleted one after its retention (DEL-15), a committed
   * one a retention after it expires (TTL-6), an upload a retention after it is abandoned (LOG-8; basis: doc, chosen).
   */
  holdsUntil(version: Version): Instant | null {
    const known = this.#holdsUntil.get(version.id);
    if (known !== undefined) return known;
    const until = holdsUntil(this.#store, version);
    this.#holdsUntil.set(version.id, until);
    return until;
  }

  /**
   * The scheduled run that deletes an object from the bucket, or null for never: if a version holds it forever, the store
   * does not know it, or garbage collection does not run (GC-1, GC-2, GC-6; basis: doc, said).
   */
  freedAt(objectId: ObjectId, holders: readonly Version[]): Instant | null {
    if (!this.#collectionRuns) return null;
    const { now, garbageCollection } = this.#store;
    if (holders.length === 0 && !garbageCollection.unreferenced.has(objectId)) return null;
    let last: Instant = now;
    for (const holder of holders) {
      const until = this.holdsUntil(holder);
      if (until === null) return null;
      if (until > last) last = until;
    }
    return exact(firstRunAfter(this.#store, last));
  }

  /**
   * When each thing that is billed under a key stops being billed, null for never: the copies in the bucket and, last, the
   * current bytes, which are deleted at `freed` and may leave a copy (BKT-1 to BKT-4; basis: doc).
   */
  billingEnds(blob: Blob, freed: Instant | null): readonly (Instant | null)[] {
    const { bucket, settings } = this.#store;
    const ends = blob.copies.map((copy) => keptUntilOf({ ...blob, copies: [copy] }, settings.bucket));
    if (statusOf(blob) !== 'stored') return ends.map(exact);
    if (freed === null) return [...ends.map(exact), null];
    const after = { ...bucket };
    deleteBlob(after, settings.bucket, blob.key, freed);
    const copies = after.blobs.get(blob.key)?.copies ?? [];
    // The lifecycle rule keeps a limited number of copies per key: a new one replaces the oldest (BKT-3).
    const old = blob.copies.map(({ number }, at) => {
      const end = ends[at] ?? freed;
      return copies.some((copy) => copy.number === number) ? end : (Math.min(end, freed) as Instant);
    });
    const fresh = copies.filter(({ number }) => number >= bucket.nextCopyNumber);
    const end = fresh.length === 0 ? freed : keptUntilOf({ ...blob, copies: fresh }, settings.bucket);
    return [...old, end].map(exact);
  }
}

function holdsUntil(store: Store, version: Version): Instant | null {
  const { state } = version;
  switch (state.kind) {
    case 'PENDING':
      return retentionAfterRun(store, abandonedAt(store, version.id));
    case 'COMMITTED': {
      const expiry = mayExpire(store, version) ? expiryOf(version, store.people.ttlDefaultSeconds) : null;
      return expiry === null ? null : retentionAfterRun(store, expiry);
    }
    case 'PENDING_DELETION':
      // The next run releases what was reviewed, even if the retention has changed since.
      return state.stage === 'waiting' ? exact(retainedUntil(store, version.id)) : store.now;
    case 'DELETED':
      return store.now;
  }
}

function retentionAfterRun(store: Store, due: Instant): Instant | null {
  return exact(later(firstRunAfter(store, due), store.settings.retentionSeconds));
}

// Instants beyond the largest exact number of seconds are never reached.
function exact(instant: Instant): Instant | null {
  return Number.isSafeInteger(instant) ? instant : null;
}
