import type { Blob } from '../../bucket/blob.ts';
import { placeOf } from '../../bucket/bucket.ts';
import { type ArtifactCollection, collectionFacts, collectionIdOf } from '../../store/artifact-collection.ts';
import type { Link } from '../../store/link.ts';
import { linkIdOf } from '../../store/link.ts';
import { artifactReferences, withExtra } from '../../store/manifest.ts';
import type { Members } from '../../store/people.ts';
import { recountedReferrers } from '../../store/references/referrers.ts';
import { defaultFacts, RUNNING, type RunState, runIdOf } from '../../store/run.ts';
import { emptyStore, type Store } from '../../store/store.ts';
import { objectIdOf, type StoredObject, scopeOf } from '../../store/stored-object.ts';
import { type ClientUpload, type Version, versionIdOf } from '../../store/version.ts';
import type { ContentDigest } from '../../values/digest.ts';
import type {
  Alias,
  ClientIdKey,
  CollectionId,
  LinkId,
  ObjectId,
  ProjectId,
  RunId,
  ScopeId,
  VersionId,
} from '../../values/names.ts';
import { present } from '../../values/present.ts';
import { sortedKeysOf, sortedTableOf } from '../../values/sorted-table.ts';
import { tableOf } from '../../values/table.ts';
import { type Section, type SnapshotCounts, UnreadableSnapshot } from './format.ts';
import { Lists, NOTHING_LISTED } from './lists.ts';
import { known } from './manifest-reader.ts';
import { Owners } from './owners.ts';
import {
  CLIENT_ID_ROW,
  COLLECTION_ROW,
  LINK_ROW,
  LISTED_OBJECT,
  LISTED_VERSION,
  NAME_ROW,
  NUMBERED_VERSION,
  OBJECT_ROW,
  ORDINARY_OBJECT_ROW,
  OUTPUT_ROW,
  QUEUED_VERSION,
  RUN_ROW,
  SCOPE_ROW,
  STORE_ROW,
  VERSION_ROW,
} from './rows.ts';
import { VersionReader } from './version-reader.ts';

type QueuedVersion<Place> = readonly [Place, VersionId];

