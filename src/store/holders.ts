import type { ContentDigest } from '../values/digest.ts';
import { type CollectionId, fullCollectionName, type ObjectId, type ScopeId } from '../values/names.ts';
import { byCodePoint } from '../values/order.ts';
import { collectionById } from './look-up.ts';
import type { Manifest, ManifestEntry } from './manifest.ts';
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
  const sought = { scope: scopeOfObjectId(objectId), digest: digestOfObjectId(objectId), place: 0 };
  return candidates(store, objectId).filter((version) => lists(version, sought));
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
  const sought = soughtFrom(version, objectId);
  const found: Version[] = [];
  // One side is followed for as long as it has holders, and then the other: they mostly lie in one row.
  let [here, there] = [
    { at: index, step: 1 },
    { at: index - 1, step: -1 },
  ];
  while (found.length < count && (isWithin(here.at, nextIndex) || isWithin(there.at, nextIndex))) {
    const other = isWithin(here.at, nextIndex)
      ? store.versions.get(versionIdOf(collectionId, here.at))
      : undefined;
    here.at += here.step;
    if (other !== undefined && holdsObjects(other) && lists(other, sought)) found.push(other);
    else [here, there] = [there, here];
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

// What a manifest is searched for, and where first: a file mostly keeps its place from version to version, so that one
// look there spares the walk through most manifests.
interface Sought {
  readonly scope: ScopeId;
  readonly digest: ContentDigest;
  readonly place: number;
}

function soughtFrom({ manifest }: Version, objectId: ObjectId): Sought {
  const digest = digestOfObjectId(objectId);
  return { scope: scopeOfObjectId(objectId), digest, place: placeOf(manifest, digest) };
}

function lists({ scope, manifest }: Version, sought: Sought): boolean {
  if (scope !== sought.scope) return false;
  return isFileOf(manifest.entries[sought.place], sought.digest) || placeOf(manifest, sought.digest) >= 0;
}

function placeOf({ entries }: Manifest, digest: ContentDigest): number {
  return entries.findIndex((entry) => isFileOf(entry, digest));
}

function isFileOf(entry: ManifestEntry | undefined, digest: ContentDigest): boolean {
  return entry?.kind === 'file' && entry.digest === digest;
}

function isWithin(index: number, nextIndex: number): boolean {
  return index >= 0 && index < nextIndex;
}

function fullNameOf(store: Store, id: CollectionId): string {
  return fullCollectionName(collectionById(store, id).name);
}
