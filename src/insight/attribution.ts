import type { Store } from '../store/store.ts';
import { objectsOf } from '../store/stored-object.ts';
import type { Version } from '../store/version.ts';
import type { ObjectId, VersionId } from '../values/names.ts';
import { type Bytes, NO_BYTES } from '../values/units.ts';
import { type HeldObject, isLive } from './shares.ts';

/** What a version accounts for in the bucket. */
export interface AttributedBytes {
  storedBytes: Bytes;
  billedBytes: Bytes;
}

/**
 * What each version accounts for in the bucket, so that everything there is counted once. A stored object is the oldest
 * one's of the versions that hold it, of the live ones where there is one; what nothing holds, and what only the bucket
 * still keeps, is the oldest one's of those that list it. `versions` are all, in the order of their names, which
 * decides between two of one age.
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

// Most stores have nothing that only the bucket keeps, and need no walk over every manifest for it.
function lazily<Value extends object>(make: () => Value): () => Value {
  let made: Value | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
