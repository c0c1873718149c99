import { isStored } from '../../bucket/bucket.ts';
import { nameWithin, type ObjectId, type Selector, type VersionId } from '../../values/names.ts';
import type { SortedTable } from '../../values/sorted-table.ts';
import { type ArtifactCollection, collectionNamed } from '../artifact-collection.ts';
import { linkIdOf } from '../link.ts';
import { nameOfCollection, nameOfVersion, versionIdAt } from '../look-up.ts';
import { recountedReferrers } from '../references/referrers.ts';
import type { Referrers, Store } from '../store.ts';
import { objectsOf } from '../stored-object.ts';
import { aliasesOf, holdsObjects, type Version, wasCommitted } from '../version.ts';
import { misqueued, misqueuedCopies } from './queue-invariants.ts';

/** A property of every store, checked by a full recount. */
export interface Invariant {
  readonly name: string;
  /** What is wrong, one sentence each; empty if the invariant holds. */
  readonly broken: (store: Store) => readonly string[];
}

/** The invariants of every store. */
export const INVARIANTS: readonly Invariant[] = [
  { name: 'no committed version lacks a file', broken: lackingFiles },
  { name: 'holder counts match a recount', broken: miscountedHolders },
  { name: 'byte totals match a recount', broken: miscountedFigures },
  { name: 'aliases and their targets agree', broken: danglingAliases },
  { name: 'the listings match what exists', broken: mislisted },
  { name: 'every artifact collection is found by its name', broken: misnamed },
  { name: 'links and their sources refer to each other', broken: danglingLinks },
  { name: 'the referrers of each version match a recount', broken: miscountedReferrers },
  { name: 'every client id names a version', broken: danglingClientIds },
  { name: 'the queues match what is waiting', broken: misqueued },
  { name: 'the copy queues match the bucket', broken: misqueuedCopies },
  { name: 'every out-of-band change is recorded', broken: unlikeBucket },
];

/** The broken invariants of a store, with what is wrong; empty unless there is a bug. */
export function brokenInvariants(store: Store): readonly string[] {
  return INVARIANTS.flatMap(({ name, broken }) => broken(store).map((what) => `${name}: ${what}`));
}

function lackingFiles(store: Store): readonly string[] {
  return [...store.versions.unorderedRows()]
    .filter((version) => version.state.kind === 'COMMITTED')
    .flatMap((version) =>
      objectsOf(version.scope, version.manifest)
        .filter(([objectId]) => !isStored(store.bucket, objectId) && !store.outOfBand.has(objectId))
        .map(([, file]) => `${nameOfVersion(store, version.id)} lacks ${file.path}`),
    );
}

function miscountedHolders(store: Store): readonly string[] {
  const recount = new Map<ObjectId, number>();
  for (const version of store.versions.unorderedRows()) {
    if (!holdsObjects(version)) continue;
    for (const [objectId] of objectsOf(version.scope, version.manifest)) {
      recount.set(objectId, (recount.get(objectId) ?? 0) + 1);
    }
  }
  const wrong: string[] = [];
  for (const object of store.objects.unorderedRows()) {
    const counted = recount.get(object.id) ?? 0;
    if (counted !== object.holders)
      wrong.push(`${object.id} counts ${object.holders} holders, but has ${counted}`);
    recount.delete(object.id);
    if (object.holders === 0 && !store.garbageCollection.unreferenced.has(object.id)) {
      wrong.push(`${object.id} is unreferenced, but is not queued for sweeping`);
    }
  }
  for (const objectId of recount.keys()) wrong.push(`${objectId} is held, but unknown`);
  for (const objectId of store.garbageCollection.unreferenced.keys()) {
    if (!store.objects.has(objectId)) wrong.push(`${objectId} is queued for sweeping, but unknown`);
  }
  return wrong;
}

function miscountedFigures(store: Store): readonly string[] {
  let logical = 0;
  for (const version of store.versions.unorderedRows()) {
    if (version.state.kind === 'COMMITTED') logical += version.manifest.sizeBytes;
  }
  let stored = 0;
  let kept = 0;
  for (const blob of store.bucket.blobs.unorderedRows()) {
    if (blob.current) stored += blob.sizeBytes;
    kept += blob.copies.length * blob.sizeBytes;
  }
  const figures = [
    ['logical', store.logicalBytes, logical],
    ['stored', store.bucket.storedBytes, stored],
    ['billed', store.bucket.billedBytes, stored + kept],
  ] as const;
  return figures
    .filter(([, says, recounted]) => says !== recounted)
    .map(([name, says, recounted]) => `${name} is ${says} bytes, but should be ${recounted}`);
}

