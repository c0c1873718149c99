import type { Blob } from '../../bucket/blob.ts';
import { type ArtifactCollection, collectionIdOf } from '../../store/artifact-collection.ts';
import { linkIdOf } from '../../store/link.ts';
import type { Members } from '../../store/people.ts';
import { runIdOf } from '../../store/run.ts';
import { emptyStore, type Store } from '../../store/store.ts';
import { draftOf, type StoreDraft, storeOf } from '../../store/store-draft.ts';
import { objectIdOf, scopeOf } from '../../store/stored-object.ts';
import { versionIdOf } from '../../store/version.ts';
import type { Alias, ObjectId, ProjectId, RunId, ScopeId, VersionId } from '../../values/names.ts';
import { emptySortedTable, type SortedTable } from '../../values/sorted-table.ts';
import { emptyTable } from '../../values/table.ts';
import { type Section, type SnapshotCounts, UnreadableSnapshot } from './format.ts';
import { known } from './manifest-reader.ts';
import { Owners } from './owners.ts';
import {
  COLLECTION_ROW,
  LINK_ROW,
  LISTED_OBJECT,
  LISTED_VERSION,
  NUMBERED_OBJECT,
  NUMBERED_VERSION,
  OBJECT_ROW,
  ORDINARY_OBJECT_ROW,
  QUEUED_OBJECT,
  QUEUED_VERSION,
  RUN_ROW,
  SCOPE_ROW,
  STORE_ROW,
  VERSION_ROW,
} from './rows.ts';
import { VersionReader } from './version-reader.ts';

/**
 * Builds a store from the rows of a snapshot, in their order. Throws `UnreadableSnapshot` or Zod's error where they
 * make no sense.
 */
