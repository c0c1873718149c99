import { type CollectionId, fullCollectionName, type ObjectId } from '../values/names.ts';
import { byCodePoint } from '../values/order.ts';
import { collectionById } from './look-up.ts';
import { isRight } from './settings.ts';
import type { Store } from './store.ts';
import { digestOfObjectId, objectsOf, scopeOfObjectId } from './stored-object.ts';
import { holdsObjects, type Version, versionIdOf } from './version.ts';

/**
 * Every version that lists an object in its manifest, whether it holds it still or not, in the order of their
 * sequences' names and their indexes. A question, not part of any command: it walks the sequence, or for an
 * object that an entity shares every version.
 */
export function versionsListing(store: Store, objectId: ObjectId): readonly Version[] {
  return candidates(store, objectId).filter((version) => lists(version, objectId));
}

/** The versions that hold an object (GC-3; basis: chosen). */
export function holdersOf(store: Store, objectId: ObjectId): readonly Version[] {
  return versionsListing(store, objectId).filter(holdsObjects);
}

/**
 * The versions that hold an object, asked of a version that lists it: the look goes outwards from there, and ends when
 * it has found as many as the store counts (GC-4), so that it costs how far apart they are, and not how long the sequence
 * is. Where the counts may be wrong, since the collector is, it walks the whole sequence; and so it does for an object
 * that an entity shares.
 */
export function holdersAround(store: Store, version: Version, objectId: ObjectId): readonly Version[] {
  const count = store.objects.get(objectId)?.holders;
  const { collectionId, index } = version;
  const isBounded = isRight(store.settings.collector) && sequenceOfObjectId(objectId) === collectionId;
  if (count === undefined || !isBounded) return holdersOf(store, objectId);
  const { nextIndex } = collectionById(store, collectionId);
  const found: Version[] = [];
  for (let away = 0; found.length < count && away < nextIndex; away += 1) {
    for (const at of away === 0 ? [index] : [index - away, index + away]) {
      const other = store.versions.get(versionIdOf(collectionId, at));
      if (other !== undefined && holdsObjects(other) && lists(other, objectId)) found.push(other);
    }
  }
  return found.sort((left, right) => left.index - right.index);
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
  const collectionId = sequenceOfObjectId(objectId);
  return store.collections.has(collectionId) ? versionsOf(store, collectionId) : allVersions(store);
}

// An object shared within one sequence has that sequence's id in front of its digest (LOG-7).
function sequenceOfObjectId(objectId: ObjectId): CollectionId {
  return scopeOfObjectId(objectId) as string as CollectionId;
}

function lists({ scope, manifest }: Version, objectId: ObjectId): boolean {
  if (scope !== scopeOfObjectId(objectId)) return false;
  const digest = digestOfObjectId(objectId);
  return manifest.entries.some((entry) => entry.kind === 'file' && entry.digest === digest);
}

function fullNameOf(store: Store, id: CollectionId): string {
  return fullCollectionName(collectionById(store, id).name);
}
