import type { ContentDigest } from '../values/digest.ts';
import { type CollectionId, fullCollectionName, type ObjectId, type ScopeId } from '../values/names.ts';
import { byCodePoint } from '../values/order.ts';
import { collectionById, versionById } from './look-up.ts';
import type { Manifest, ManifestEntry } from './manifest.ts';
import { isCorrect } from './settings.ts';
import type { Store } from './store.ts';
import { digestOfObjectId, objectsOf, scopeOfObjectId } from './stored-object.ts';
import { holdsObjects, type Version, versionIdOf } from './version.ts';

/**
 * Every version that lists an object in its manifest, whether or not it still holds it, ordered by sequence name and
 * upload. Not for commands: it walks the whole sequence, or every version if the object is shared within an entity.
 */
export function versionsListing(store: Store, objectId: ObjectId): readonly Version[] {
  const sought = { scope: scopeOfObjectId(objectId), digest: digestOfObjectId(objectId), place: 0 };
  return candidates(store, objectId).filter((version) => lists(version, sought));
}

/** The versions that hold an object (GC-3). */
export function holdersOf(store: Store, objectId: ObjectId): readonly Version[] {
  return versionsListing(store, objectId).filter(holdsObjects);
}

/**
 * The versions that hold an object that this version lists. It searches outward from the version and stops at the holder
 * count (GC-4), so its cost depends on how far apart the holders are, not on the length of the sequence. With a flawed
 * collector, whose counts may be wrong, and for objects shared within an entity, it walks everything.
 */
export function holdersAround(store: Store, version: Version, objectId: ObjectId): readonly Version[] {
  const count = store.objects.get(objectId)?.holders;
  const { collectionId, serial } = version;
  const isBounded = isCorrect(store.settings.collector) && sequenceOfObjectId(objectId) === collectionId;
  if (count === undefined || !isBounded) return holdersOf(store, objectId);
  const { nextSerial } = collectionById(store, collectionId);
  const sought = soughtFrom(version, objectId);
  const found: Version[] = [];
  // Holders are mostly adjacent, so follow one side as long as it has holders before trying the other.
  let [here, there] = [
    { at: serial, step: 1 },
    { at: serial - 1, step: -1 },
  ];
  while (found.length < count && (isWithin(here.at, nextSerial) || isWithin(there.at, nextSerial))) {
    const other = isWithin(here.at, nextSerial)
      ? store.versions.get(versionIdOf(collectionId, here.at))
      : undefined;
    here.at += here.step;
    if (other !== undefined && holdsObjects(other) && lists(other, sought)) found.push(other);
    else [here, there] = [there, here];
  }
  return found.sort((left, right) => left.serial - right.serial);
}

/** The holders of all objects, in one walk over the store. */
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

/** Every version, tombstones included, by sequence name and upload. Walks the whole store. */
export function allVersions(store: Store): readonly Version[] {
  const collectionIds = store.collections.sortedIds((left, right) =>
    byCodePoint(fullNameOf(store, left), fullNameOf(store, right)),
  );
  return collectionIds.flatMap((collectionId) => versionsOf(store, collectionId));
}

/** Every version of a sequence, tombstones included, in order of upload. */
export function versionsOf(store: Store, collectionId: CollectionId): readonly Version[] {
  const { nextSerial } = collectionById(store, collectionId);
  return Array.from({ length: nextSerial }, (_, serial) =>
    versionById(store, versionIdOf(collectionId, serial)),
  );
}

function candidates(store: Store, objectId: ObjectId): readonly Version[] {
  const collectionId = sequenceOfObjectId(objectId);
  return store.collections.has(collectionId) ? versionsOf(store, collectionId) : allVersions(store);
}

// The id of an object shared within one sequence starts with the id of that sequence (LOG-7).
function sequenceOfObjectId(objectId: ObjectId): CollectionId {
  return scopeOfObjectId(objectId) as string as CollectionId;
}

// A file mostly keeps its place in the manifest from version to version, so one look there avoids most searches.
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

function isWithin(serial: number, nextSerial: number): boolean {
  return serial >= 0 && serial < nextSerial;
}

function fullNameOf(store: Store, id: CollectionId): string {
  return fullCollectionName(collectionById(store, id).name);
}
