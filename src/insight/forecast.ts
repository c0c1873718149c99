import type { Blob, KeptCopy } from '../bucket/blob.ts';
import { billedUntil, deleted, isDue } from '../bucket/copies.ts';
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
   * current bytes, which are deleted at `freed` and may leave a copy (BKT-1 to BKT-4, BKT-8; basis: doc).
   */
  billingEnds(blob: Blob, freed: Instant | null): readonly (Instant | null)[] {
    const { bucket, settings } = this.#store;
    const endOf = (copy: KeptCopy) => billedUntil(copy, settings.bucket);
    if (!blob.current) return blob.copies.map(endOf).map(exact);
    if (freed === null) return [...blob.copies.map(endOf).map(exact), null];
    // The deletion makes a newer copy, which may end the older ones (BKT-3).
    const { nextCopyNumber } = bucket;
    const after = deleted(blob, settings.bucket, nextCopyNumber, freed).copies;
    const endAfter = (number: number) => {
      const copy = after.find((kept) => kept.number === number);
      return copy === undefined ? freed : endOf(copy);
    };
    const old = blob.copies.map((copy) => (isDue(copy, freed) ? endOf(copy) : endAfter(copy.number)));
    return [...old, endAfter(nextCopyNumber)].map(exact);
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
function exact(instant: Instant | null): Instant | null {
  return Number.isSafeInteger(instant) ? instant : null;
}