function danglingAliases(store: Store): readonly string[] {
  const wrong: string[] = [];
  for (const collection of store.collections.unorderedRows()) {
    for (const alias of collection.aliases.sortedIds((left, right) => (left < right ? -1 : 1))) {
      const index = collection.aliases.get(alias)?.index ?? -1;
      const bearer =
        collection.kind === 'portfolio'
          ? store.links.get(linkIdOf(collection.id, index))?.aliases
          : aliasesAt(store, collection, index);
      if (bearer?.includes(alias) !== true) {
        wrong.push(
          `${nameOfCollection(store, collection.id)}:${alias} points to v${index}, which does not have it`,
        );
      }
    }
  }
  for (const version of store.versions.unorderedRows()) {
    const { aliases } = store.collections.get(version.collectionId) ?? {};
    const lost = aliasesOf(version).filter((alias) => aliases?.get(alias)?.index !== version.index);
    wrong.push(
      ...lost.map((alias) => `${nameOfVersion(store, version.id)} has ${alias}, which points elsewhere`),
    );
  }
  for (const link of store.links.unorderedRows()) {
    const { aliases } = store.collections.get(link.portfolioId) ?? {};
    const lost = link.aliases.filter((alias) => aliases?.get(alias)?.index !== link.index);
    wrong.push(...lost.map((alias) => `${link.id} has ${alias}, which points elsewhere`));
  }
  return wrong;
}

function aliasesAt(store: Store, collection: ArtifactCollection, index: number) {
  const versionId = versionIdAt(collection, index);
  const version = versionId === undefined ? undefined : store.versions.get(versionId);
  return version?.collectionId === collection.id && version.index === index ? aliasesOf(version) : undefined;
}

function mislisted(store: Store): readonly string[] {
  const wrong: string[] = [];
  for (const version of store.versions.unorderedRows()) {
    const collection = store.collections.get(version.collectionId);
    const name = nameOfVersion(store, version.id);
    const { id, index, serial, state } = version;
    const isAt = (list: SortedTable<number, VersionId> | undefined, key: number | null) =>
      key !== null && list?.get(key) === id;
    const isLive = collection?.kind === 'sequence' && collection.exists;
    const places = [
      ['listed', isLive && isAt(collection.listed, index), state.kind === 'COMMITTED'],
      ['listed as deleted', isAt(collection?.deleted, index), index !== null && state.kind !== 'COMMITTED'],
      ['listed as uploading', isAt(collection?.uploading, serial), state.kind === 'PENDING'],
    ] as const;
    for (const [what, is, should] of places) {
      if (is !== should) wrong.push(`${name} is ${state.kind}, but ${is ? '' : 'not '}${what}`);
    }
    if ((index === null) === wasCommitted(version))
      wrong.push(`${name} is ${state.kind}, but has ${index === null ? 'no' : 'an'} index`);
    if (index !== null && index >= (collection?.nextIndex ?? 0))
      wrong.push(`the index of ${name} could be reused`);
    if (serial >= (collection?.nextSerial ?? 0)) wrong.push(`the serial of ${name} could be reused`);
  }
  return [...wrong, ...[...store.collections.unorderedRows()].flatMap((row) => listedGhosts(store, row))];
}

function listedGhosts(store: Store, collection: ArtifactCollection): readonly string[] {
  const { id, kind, listed, deleted, uploading } = collection;
  const ghosts = (
    list: SortedTable<number, VersionId>,
    exists: (at: number, version: Version | undefined) => boolean,
  ) =>
    [...list.entries()].flatMap(([at, versionId]) => {
      const version = store.versions.get(versionId);
      return exists(at, version?.collectionId === id ? version : undefined) ? [] : [at];
    });
  const isIndex = (index: number, version?: Version) => version?.index === index;
  const isLink = (index: number) => store.links.has(linkIdOf(id, index));
  const selectors: readonly Selector[] = [
    ...ghosts(listed, kind === 'portfolio' ? isLink : isIndex).map(selectorOfIndex),
    ...ghosts(deleted, isIndex).map(selectorOfIndex),
    ...ghosts(uploading, (at, version) => version?.serial === at).map(selectorOfSerial),
  ];
  const name = nameOfCollection(store, id);
  return selectors.map((selector) => `${nameWithin(name, selector)} is listed, but does not exist`);
}

