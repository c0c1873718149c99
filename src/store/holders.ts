import { type CollectionId, fullCollectionName, type ObjectId } from '../values/names.ts';
import { byCodePoint } from '../values/order.ts';
import { collectionById } from './look-up.ts';
import type { Store } from './store.ts';
import { objectIdOf, objectsOf } from './stored-object.ts';
import { holdsObjects, type Version, versionIdOf } from './version.ts';

/**
 * Every version that lists an object in its manifest, whether it holds it still or not, in the order of their
 * sequences' names and their indexes. A question, not part of any command: it walks the sequence, or for an
 * object that an entity shares every version.
 */
export function versionsListing(store: Store, objectId: ObjectId): readonly Version[] {
  return candidates(store, objectId).filter((version) =>
    version.manifest.entries.some(
      (entry) => entry.kind === 'file' && objectIdOf(version.scope, entry.digest) === objectId,
    ),
  );
}

/** The versions that hold an object (GC-3; basis: chosen). */
export function holdersOf(store: Store, objectId: ObjectId): readonly Version[] {
  return versionsListing(store, objectId).filter(holdsObjects);
}

/** The versions that hold each object, of all objects at once: one walk, where each question alone would be one. */
export function holdersOfAll(store: Store): ReadonlyMap<ObjectId, readonly Version[]> {
  const holders = new Map<ObjectId, Version[]>();
  for (const version of allVersions(store)) {
    if (!holdsObjects(version)) continue;
    for (const [objectId] of objectsOf(version.scope, version.manifest)) {
      const known = holders.get(objectId);
      if (known === undefined) holders.set(objectId, [version]);
      else known.push(version);
    }
  }
  return holders;
}

/** Every version there ever was, by the names of the sequences and then by index. Walks it all. */
export function allVersions(store: Store): readonly Version[] {
  const collectionIds = store.collections.sortedIds((left, right) =>
    byCodePoint(fullNameOf(store, left), fullNameOf(store, right)),
  );
  return collectionIds.flatMap((collectionId) => versionsOf(store, collectionId));
}

/** Every version that a sequence ever had, tombstones too, by index. */
export function versionsOf(store: Store, collectionId: CollectionId): readonly Version[] {
  const { nextIndex } = collectionById(store, collectionId);
  const versions: Version[] = [];
  for (let index = 0; index < nextIndex; index += 1) {
    const version = store.versions.get(versionIdOf(collectionId, index));
    if (version !== undefined) versions.push(version);
  }
  return versions;
}

function candidates(store: Store, objectId: ObjectId): readonly Version[] {
  // An object shared within one sequence has that sequence's id in front of its digest (LOG-7).
  const [scope = ''] = objectId.split('/');
  const collectionId = scope as CollectionId;
  return store.collections.has(collectionId) ? versionsOf(store, collectionId) : allVersions(store);
}

function fullNameOf(store: Store, id: CollectionId): string {
  return fullCollectionName(collectionById(store, id).name);
}
