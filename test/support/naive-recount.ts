import type { ArtifactCollection } from '../../src/store/artifact-collection.ts';
import type { Store } from '../../src/store/store.ts';
import type { Version } from '../../src/store/version.ts';
import type { VersionId } from '../../src/values/names.ts';

/**
 * What is wrong with a store, counted anew from the versions' manifests in the simplest way, one walk for each
 * question. It shares nothing with the invariants of the store but the types of the state.
 */
export function naiveComplaints(store: Store): readonly string[] {
  return [
    ...holderComplaints(store),
    ...bucketComplaints(store),
    ...byteComplaints(store),
    ...[...store.collections.unorderedRows()].flatMap((collection) => nameComplaints(store, collection)),
    ...queueComplaints(store),
    ...linkComplaints(store),
    ...ownerComplaints(store),
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

function holderComplaints(store: Store): readonly string[] {
  const holders = naiveHolders(store);
  const complaints: string[] = [];
  const known = new Set<string>();
  for (const object of store.objects.unorderedRows()) {
    known.add(object.id);
    const counted = holders.get(object.id)?.size ?? 0;
    if (counted !== object.holders) {
      complaints.push(`GC-4: ${object.id} says ${object.holders} holders, ${counted} hold it`);
    }
    if (counted === 0 && !store.garbageCollection.unheld.has(object.id)) {
      complaints.push(`GC-2: nobody holds ${object.id}, and no sweep will come for it`);
    }
  }
  for (const key of holders.keys()) {
    if (!known.has(key)) complaints.push(`GC-4: ${key} is held, and not known`);
  }
  for (const key of store.garbageCollection.unheld.keys()) {
    if (!known.has(key)) complaints.push(`GC-2: ${key} waits for its sweep, and is not known`);
  }
  return complaints;
}

function bucketComplaints(store: Store): readonly string[] {
  const complaints: string[] = [];
  const stored = new Set<string>();
  for (const blob of store.bucket.blobs.unorderedRows()) if (blob.current) stored.add(blob.key);
  const tampered = new Set<string>(store.tampered.keys());
  // DEL-1, LOG-5: not only COMMITTED versions, every holder keeps its files.
  for (const [key, versions] of naiveHolders(store)) {
    if (!stored.has(key) && !tampered.has(key)) {
      complaints.push(`GC-9: ${[...versions].join(' and ')} lack ${key}`);
    }
  }
  const known = new Set<string>();
  for (const { id, holders } of store.objects.unorderedRows()) {
    known.add(id);
    // A bucket that answered too late has deleted what the store still waits for (GC-8).
    const waits = holders === 0 && store.garbageCollection.unheld.has(id);
    if (!stored.has(id) && !tampered.has(id) && !waits) {
      complaints.push(`GC-2: ${id} is known, and not stored`);
    }
  }
  for (const key of stored) {
    if (!known.has(key) && !tampered.has(key)) {
      complaints.push(`GC-2: ${key} is stored for ever, and not known`);
    }
  }
  for (const key of tampered) {
    if (stored.has(key) === known.has(key)) complaints.push(`BKT-6: ${key} is as the store believes`);
  }
  return complaints;
}

function byteComplaints(store: Store): readonly string[] {
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
function nameComplaints(store: Store, collection: ArtifactCollection): readonly string[] {
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
  const { name, standing } = collection;
  const where = `${name.project}/${name.collection}`;
  return [
    ...unlike(`DEL-3: ${where} lists`, [...collection.listed.keys()], [...found.keys()]),
    ...unlike(`LOG-5: ${where} uploads`, [...collection.uploading.keys()], [...uploading]),
    ...unlike(`ALI-2: the aliases of ${where} are`, kept, aliases),
    ...(new Set(aliases.map((text) => text.replace(/ at \d+$/, ''))).size === aliases.length
      ? []
      : [`ALI-2: ${where} has an alias twice`]),
    ...(standing || found.size + uploading.size === 0 ? [] : [`DEL-7: ${where} is deleted, not its members`]),
  ];
}

function queueComplaints(store: Store): readonly string[] {
  const { reviewed, released } = store.garbageCollection;
  const versions = [...store.versions.unorderedRows()];
  const queues = { waiting: store.trash, reviewed, released };
  const uploads = versions.flatMap(({ id, state }) => (state.kind === 'PENDING' ? [id] : []));
  const lasting = (version: Version) => (version.ttl.kind === 'lasting' ? version.ttl.seconds : null);
  const inherited = (version: Version) => (version.ttl.kind === 'inherit' ? 0 : null);
  return [
    ...(['waiting', 'reviewed', 'released'] as const).flatMap((stage) => {
      const waiting = versions.flatMap(({ id, state }) =>
        state.kind === 'PENDING_DELETION' && state.stage === stage ? [`${state.trashNumber} ${id}`] : [],
      );
      const queued = [...queues[stage].entries()].map(([trashNumber, id]) => `${trashNumber} ${id}`);
      return unlike(`GC-8: the queue of what is ${stage} has`, queued, waiting);
    }),
    ...unlike('LOG-8: the queue of uploads has', valuesOf(store.uploads), uploads),
    ...unordered('LOG-8: uploads wait', valuesOf(store.uploads), store),
    ...unlike('TTL-2: the queue of own TTLs has', instantsOf(store.expiring), expiring(store, lasting)),
    ...unlike('TTL-3: the queue of the team has', instantsOf(store.inheriting), expiring(store, inherited)),
  ];
}

/** When the TTL of a version is over, or null where it has none (TTL-2, TTL-3). */
export function naiveExpiry(store: Store, { ttl, createdAt }: Version): number | null {
  if (ttl.kind === 'none') return null;
  const lifetime = ttl.kind === 'lasting' ? ttl.seconds : store.people.ttlDefaultSeconds;
  return lifetime === null ? null : createdAt + lifetime;
}

/** Whether the service itself makes artifacts of the type of a version (DEL-17, TTL-8). */
export function isGeneratedNaively(store: Store, { collectionId }: Version): boolean {
  return /^(run_table|code|job|wandb-.*)$/s.test(store.collections.get(collectionId)?.artifactType ?? '');
}

/** The protected aliases that stand on links to a version, wherever they are (ALI-7). */
export function naiveProtections(store: Store, versionId: string): readonly string[] {
  const protections: string[] = [];
  for (const link of store.links.unorderedRows()) {
    if (link.versionId !== versionId) continue;
    const portfolio = store.collections.get(link.portfolioId);
    for (const alias of link.aliases) {
      if (portfolio?.protectedAliases.has(alias) === true) protections.push(`${alias} on ${link.id}`);
    }
  }
  return protections;
}

function expiring(store: Store, lifetime: (version: Version) => number | null): readonly string[] {
  return [...store.versions.unorderedRows()].flatMap((version) => {
    const lasts = lifetime(version);
    const mayExpire =
      version.state.kind === 'COMMITTED' &&
      !isGeneratedNaively(store, version) &&
      naiveProtections(store, version.id).length === 0;
    return mayExpire && lasts !== null ? [`${version.createdAt + lasts} ${version.id}`] : [];
  });
}

function instantsOf(queue: Store['expiring']): readonly string[] {
  return [...queue.entries()].map(([place, id]) => `${Number(place.split('/')[0])} ${id}`);
}

function valuesOf(queue: Store['uploads']): readonly string[] {
  return [...queue.entries()].map(([, id]) => id);
}

function unordered(what: string, queued: readonly string[], store: Store): readonly string[] {
  const begun = queued.map((id) => store.versions.get(id as VersionId)?.createdAt ?? 0);
  return begun.every((at, place) => at >= (begun[place - 1] ?? 0)) ? [] : [`${what} out of order`];
}

// ACL-2, DEL-10, DEL-11: what each run logged and used, and what each project owns, from the other side.
function ownerComplaints(store: Store): readonly string[] {
  const edges: string[] = [];
  for (const { id, loggedBy, usedBy } of store.versions.unorderedRows()) {
    if (loggedBy !== null) edges.push(`${loggedBy} logged ${id}`);
    for (const runId of usedBy.keys()) edges.push(`${runId} used ${id}`);
  }
  const noted: string[] = [];
  for (const { id, logged, used } of store.runs.unorderedRows()) {
    for (const versionId of logged.keys()) noted.push(`${id} logged ${versionId}`);
    for (const versionId of used.keys()) noted.push(`${id} used ${versionId}`);
  }
  const owned: string[] = [];
  for (const { name, collections, runs } of store.projects.unorderedRows()) {
    const text = JSON.stringify([name.entity, name.project]);
    for (const id of [...collections.keys(), ...runs.keys()]) owned.push(`${text} owns ${id}`);
  }
  const things = [...store.collections.unorderedRows(), ...store.runs.unorderedRows()].map(
    ({ id, name }) => `${JSON.stringify([name.entity, name.project])} owns ${id}`,
  );
  return [
    ...unlike('DEL-12: the lineage is', noted, edges),
    ...unlike('DEL-11: the projects are', owned, things),
  ];
}

function linkComplaints(store: Store): readonly string[] {
  const links = [...store.links.unorderedRows()].map((link) => `${link.id} to ${link.versionId}`);
  const known: string[] = [];
  for (const { id, state, links: ofVersion } of store.versions.unorderedRows()) {
    for (const linkId of ofVersion)
      known.push(`${linkId} to ${id}${state.kind === 'COMMITTED' ? '' : ', gone'}`);
  }
  return unlike('DEL-13: the links are', links, known);
}

function unlike<Thing>(what: string, said: readonly Thing[], are: readonly Thing[]): readonly string[] {
  const [left, right] = [said.map(String).sort(), are.map(String).sort()];
  return left.join('\n') === right.join('\n')
    ? []
    : [`${what} [${left.join(', ')}], not [${right.join(', ')}]`];
}
