import { collectionIdOf } from '../../store/artifact-collection.ts';
import { runById, versionById } from '../../store/look-up.ts';
import type { Members } from '../../store/people.ts';
import type { Store } from '../../store/store.ts';
import { EMPTY_OBJECT } from '../../values/json.ts';
import { fullCollectionName, type RunId } from '../../values/names.ts';
import { byCodePoint } from '../../values/order.ts';
import { packed } from './bytes.ts';
import { SECTIONS, type Section, snapshotHeader } from './format.ts';
import { Numbers } from './numbers.ts';
import { SnapshotObjects } from './objects.ts';
import { STORE_ROW } from './rows.ts';
import { type CollectionNumbers, type RunNumbers, SnapshotVersions } from './versions.ts';

/**
 * The bytes of a snapshot in pieces; `onRows` is called regularly with the number of versions and objects written. Equal
 * stores give equal bytes on every machine. Needs little memory beyond the store.
 */
export function snapshotOf(store: Store, onRows: (rows: number) => void = () => {}): Generator<Uint8Array> {
  const counts = {
    collections: store.collections.size,
    versions: store.versions.size,
    objects: store.objects.size,
  };
  return packed(snapshotHeader(counts), linesOf(store, onRows));
}

const ROWS_BETWEEN = 10_000;

function* linesOf(store: Store, onRows: (rows: number) => void): Generator<string> {
  const rowsOf = sectionsOf(store);
  let done = 0;
  for (const section of SECTIONS) {
    yield JSON.stringify(section);
    const counted = section === 'versions' || section === 'objects';
    for (const row of rowsOf[section]()) {
      yield JSON.stringify(row);
      if (counted) done += 1;
      if (counted && done % ROWS_BETWEEN === 0) onRows(done);
    }
  }
}

type Rows = Iterable<unknown>;

function sectionsOf(store: Store): Readonly<Record<Section, () => Rows>> {
  const runs: RunNumbers = new Numbers();
  const collections: CollectionNumbers = new Numbers();
  const versions = new SnapshotVersions(store, runs, collections);
  const objects = new SnapshotObjects(store, collections, versions);
  const { garbageCollection } = store;
  return {
    store: () => [storeRow(store)],
    runs: () => runRows(store, runs),
    collections: () => collectionRows(store, collections),
    names: () => nameRows(store, collections),
    versions: () => versions.rows(),
    clientIds: () => clientIdRows(store, versions),
    outputs: () => outputRows(store, runs, versions),
    links: () => linkRows(store, versions),
    scopes: () => objects.scopeRows(),
    objects: () => objects.rows(),
    outOfBand: () => objects.listed(store.outOfBand),
    unreferenced: () => objects.listed(garbageCollection.unreferenced),
    uploads: () => versions.queued(store.uploads),
    trash: () => versions.queued(store.trash),
    reviewed: () => versions.queued(garbageCollection.reviewed),
    released: () => versions.queued(garbageCollection.released),
    reviewList: () => versions.listed(garbageCollection.reviewList),
    expiring: () => versions.expiring(store.expiring),
    inheriting: () => versions.expiring(store.inheriting),
    end: () => [],
  };
}

// The schema puts the keys into a fixed order, so that equal stores give equal bytes.
function storeRow(store: Store): unknown {
  const { people, bucket } = store;
  return STORE_ROW.parse({
    now: store.now,
    begins: store.begins,
    settings: store.settings,
    team: membersOf(people.team),
    registries: Array.from(people.registries.entries(), ([id, members]) => [id, membersOf(members)]),
    membersMaySetTtl: people.membersMaySetTtl,
    ttlDefaultSeconds: people.ttlDefaultSeconds,
    bucketFaults: store.bucketFaults,
    crashAfterSteps: store.garbageCollection.crashAfterSteps,
    nextUploadNumber: store.nextUploadNumber,
    nextTrashNumber: store.nextTrashNumber,
    nextCopyNumber: bucket.nextCopyNumber,
    logicalBytes: store.logicalBytes,
    everBegunBytes: store.everBegunBytes,
    storedBytes: bucket.storedBytes,
    billedBytes: bucket.billedBytes,
  });
}