/** Builds a store from the rows of a snapshot. Throws `UnreadableSnapshot` or Zod's error if they make no sense. */
export class StoreBuilder {
  #beginning: Store = emptyStore();
  // Tables are built from their rows at the end, each at once.
  readonly #versionRows = new Map<VersionId, Version>();
  readonly #clientIdRows = new Map<ClientIdKey, ClientUpload>();
  readonly #linkRows = new Map<LinkId, Link>();
  readonly #objectRows = new Map<ObjectId, StoredObject>();
  readonly #blobRows = new Map<ObjectId, Blob>();
  readonly #outOfBand: ObjectId[] = [];
  readonly #unreferenced: ObjectId[] = [];
  readonly #copies: (readonly [string, ObjectId])[] = [];
  readonly #uploads: QueuedVersion<number>[] = [];
  readonly #trash: QueuedVersion<number>[] = [];
  readonly #reviewed: QueuedVersion<number>[] = [];
  readonly #released: QueuedVersion<number>[] = [];
  readonly #reviewList: VersionId[] = [];
  readonly #expiring: QueuedVersion<string>[] = [];
  readonly #inheriting: QueuedVersion<string>[] = [];
  readonly #owners = new Owners();
  readonly #lists = new Lists();
  readonly #runIds: RunId[] = [];
  readonly #collections: ArtifactCollection[] = [];
  readonly #names: (readonly [CollectionId, CollectionId])[] = [];
  readonly #scopes: ScopeId[] = [];
  readonly #versions = new VersionReader(this.#collections, this.#runIds);
  readonly #takers: Readonly<Record<Section, (row: unknown) => void>> = {
    store: (row) => this.#begin(row),
    runs: (row) => this.#run(row),
    collections: (row) => this.#collection(row),
    names: (row) => this.#name(row),
    versions: (row) => this.#version(row),
    clientIds: (row) => this.#clientId(row),
    outputs: (row) => this.#output(row),
    links: (row) => this.#link(row),
    scopes: (row) => this.#scope(row),
    objects: (row) => this.#object(row),
    outOfBand: (row) => this.#outOfBand.push(this.#objectId(LISTED_OBJECT.parse(row))),
    unreferenced: (row) => this.#unreferenced.push(this.#objectId(LISTED_OBJECT.parse(row))),
    uploads: (row) => this.#queue(this.#uploads, row),
    trash: (row) => this.#queue(this.#trash, row),
    reviewed: (row) => this.#queue(this.#reviewed, row),
    released: (row) => this.#queue(this.#released, row),
    reviewList: (row) => this.#reviewList.push(this.#versionId(LISTED_VERSION.parse(row))),
    expiring: (row) => this.#queueExpiry(this.#expiring, row),
    inheriting: (row) => this.#queueExpiry(this.#inheriting, row),
    end: () => {
      throw new UnreadableSnapshot('nonsense', 'there is more after the end');
    },
  };

  /** Adds a row of a section. */
  take(section: Section, row: unknown): void {
    this.#takers[section](row);
  }

  /** The store, after the last row. */
  finish(counts: SnapshotCounts): Store {
    const collections = tableOf(
      this.#collections.map(({ id, ...collection }): readonly [CollectionId, ArtifactCollection] => [
        id,
        { ...collection, id, ...this.#lists.of(id) },
      ]),
    );
    const isWhole =
      collections.size === counts.collections &&
      this.#versionRows.size === counts.versions &&
      this.#objectRows.size === counts.objects;
    if (!isWhole) {
      throw new UnreadableSnapshot('nonsense', 'this snapshot has fewer or more rows than its header says');
    }
    this.#mustKnowTargets();
    const { bucket, garbageCollection } = this.#beginning;
    return Object.freeze({
      ...this.#beginning,
      ...this.#owners.tables(),
      collections,
      names: sortedTableOf(this.#names),
      versions: tableOf(this.#versionRows),
      clientIds: tableOf(this.#clientIdRows),
      links: tableOf(this.#linkRows),
      objects: tableOf(this.#objectRows),
      referrers: tableOf(recountedReferrers(this.#versionRows.values())),
      bucket: Object.freeze({
        ...bucket,
        blobs: tableOf(this.#blobRows),
        copies: sortedTableOf(this.#copies),
      }),
      outOfBand: sortedKeysOf(this.#outOfBand),
      expiring: sortedTableOf(this.#expiring),
      inheriting: sortedTableOf(this.#inheriting),
      uploads: sortedTableOf(this.#uploads),
      trash: sortedTableOf(this.#trash),
      garbageCollection: Object.freeze({
        ...garbageCollection,
        reviewed: sortedTableOf(this.#reviewed),
        released: sortedTableOf(this.#released),
        unreferenced: sortedKeysOf(this.#unreferenced),
        reviewList: sortedKeysOf(this.#reviewList),
      }),
    });
  }

  // A reference is stored with its version, which can come before what it refers to.
  #mustKnowTargets(): void {
    for (const { manifest } of this.#versionRows.values()) {
      for (const target of artifactReferences(manifest).keys()) {
        if (!this.#versionRows.has(target)) {
          throw new UnreadableSnapshot('nonsense', `there is no version ${target}`);
        }
      }
    }
  }

  #begin(row: unknown): void {
    const { settings, team, registries, membersMaySetTtl, ttlDefaultSeconds, ...read } = STORE_ROW.parse(row);
    const people = {
      team: membersOf(team),
      registries: sortedTableOf(
        registries.map(([id, members]) => [id as ProjectId, membersOf(members)] as const),
      ),
      membersMaySetTtl,
      ttlDefaultSeconds,
    };
    const { bucketFaults, crashAfterSteps, nextCopyNumber, storedBytes, billedBytes, ...fields } = read;
    const { bucket, garbageCollection, ...empty } = emptyStore(settings, people, bucketFaults);
    this.#beginning = {
      ...empty,
      ...fields,
      bucket: { ...bucket, nextCopyNumber, storedBytes, billedBytes },
      garbageCollection: { ...garbageCollection, crashAfterSteps },
    };
  }

  #run(row: unknown): void {
    const { name: parts, ended, exists, owner, startedAt, files = [], ...given } = RUN_ROW.parse(row);
    const [entity, project, run] = parts;
    const name = { entity, project, run };
    const id = runIdOf(name);
    const state: RunState = ended === undefined ? RUNNING : { kind: ended[0], endedAt: ended[1] };
    this.#runIds.push(id);
    this.#owners.addRun({
      ...{ id, name, exists, owner, state, startedAt },
      ...{ ...defaultFacts(name), ...present(given) },
      files: files.map(([path, digest, sizeBytes, extra]) => {
        return withExtra({ kind: 'file', path, digest: digest as ContentDigest, sizeBytes }, extra);
      }),
    });
  }

  #collection(row: unknown): void {
    const { name: parts, type, aliases, protectedAliases, ...given } = COLLECTION_ROW.parse(row);
    const [entity, project, collectionName] = parts;
    const name = { entity, project, collection: collectionName };
    const { id = collectionIdOf(name), description = null, tags = [], ...fields } = given;
    const collection: ArtifactCollection = {
      ...fields,
      id,
      name,
      facts: collectionFacts(description, tags),
      artifactType: type,
      ...NOTHING_LISTED,
      aliases: tableOf(aliases.map(([alias, index]) => [alias as Alias, { index }] as const)),
      protectedAliases: sortedKeysOf(protectedAliases.map((alias) => alias as Alias)),
    };
    this.#collections.push(collection);
    this.#owners.addCollection(collection);
  }

  #name(row: unknown): void {
    const [key, collection] = NAME_ROW.parse(row);
    this.#names.push([key, known(this.#collections, collection).id]);
  }

  #version(row: unknown): void {
    const version = this.#versions.read(VERSION_ROW.parse(row));
    if (version === null) return;
    this.#owners.addVersion(version);
    this.#lists.addVersion(version);
    this.#versionRows.set(version.id, version);
  }

  #clientId(row: unknown): void {
    const [key, collection, serial, announced] = CLIENT_ID_ROW.parse(row);
    const versionId = this.#versionId([collection, serial]);
    this.#clientIdRows.set(key as ClientIdKey, { versionId, announced });
  }

  #output(row: unknown): void {
    const [run, ...place] = OUTPUT_ROW.parse(row);
    this.#owners.addOutput(known(this.#runIds, run), this.#versionId(place));
  }

  #link(row: unknown): void {
    const [portfolio, index, ofCollection, serial, aliases, linkedAt] = LINK_ROW.parse(row);
    const portfolioId = known(this.#collections, portfolio).id;
    const id = linkIdOf(portfolioId, index);
    const versionId = this.#versionId([ofCollection, serial]);
    this.#lists.addLink(portfolioId, index, versionId);
    this.#linkRows.set(id, {
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
      const [scope, content, holders, since, versioned = false] = ORDINARY_OBJECT_ROW.parse(row);
      this.#put([scope, content], holders, { current: true, versioned, since, copies: [] });
      return;
    }
    const { object, holders, bucket } = OBJECT_ROW.parse(row);
    const copies = bucket?.copies.map(([kind, number, since, until, versioned]) => ({
      kind,
      number,
      since,
      until,
      versioned,
    }));
    this.#put(object, holders, bucket === null ? null : { ...bucket, copies: copies ?? [] });
  }

  #put(
    [scope, content]: readonly [number, number],
    holders: number | null,
    inBucket: Omit<Blob, 'key' | 'sizeBytes'> | null,
  ): void {
    const { digest, sizeBytes } = this.#versions.manifests.content(content);
    const id = objectIdOf(known(this.#scopes, scope), digest);
    if (holders !== null) this.#objectRows.set(id, { id, digest, sizeBytes, holders });
    if (inBucket === null) return;
    this.#blobRows.set(id, { key: id, sizeBytes, ...inBucket });
    for (const copy of inBucket.copies) this.#copies.push([placeOf(copy), id]);
  }

  #queue(queue: QueuedVersion<number>[], row: unknown): void {
    const [number, ...place] = NUMBERED_VERSION.parse(row);
    queue.push([number, this.#versionId(place)]);
  }

  #queueExpiry(queue: QueuedVersion<string>[], row: unknown): void {
    const [before, ...place] = QUEUED_VERSION.parse(row);
    const versionId = this.#versionId(place);
    queue.push([`${before}${versionId}`, versionId]);
  }

  // Uses the string of the table rather than an equal one, to save memory.
  #versionId([collection, serial]: readonly [number, number]): VersionId {
    const id = versionIdOf(known(this.#collections, collection).id, serial);
    const version = this.#versionRows.get(id);
    if (version === undefined) throw new UnreadableSnapshot('nonsense', `there is no version ${id}`);
    return version.id;
  }

  #objectId([scope, content]: readonly [number, number]): ObjectId {
    const { digest } = this.#versions.manifests.content(content);
    const id = objectIdOf(known(this.#scopes, scope), digest);
    return this.#objectRows.get(id)?.id ?? id;
  }
}

function membersOf(members: readonly (readonly [string, 'viewer' | 'member' | 'admin'])[]): Members {
  return sortedTableOf(members);
}
