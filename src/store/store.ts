import { type Bucket, type BucketDraft, emptyBucket } from '../bucket/bucket.ts';
import type { BucketFault } from '../bucket/faults.ts';
import type { UnixTime } from '../values/dates.ts';
import { frozen } from '../values/frozen.ts';
import type {
  ClientIdKey,
  CollectionId,
  LinkId,
  ObjectId,
  ProjectId,
  RunId,
  VersionId,
} from '../values/names.ts';
import { emptySortedTable, type SortedTable } from '../values/sorted-table.ts';
import { emptyTable, type Table } from '../values/table.ts';
import { type Bytes, DAY_ZERO, type Instant, NO_BYTES } from '../values/units.ts';
import type { ArtifactCollection } from './artifact-collection.ts';
import type { Link } from './link.ts';
import { NOBODY, type People } from './people.ts';
import type { Project } from './project.ts';
import type { Run } from './run.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import type { StoredObject } from './stored-object.ts';
import type { ClientUpload, Version } from './version.ts';

/** What garbage collection has started and not finished. It survives a crash, and the next run continues from it (GC-8). */
export interface GarbageCollection {
  /** Reviewed versions that still hold their objects, by trash number. */
  readonly reviewed: SortedTable<number, VersionId>;
  /** Versions that have released their holds and are not DELETED yet, by trash number. */
  readonly released: SortedTable<number, VersionId>;
  /** Objects without holders; each is checked again before it is deleted. */
  readonly unreferenced: SortedTable<ObjectId, true>;
  /** The versions of the last review, for flawed collectors that rely on their list. Correct ones ignore it. */
  readonly reviewList: SortedTable<VersionId, true>;
  /** The steps after which the next run crashes; null if no crash is planned. */
  readonly crashAfterSteps: number | null;
}

/** The versions that refer to one version: PENDING or COMMITTED ones (DEL-18). */
export type Referrers = SortedTable<VersionId, true>;

/** The whole state of the simulated service. Only `evolve` makes a new one. */
export interface Store {
  readonly now: Instant;
  /** The real time of `DAY_ZERO`, for text; null if the story does not say. No rule reads it. */
  readonly begins: UnixTime | null;
  readonly settings: Settings;
  readonly people: People;
  readonly collections: Table<CollectionId, ArtifactCollection>;
  /** The ids of the artifact collections that have another id than their name says (`collectionNamed`). */
  readonly names: SortedTable<CollectionId, CollectionId>;
  readonly versions: Table<VersionId, Version>;
  /** The upload that each client id names; a tombstone keeps its ids until they move (LOG-11). */
  readonly clientIds: Table<ClientIdKey, ClientUpload>;
  readonly links: Table<LinkId, Link>;
  readonly projects: Table<ProjectId, Project>;
  readonly runs: Table<RunId, Run>;
  readonly objects: Table<ObjectId, StoredObject>;
  /** The versions that refer to a version, so that its deletion does not search for them (DEL-18). */
  readonly referrers: Table<VersionId, Referrers>;
  readonly bucket: Bucket;
  /** The faults of the next calls to the bucket, in order. */
  readonly bucketFaults: readonly BucketFault[];
  /** Objects on which store and bucket disagree after an out-of-band change (BKT-6). */
  readonly outOfBand: SortedTable<ObjectId, true>;
  /** COMMITTED versions with their own TTL, by expiry (TTL-2). */
  readonly expiring: SortedTable<string, VersionId>;
  /** COMMITTED versions that inherit their TTL, by creation (TTL-3). */
  readonly inheriting: SortedTable<string, VersionId>;
  /** PENDING versions in the order in which they started, which is the order in which they are abandoned (LOG-8). */
  readonly uploads: SortedTable<number, VersionId>;
  readonly nextUploadNumber: number;
  /** Soft-deleted versions that wait for their review, in order of deletion. */
  readonly trash: SortedTable<number, VersionId>;
  readonly nextTrashNumber: number;
  readonly garbageCollection: GarbageCollection;
  /** The sum of the COMMITTED versions' files in bytes, without references (BKT-7). */
  readonly logicalBytes: Bytes;
  /** The sum of all versions ever started, in bytes; no other sum can exceed it. */
  readonly everBegunBytes: Bytes;
}

/**
 * The draft of a store that `evolve` changes. The root and its small records are changed field by field; tables are
 * values and are replaced. Functions that read a store also read a draft, at about 0.1 µs for each access.
 */
export type StoreDraft = Writable<Omit<Store, 'bucket' | 'garbageCollection' | 'people'>> & {
  bucket: BucketDraft;
  garbageCollection: Writable<GarbageCollection>;
  people: Writable<People>;
};

/** What each event changes, by its type. Evolvers never refuse and never draft a row of a table. */
export type Evolvers<Event extends { readonly type: string }> = {
  readonly [Type in Event['type']]: (
    store: StoreDraft,
    event: Extract<Event, { readonly type: Type }>,
  ) => void;
};

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** An empty store. */
export function emptyStore(
  settings: Settings = DEFAULT_SETTINGS,
  people: People = NOBODY,
  bucketFaults: readonly BucketFault[] = [],
  begins: UnixTime | null = null,
): Store {
  return Object.freeze({
    now: DAY_ZERO,
    begins,
    settings: frozen({ ...settings }),
    people: frozen({ ...people }),
    collections: emptyTable<CollectionId, ArtifactCollection>(),
    names: emptySortedTable<CollectionId, CollectionId>(),
    versions: emptyTable<VersionId, Version>(),
    clientIds: emptyTable<ClientIdKey, ClientUpload>(),
    links: emptyTable<LinkId, Link>(),
    projects: emptyTable<ProjectId, Project>(),
    runs: emptyTable<RunId, Run>(),
    objects: emptyTable<ObjectId, StoredObject>(),
    referrers: emptyTable<VersionId, Referrers>(),
    bucket: Object.freeze(emptyBucket()),
    bucketFaults: frozen([...bucketFaults]),
    outOfBand: emptySortedTable<ObjectId, true>(),
    expiring: emptySortedTable<string, VersionId>(),
    inheriting: emptySortedTable<string, VersionId>(),
    uploads: emptySortedTable<number, VersionId>(),
    nextUploadNumber: 0,
    trash: emptySortedTable<number, VersionId>(),
    nextTrashNumber: 0,
    garbageCollection: Object.freeze({
      reviewed: emptySortedTable<number, VersionId>(),
      released: emptySortedTable<number, VersionId>(),
      unreferenced: emptySortedTable<ObjectId, true>(),
      reviewList: emptySortedTable<VersionId, true>(),
      crashAfterSteps: null,
    }),
    logicalBytes: NO_BYTES,
    everBegunBytes: NO_BYTES,
  });
}
