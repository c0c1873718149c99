import { type MissingRequirement, missingRequirements } from '../../gc/requirements.ts';
import { isManagedVersion, isProtectedSource } from '../../store/protection.ts';
import { holdingReferrers } from '../../store/references/referrers.ts';
import type { Store } from '../../store/store.ts';
import { aliasesOf, type Version } from '../../store/version.ts';
import { type Bytes, type Instant, NO_BYTES } from '../../values/units.ts';
import { Forecast } from '../forecast.ts';
import { type HeldObject, isLive, sharesBy } from './shares.ts';

/** Bytes that are freed together, and when; null if they never are. */
export interface Going {
  readonly at: Instant | null;
  readonly count: number;
  readonly sizeBytes: Bytes;
}

/** What could be freed or is about to be. Lists are sorted by time, with what is never freed last. */
export interface Freeable {
  /** Objects that only soft-deleted versions hold, by the run that frees them (DEL-1, GC-2). */
  readonly softDeleted: readonly Going[];
  /** Objects that nothing holds: they wait for their sweep, or the store does not know them and never frees them. */
  readonly heldByNothing: readonly Going[];
  /** Copies of deleted objects in the bucket, by when it drops them (BKT-2 to BKT-4). */
  readonly copies: readonly Going[];
  /** Committed versions without aliases, which a plain delete would remove (DEL-2). */
  readonly withoutAliases: {
    readonly count: number;
    /** The sum of what each of them holds exclusively. */
    readonly exclusiveBytes: Bytes;
    /** What is freed if all of them are deleted: the objects that no other live version holds. */
    readonly togetherBytes: Bytes;
  };
  /** What garbage collection lacks in order to run (GC-6), if anything. */
  readonly missing: readonly MissingRequirement[];
}

/** What of a store could be freed, given all its versions and all stored objects. */
export function freeableOf(
  store: Store,
  versions: readonly Version[],
  objects: readonly HeldObject[],
): Freeable {
  const softDeleted = new Goings();
  const heldByNothing = new Goings();
  const copies = new Goings();
  const forecast = new Forecast(store);
  for (const blob of store.bucket.blobs.unorderedRows()) {
    if (blob.copies.length === 0) continue;
    const ends = forecast.billingEnds({ ...blob, current: false }, null);
    for (const end of ends) copies.add(end, blob.sizeBytes);
  }
  for (const { objectId, sizeBytes, holders } of objects) {
    if (holders.some(isLive)) continue;
    const group = holders.length > 0 ? softDeleted : heldByNothing;
    group.add(forecast.freedAt(objectId, holders), sizeBytes);
  }
  return {
    softDeleted: softDeleted.inOrder(),
    heldByNothing: heldByNothing.inOrder(),
    copies: copies.inOrder(),
    withoutAliases: withoutAliases(store, versions, objects),
    missing: missingRequirements(store.settings),
  };
}

class Goings {
  readonly #byInstant = new Map<Instant | null, Going>();

  add(at: Instant | null, sizeBytes: Bytes): void {
    const known = this.#byInstant.get(at) ?? { at, count: 0, sizeBytes: NO_BYTES };
    const sum = (known.sizeBytes + sizeBytes) as Bytes;
    this.#byInstant.set(at, { at, count: known.count + 1, sizeBytes: sum });
  }

  inOrder(): readonly Going[] {
    const time = ({ at }: Going) => at ?? Number.POSITIVE_INFINITY;
    return [...this.#byInstant.values()].sort((left, right) => time(left) - time(right));
  }
}

// ALI-7, DEL-17, DEL-18: some versions cannot be deleted, even without aliases of their own.
function withoutAliases(
  store: Store,
  versions: readonly Version[],
  objects: readonly HeldObject[],
): Freeable['withoutAliases'] {
  const bare = versions.filter(
    (version) =>
      version.state.kind === 'COMMITTED' &&
      aliasesOf(version).length === 0 &&
      !isProtectedSource(store, version) &&
      !isManagedVersion(store, version) &&
      holdingReferrers(store, version.id) === 0,
  );
  const among = new Set(bare.map(({ id }) => id));
  const alone = sharesBy(objects, ({ id }) => id);
  const together = sharesBy(objects, (version) =>
    isLive(version) ? (among.has(version.id) ? 'bare' : 'others') : 'on its way out',
  );
  let exclusiveBytes = 0;
  for (const id of among) exclusiveBytes += alone.get(id)?.exclusiveBytes ?? 0;
  return {
    count: bare.length,
    exclusiveBytes: exclusiveBytes as Bytes,
    togetherBytes: together.get('bare')?.exclusiveBytes ?? NO_BYTES,
  };
}
