import type { Store } from '../../store/store.ts';
import { objectsOf } from '../../store/stored-object.ts';
import type { Version } from '../../store/version.ts';
import type { ObjectId, VersionId } from '../../values/names.ts';
import { type Bytes, NO_BYTES } from '../../values/units.ts';
import { type HeldObject, isLive } from './shares.ts';

/** The bytes in the bucket that a version accounts for. */
export interface AttributedBytes {
  storedBytes: Bytes;
  billedBytes: Bytes;
}

/**
 * The bytes that each version accounts for, so that everything in the bucket is counted once. A stored object counts for
 * the oldest of its live holders, or of its holders if none is live; an object without holders, or of which only copies
 * are left, for the oldest version that lists it. `versions` are all versions by name, which breaks ties.
 */
export function attributedBytes(
  store: Store,
  versions: readonly Version[],
  objects: readonly HeldObject[],
): ReadonlyMap<VersionId, AttributedBytes> {
  const accounts = new Map<VersionId, AttributedBytes>();
  const add = (version: Version | undefined, storedBytes: number, billedBytes: number) => {
    if (version === undefined) return;
    const account = accounts.get(version.id) ?? { storedBytes: NO_BYTES, billedBytes: NO_BYTES };
    account.storedBytes = (account.storedBytes + storedBytes) as Bytes;
    account.billedBytes = (account.billedBytes + billedBytes) as Bytes;
    accounts.set(version.id, account);
  };
  const held = new Map<ObjectId, Version>();
  for (const { objectId, sizeBytes, holders } of objects) {
    const oldest = oldestOf(holders);
    if (oldest === undefined) continue;
    held.set(objectId, oldest);
    add(oldest, sizeBytes, sizeBytes);
  }
  const listing = lazily(() => oldestListing(versions));
  for (const { key, current, copies, sizeBytes } of store.bucket.blobs.unorderedRows()) {
    const objectId = key as ObjectId;
    const holder = held.get(objectId);
    const uncounted = current && holder === undefined ? sizeBytes : 0;
    const kept = copies.length * sizeBytes;
    if (uncounted + kept > 0) add(holder ?? listing().get(objectId), uncounted, uncounted + kept);
  }
  return accounts;
}

function oldestOf(holders: readonly Version[]): Version | undefined {
  const live = holders.filter(isLive);
  return (live.length > 0 ? live : holders).reduce<Version | undefined>(older, undefined);
}

function oldestListing(versions: readonly Version[]): ReadonlyMap<ObjectId, Version> {
  const listing = new Map<ObjectId, Version>();
  for (const version of versions) {
    for (const [objectId] of objectsOf(version.scope, version.manifest)) {
      listing.set(objectId, older(listing.get(objectId), version));
    }
  }
  return listing;
}

function older(left: Version | undefined, right: Version): Version {
  return left !== undefined && left.createdAt <= right.createdAt ? left : right;
}

// Most buckets have no copies without an object, and then need no walk over every manifest.
function lazily<Value extends object>(make: () => Value): () => Value {
  let made: Value | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