export class StoreBuilder {
  #beginning: Store = emptyStore();
  #draft: StoreDraft = draftOf(this.#beginning);
  readonly #owners = new Owners();
  readonly #runIds: RunId[] = [];
  readonly #collections: ArtifactCollection[] = [];
  readonly #scopes: ScopeId[] = [];
  readonly #versions = new VersionReader(this.#collections, this.#runIds);
  // The tables of a draft are open, so that an insertion is made in place.
  readonly #takers: Readonly<Record<Section, (row: unknown) => void>> = {
    store: (row) => this.#begin(row),
    runs: (row) => this.#run(row),
    collections: (row) => this.#collection(row),
    versions: (row) => this.#version(row),
    links: (row) => this.#link(row),
    scopes: (row) => this.#scope(row),
    objects: (row) => this.#object(row),
    outOfBand: (row) => this.#draft.outOfBand.insert(this.#objectId(LISTED_OBJECT.parse(row)), true),
    unreferenced: (row) =>
      this.#draft.garbageCollection.unreferenced.insert(this.#objectId(LISTED_OBJECT.parse(row)), true),
    noncurrent: (row) => {
      const [number, ...thing] = NUMBERED_OBJECT.parse(row);
      this.#draft.bucket.noncurrent.insert(number, this.#objectId(thing));
    },
    softDeleted: (row) => {
      const [place, ...thing] = QUEUED_OBJECT.parse(row);
      this.#draft.bucket.softDeleted.insert(place, this.#objectId(thing));
    },
    uploads: (row) => this.#queue(this.#draft.uploads, row),
    trash: (row) => this.#queue(this.#draft.trash, row),
    reviewed: (row) => this.#queue(this.#draft.garbageCollection.reviewed, row),
    released: (row) => this.#queue(this.#draft.garbageCollection.released, row),
    reviewList: (row) =>
      this.#draft.garbageCollection.reviewList.insert(this.#versionId(LISTED_VERSION.parse(row)), true),
    expiring: (row) => this.#queueExpiry(this.#draft.expiring, row),
    inheriting: (row) => this.#queueExpiry(this.#draft.inheriting, row),
    end: () => {
      throw new UnreadableSnapshot('nonsense', 'nothing stands behind the end');
    },
  };

  /** Takes a row of a section. */
  take(section: Section, row: unknown): void {
    this.#takers[section](row);
  }

  /** The store, behind the last row. */
  finish(counts: SnapshotCounts): Store {
    const draft = this.#draft;
    const isWhole =
      draft.collections.size === counts.collections &&
      draft.versions.size === counts.versions &&
      draft.objects.size === counts.objects;
    if (!isWhole) {
      throw new UnreadableSnapshot(
        'nonsense',
        'this saved state has not as many rows as its first line says',
      );
    }
    this.#owners.settle(draft);
    return storeOf(draft, this.#beginning);
  }

  #begin(row: unknown): void {
    const { settings, team, registries, membersMaySetTtl, ttlDefaultSeconds, ...read } = STORE_ROW.parse(row);
    const people = {
      team: membersOf(team),
      registries: registries.reduce(
        (all, [id, members]) => all.insert(id as ProjectId, membersOf(members)),
        emptySortedTable<ProjectId, Members>(),
      ),
      membersMaySetTtl,
      ttlDefaultSeconds,
    };
    const { bucketFaults, crashAfterSteps, nextCopyNumber, storedBytes, billedBytes, ...fields } = read;
    this.#beginning = emptyStore(settings, people, bucketFaults);
    const draft = draftOf(this.#beginning);
    draft.bucket = { ...draft.bucket, nextCopyNumber, storedBytes, billedBytes };
    draft.garbageCollection.crashAfterSteps = crashAfterSteps;
    this.#draft = Object.assign(draft, fields);
  }

  #run(row: unknown): void {
    const { name: parts, exists, owner } = RUN_ROW.parse(row);
    const [entity, project, run] = parts;
    const name = { entity, project, run };
    const id = runIdOf(name);
    this.#runIds.push(id);
    this.#owners.addRun({ id, name, exists, owner });
  }

  #collection(row: unknown): void {
    const {
      name: parts,
      type,
      listed,
      uploading,
      aliases,
      protectedAliases,
      ...fields
    } = COLLECTION_ROW.parse(row);
    const [entity, project, collectionName] = parts;
    const name = { entity, project, collection: collectionName };
    const { nextIndex } = fields;
    const targets = emptyTable<Alias, { readonly index: number }>().opened();
    for (const [alias, index] of aliases) targets.insert(alias as Alias, { index });
    const guarded = emptySortedTable<Alias, true>().opened();
    for (const alias of protectedAliases) guarded.insert(alias as Alias, true);
    const collection: ArtifactCollection = {
      ...fields,
      id: collectionIdOf(name),
      name,
      artifactType: type,
      listed: indexesIn(listed, nextIndex),
      uploading: indexesIn(uploading, nextIndex),
      aliases: targets.closed(),
      protectedAliases: guarded.closed(),
    };
    this.#collections.push(collection);
    this.#owners.addCollection(collection);
    this.#draft.collections.insert(collection.id, collection);
  }

  #version(row: unknown): void {
    const version = this.#versions.read(VERSION_ROW.parse(row));
    if (version === null) return;
    this.#owners.addVersion(version);
    this.#draft.versions.insert(version.id, version);
  }

  #link(row: unknown): void {
    const [portfolio, index, ofCollection, ofIndex, aliases, linkedAt] = LINK_ROW.parse(row);
    const portfolioId = known(this.#collections, portfolio).id;
    const id = linkIdOf(portfolioId, index);
    const versionId = this.#versionId([ofCollection, ofIndex]);
    this.#draft.links.insert(id, {
      id,
      portfolioId,
      index,
      versionId,
      aliases: aliases as Alias[],
      linkedAt,
    });
  }

  #scope(row: unknown): void {
    const owner = SCOPE_ROW.parse(row);
    this.#scopes.push(
      typeof owner === 'number'
        ? scopeOf('collection', known(this.#collections, owner).id, '')
        : scopeOf('entity', known(this.#collections, 0).id, owner[0]),
    );
  }

  #object(row: unknown): void {
    if (Array.isArray(row)) {
      const [scope, content, holders, since] = ORDINARY_OBJECT_ROW.parse(row);
      this.#put([scope, content], holders, { current: true, since, copies: [] });
      return;
    }
    const { object, holders, bucket } = OBJECT_ROW.parse(row);
    const copies = bucket?.copies.map(([kind, number, since, until]) => ({ kind, number, since, until }));
    this.#put(object, holders, bucket === null ? null : { ...bucket, copies: copies ?? [] });
  }

  #put(
    [scope, content]: readonly [number, number],
    holders: number | null,
    inBucket: Pick<Blob, 'current' | 'since' | 'copies'> | null,
  ): void {
    const { digest, sizeBytes } = this.#versions.manifests.content(content);
    const id = objectIdOf(known(this.#scopes, scope), digest);
    const { objects, bucket } = this.#draft;
    if (holders !== null) objects.insert(id, { id, digest, sizeBytes, holders });
    if (inBucket !== null) bucket.blobs.insert(id, { key: id, sizeBytes, ...inBucket });
  }

  #queue(queue: SortedTable<number, VersionId>, row: unknown): void {
    const [number, ...place] = NUMBERED_VERSION.parse(row);
    queue.insert(number, this.#versionId(place));
  }

  #queueExpiry(queue: SortedTable<string, VersionId>, row: unknown): void {
    const [before, ...place] = QUEUED_VERSION.parse(row);
    const versionId = this.#versionId(place);
    queue.insert(`${before}${versionId}`, versionId);
  }

  // The same text as in the table, and not another one that is equal.
  #versionId([collection, index]: readonly [number, number]): VersionId {
    const id = versionIdOf(known(this.#collections, collection).id, index);
    const version = this.#draft.versions.get(id);
    if (version === undefined) throw new UnreadableSnapshot('nonsense', `there is no version ${id}`);
    return version.id;
  }

  #objectId([scope, content]: readonly [number, number]): ObjectId {
    const { digest } = this.#versions.manifests.content(content);
    const id = objectIdOf(known(this.#scopes, scope), digest);
    return this.#draft.objects.get(id)?.id ?? id;
  }
}

function membersOf(members: readonly (readonly [string, 'viewer' | 'member' | 'admin'])[]): Members {
  return members.reduce<Members>((all, [name, role]) => all.insert(name, role), emptySortedTable());
}

// A first index and how many, in turn.
function indexesIn(ranges: readonly number[], nextIndex: number): SortedTable<number, true> {
  const indexes = emptySortedTable<number, true>().opened();
  for (let at = 0; at < ranges.length; at += 2) {
    const [first = 0, length = 0] = [ranges[at], ranges[at + 1]];
    if (first + length > nextIndex) {
      throw new UnreadableSnapshot('nonsense', `the index ${first + length - 1} was never given`);
    }
    for (let index = first; index < first + length; index += 1) indexes.insert(index, true);
  }
  return indexes.closed();
}
