import type { ArtifactCollection } from '../../../src/store/artifact-collection.ts';
import type { Store } from '../../../src/store/store.ts';
import type { Version } from '../../../src/store/version.ts';
import { queueViolationsOf, unlike } from './queues.ts';

/**
 * What is wrong with a store, counted anew from the versions' manifests in the simplest way, one walk for each
 * question. It shares nothing with the invariants of the store but the types of the state.
 */
export function naiveViolations(store: Store): readonly string[] {
  return [
    ...holderViolations(store),
    ...bucketViolations(store),
    ...byteViolations(store),
    ...[...store.collections.unorderedRows()].flatMap((collection) => nameViolations(store, collection)),
    ...queueViolationsOf(store),
    ...linkViolations(store),
  ];
}

/** Who holds each object, by the objects' keys: what GC-3 says, read off the versions. */
export function naiveHolders(store: Store): ReadonlyMap<string, ReadonlySet<string>> {
  const holders = new Map<string, Set<string>>();
  for (const version of store.versions.unorderedRows()) {
    const { state } = version;
    if (state.kind === 'DELETED') continue;
    if (state.kind === 'PENDING_DELETION' && state.stage === 'released') continue;
    for (const key of naiveObjectsOf(version)) {
      holders.set(key, (holders.get(key) ?? new Set()).add(version.id));
    }
  }
  return holders;
}

/** The keys of the objects that a version lists, each once. */
export function naiveObjectsOf(version: Version): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const entry of version.manifest.entries) {
    if (entry.kind === 'file') keys.add(`${version.scope}/${entry.digest}`);
  }
  return keys;
}

function holderViolations(store: Store): readonly string[] {
  const holders = naiveHolders(store);
  const violations: string[] = [];
  const known = new Set<string>();
  for (const object of store.objects.unorderedRows()) {
    known.add(object.id);
    const counted = holders.get(object.id)?.size ?? 0;
    if (counted !== object.holders) {
      violations.push(`GC-4: ${object.id} says ${object.holders} holders, ${counted} hold it`);
    }
    if (counted === 0 && !store.garbageCollection.unreferenced.has(object.id)) {
      violations.push(`GC-2: nobody holds ${object.id}, and no sweep will come for it`);
    }
  }
  for (const key of holders.keys()) {
    if (!known.has(key)) violations.push(`GC-4: ${key} is held, and not known`);
  }
  for (const key of store.garbageCollection.unreferenced.keys()) {
    if (!known.has(key)) violations.push(`GC-2: ${key} waits for its sweep, and is not known`);
  }
  return violations;
}

function bucketViolations(store: Store): readonly string[] {
  const violations: string[] = [];
  const stored = new Set<string>();
  for (const blob of store.bucket.blobs.unorderedRows()) if (blob.current) stored.add(blob.key);
  const outOfBand = new Set<string>(store.outOfBand.keys());
  // DEL-1, LOG-5: not only COMMITTED versions, every holder keeps its files.
  for (const [key, versions] of naiveHolders(store)) {
    if (!stored.has(key) && !outOfBand.has(key)) {
      violations.push(`GC-9: ${[...versions].join(' and ')} lack ${key}`);
    }
  }
  const known = new Set<string>();
  for (const { id, holders } of store.objects.unorderedRows()) {
    known.add(id);
    // A bucket that answered too late has deleted what the store still waits for (GC-8).
    const waits = holders === 0 && store.garbageCollection.unreferenced.has(id);
    if (!stored.has(id) && !outOfBand.has(id) && !waits) {
      violations.push(`GC-2: ${id} is known, and not stored`);
    }
  }
  for (const key of stored) {
    if (!known.has(key) && !outOfBand.has(key)) {
      violations.push(`GC-2: ${key} is stored for ever, and not known`);
    }
  }
  for (const key of outOfBand) {
    if (stored.has(key) === known.has(key)) violations.push(`BKT-6: ${key} is as the store believes`);
  }
  return violations;
}

function byteViolations(store: Store): readonly string[] {
  let logical = 0;
  for (const version of store.versions.unorderedRows()) {
    if (version.state.kind !== 'COMMITTED') continue;
    for (const entry of version.manifest.entries) if (entry.kind === 'file') logical += entry.sizeBytes;
  }
  let [stored, billed] = [0, 0];
  for (const { current, copies, sizeBytes } of store.bucket.blobs.unorderedRows()) {
    if (current) stored += sizeBytes;
    if (current) billed += sizeBytes;
    for (const _ of copies) billed += sizeBytes;
  }
  const { storedBytes, billedBytes } = store.bucket;
  return [
    ...(logical === store.logicalBytes ? [] : [`BKT-7: logical is ${logical}, says ${store.logicalBytes}`]),
    ...(stored === storedBytes ? [] : [`BKT-7: stored is ${stored}, says ${storedBytes}`]),
    ...(billed === billedBytes ? [] : [`BKT-7: billed is ${billed}, says ${billedBytes}`]),
  ];
}

// What can be found in one artifact collection: its indexes and its aliases, from the bearers' side.
function nameViolations(store: Store, collection: ArtifactCollection): readonly string[] {
  const found = new Map<number, readonly string[]>();
  const uploading = new Set<number>();
  for (const version of store.versions.unorderedRows()) {
    if (version.collectionId !== collection.id) continue;
    if (version.state.kind === 'COMMITTED') found.set(version.index, version.state.aliases);
    if (version.state.kind === 'PENDING') uploading.add(version.index);
  }
  for (const link of store.links.unorderedRows()) {
    if (link.portfolioId === collection.id) found.set(link.index, link.aliases);
  }
  const aliases = [...found].flatMap(([index, borne]) => borne.map((alias) => `${alias} at ${index}`));
  const kept = collection.aliases
    .sortedIds((left, right) => (left < right ? -1 : 1))
    .map((alias) => `${alias} at ${collection.aliases.get(alias)?.index}`);
  const { name, exists } = collection;
  const where = `${name.project}/${name.collection}`;
  return [
    ...unlike(`DEL-3: ${where} lists`, [...collection.listed.keys()], [...found.keys()]),
    ...unlike(`LOG-5: ${where} uploads`, [...collection.uploading.keys()], [...uploading]),
    ...unlike(`ALI-2: the aliases of ${where} are`, kept, aliases),
    ...(new Set(aliases.map((text) => text.replace(/ at \d+$/, ''))).size === aliases.length
      ? []
      : [`ALI-2: ${where} has an alias twice`]),
    ...(exists || found.size + uploading.size === 0 ? [] : [`DEL-7: ${where} is deleted, not its members`]),
  ];
}

function linkViolations(store: Store): readonly string[] {
  const links = [...store.links.unorderedRows()].map((link) => `${link.id} to ${link.versionId}`);
  const known: string[] = [];
  for (const { id, state, links: ofVersion } of store.versions.unorderedRows()) {
    for (const linkId of ofVersion)
      known.push(`${linkId} to ${id}${state.kind === 'COMMITTED' ? '' : ', gone'}`);
  }
  return unlike('DEL-13: the links are', links, known);
}