function membersOf(members: Members): readonly unknown[] {
  return [...members.entries()];
}

function* runRows(store: Store, numbers: Numbers<RunId>): Rows {
  for (const id of store.runs.sortedIds(byCodePoint)) {
    numbers.add(id);
    const run = store.runs.get(id);
    if (run === undefined) continue;
    const { name, exists, owner, startedAt, state, displayName, tags, config, summary, ...rest } = run;
    yield {
      name: [name.entity, name.project, name.run],
      exists,
      owner,
      startedAt,
      ...(state.kind === 'running' ? {} : { ended: [state.kind, state.endedAt] }),
      ...(displayName === name.run ? {} : { displayName }),
      ...(tags.length === 0 ? {} : { tags }),
      ...(config === EMPTY_OBJECT ? {} : { config }),
      ...(summary === EMPTY_OBJECT ? {} : { summary }),
      ...(rest.group === null ? {} : { group: rest.group }),
      ...(rest.jobType === null ? {} : { jobType: rest.jobType }),
      ...(rest.notes === null ? {} : { notes: rest.notes }),
      ...(rest.progress === EMPTY_OBJECT ? {} : { progress: rest.progress }),
      ...(rest.files.length === 0
        ? {}
        : {
            files: rest.files.map(({ path, digest, sizeBytes, extra }) =>
              extra === undefined ? [path, digest, sizeBytes] : [path, digest, sizeBytes, extra],
            ),
          }),
    };
  }
}

function* clientIdRows(store: Store, versions: SnapshotVersions): Rows {
  for (const key of store.clientIds.sortedIds(byCodePoint)) {
    const upload = store.clientIds.get(key);
    if (upload !== undefined) yield [key, ...versions.place(upload.versionId), upload.announced];
  }
}

function* outputRows(store: Store, runs: Numbers<RunId>, versions: SnapshotVersions): Rows {
  for (const runId of runs.keys()) {
    for (const versionId of runById(store, runId).logged.keys()) {
      if (versionById(store, versionId).loggedBy !== runId)
        yield [runs.of(runId), ...versions.place(versionId)];
    }
  }
}

function* collectionRows(store: Store, numbers: CollectionNumbers): Rows {
  const named = [...store.collections.unorderedRows()]
    .map((collection) => ({ collection, fullName: fullCollectionName(collection.name) }))
    .sort((left, right) => byCodePoint(left.fullName, right.fullName));
  for (const { collection } of named) {
    numbers.add(collection.id);
    const { id, name, kind, artifactType: type, createdAt, facts, exists, nextIndex, aliases } = collection;
    const { description = null, tags = [] } = facts ?? {};
    yield {
      name: [name.entity, name.project, name.collection],
      ...(id === collectionIdOf(name) ? {} : { id }),
      kind,
      type,
      createdAt,
      ...(description === null ? {} : { description }),
      ...(tags.length === 0 ? {} : { tags }),
      exists,
      nextIndex,
      aliases: aliases.sortedIds(byCodePoint).map((alias) => [alias, aliases.get(alias)?.index]),
      protectedAliases: [...collection.protectedAliases.keys()],
    };
  }
}

function* nameRows({ names }: Store, numbers: CollectionNumbers): Rows {
  for (const [key, id] of names.entries()) yield [key, numbers.of(id)];
}

function* linkRows(store: Store, versions: SnapshotVersions): Rows {
  for (const id of store.links.sortedIds(byCodePoint)) {
    const link = store.links.get(id);
    if (link === undefined) continue;
    const { portfolioId, index, versionId, aliases, linkedAt } = link;
    yield [versions.numberOf(portfolioId), index, ...versions.place(versionId), aliases, linkedAt];
  }
}