const selectorOfIndex = (index: number): Selector => ({ kind: 'index', index });
const selectorOfSerial = (serial: number): Selector => ({ kind: 'upload', serial });

function misnamed(store: Store): readonly string[] {
  const { collections, names } = store;
  const unfound = [...collections.unorderedRows()]
    .filter((collection) => collectionNamed(store, collection.name) !== collection)
    .map(({ id }) => `${nameOfCollection(store, id)} is not found by its name`);
  const lost = [...names.entries()].filter(([key, id]) => key === id || !collections.has(id));
  return [...unfound, ...lost.map(([key, id]) => `the name ${key} leads to ${id}`)];
}

function danglingLinks(store: Store): readonly string[] {
  const wrong: string[] = [];
  for (const link of store.links.unorderedRows()) {
    const source = store.versions.get(link.versionId);
    if (source?.state.kind !== 'COMMITTED') wrong.push(`${link.id} links to a version that is not COMMITTED`);
    if (source?.links.includes(link.id) !== true) wrong.push(`the source of ${link.id} does not refer to it`);
    const portfolio = store.collections.get(link.portfolioId);
    if (portfolio?.listed.get(link.index) !== link.versionId) wrong.push(`${link.id} is not listed`);
    if (link.index >= (portfolio?.nextIndex ?? 0)) wrong.push(`the index of ${link.id} could be reused`);
  }
  for (const version of store.versions.unorderedRows()) {
    const lost = version.links.filter((linkId) => !store.links.has(linkId));
    wrong.push(...lost.map((linkId) => `${nameOfVersion(store, version.id)} has no link ${linkId}`));
  }
  return wrong;
}

function miscountedReferrers(store: Store): readonly string[] {
  const recounted = recountedReferrers(store.versions.unorderedRows());
  const known = store.referrers.sortedIds((left, right) => (left < right ? -1 : 1));
  const text = (referrers: Referrers | undefined) => [...(referrers?.keys() ?? [])].join(', ');
  return [...new Set([...recounted.keys(), ...known])]
    .map((id) => ({ id, says: text(store.referrers.get(id)), has: text(recounted.get(id)) }))
    .filter(({ says, has }) => says !== has)
    .map(
      ({ id, says, has }) => `${id} has the referrers ${says || 'none'}, but should have ${has || 'none'}`,
    );
}

function danglingClientIds({ clientIds, versions }: Store): readonly string[] {
  return clientIds
    .sortedIds((left, right) => (left < right ? -1 : 1))
    .map((key) => ({ key, versionId: clientIds.get(key)?.versionId }))
    .filter(({ versionId }) => versionId === undefined || !versions.has(versionId))
    .map(({ key, versionId }) => `the client id ${key} names ${versionId}, which does not exist`);
}

// If the bucket deleted an object but its answer came too late, the object still waits for its sweep: the next sweep
// finds out (GC-8).
function unlikeBucket(store: Store): readonly string[] {
  const { unreferenced } = store.garbageCollection;
  const wrong: string[] = [];
  for (const { id, holders } of store.objects.unorderedRows()) {
    const waits = holders === 0 && unreferenced.has(id);
    if (!waits && !isStored(store.bucket, id) && !store.outOfBand.has(id)) {
      wrong.push(`${id} is known, but not stored`);
    }
  }
  for (const blob of store.bucket.blobs.unorderedRows()) {
    const id = blob.key as ObjectId;
    if (blob.current && !store.objects.has(id) && !store.outOfBand.has(id)) {
      wrong.push(`${id} is stored, but unknown`);
    }
  }
  for (const id of store.outOfBand.keys()) {
    if (isStored(store.bucket, id) === store.objects.has(id))
      wrong.push(`${id} is recorded as out-of-band, but does not differ`);
  }
  return wrong;
}
