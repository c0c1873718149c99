import { type Bucket, type BucketDraft, emptyBucket } from '../bucket/bucket.ts';
import type { BucketFault } from '../bucket/faults.ts';
import { frozen } from '../values/frozen.ts';
import type { CollectionId, LinkId, ObjectId, ProjectId, RunId, VersionId } from '../values/names.ts';
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
import type { Version } from './version.ts';

/** What garbage collection has begun and not finished; it survives a crash, and the next run goes on from it (GC-8). */
export interface GarbageCollection {
  /** Versions that were reviewed and still hold their objects, by trash number. */
  readonly reviewed: SortedTable<number, VersionId>;
  /** Versions that have released their holds and are not DELETED yet, by trash number. */
  readonly released: SortedTable<number, VersionId>;
  /** Objects whose last hold was released; each is looked at again before it is deleted. */
  readonly unreferenced: SortedTable<ObjectId, true>;
  /**
   * The versions on the list of the last review, for collectors that go by their list (basis: ours); a right one looks
   * at the store as it is, and has no use for it.
   */
  readonly reviewList: SortedTable<VersionId, true>;
  /** After how many of its steps the next run is to crash; null where none was planned. */
  readonly crashAfterSteps: number | null;
}

/** The whole state of the simulated service. Only `evolve` makes a new one. */
export interface Store {
  readonly now: Instant;
  readonly settings: Settings;
  readonly people: People;
  readonly collections: Table<CollectionId, ArtifactCollection>;
  readonly versions: Table<VersionId, Version>;
  readonly links: Table<LinkId, Link>;
  readonly projects: Table<ProjectId, Project>;
  readonly runs: Table<RunId, Run>;
  readonly objects: Table<ObjectId, StoredObject>;
  readonly bucket: Bucket;
  /** What is yet to go wrong with calls to the bucket, in order. */
  readonly bucketFaults: readonly BucketFault[];
  /** Objects of which the store and the bucket say different things, after somebody worked behind the store's back (BKT-6). */
  readonly outOfBand: SortedTable<ObjectId, true>;
  /** COMMITTED versions with a TTL of their own, by when it is over (TTL-2). */
  readonly expiring: SortedTable<string, VersionId>;
  /** COMMITTED versions that inherit their TTL, by their creation (TTL-3). */
  readonly inheriting: SortedTable<string, VersionId>;
  /** Uploads by the order in which they began, which is the order in which they are given up (LOG-8). */
  readonly uploads: SortedTable<number, VersionId>;
  readonly nextUploadNumber: number;
  /** Soft-deleted versions that wait for their review, by trash number, which is the order of deletion. */
  readonly trash: SortedTable<number, VersionId>;
  readonly nextTrashNumber: number;
  readonly garbageCollection: GarbageCollection;
  /** The sum of the COMMITTED versions' files in bytes, references not counted (BKT-7). */
  readonly logicalBytes: Bytes;
  /** The sum of all versions that were ever begun, in bytes; no other figure can exceed it. */
  readonly everBegunBytes: Bytes;
}

/**
 * A store that `evolve` is changing: the store and its small records can be written to, field by field. Its tables stay
 * values, and are replaced. Whatever reads a store can read a draft; each access costs about a tenth of a microsecond.
 */
export type StoreDraft = Writable<Omit<Store, 'bucket' | 'garbageCollection' | 'people'>> & {
  bucket: BucketDraft;
  garbageCollection: Writable<GarbageCollection>;
  people: Writable<People>;
};

/** What each of these events changes, by its type. No evolver refuses, and none drafts a row of a table. */
export type Evolvers<Event extends { readonly type: string }> = {
  readonly [Type in Event['type']]: (
    store: StoreDraft,
    event: Extract<Event, { readonly type: Type }>,
  ) => void;
};

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** A store in which nothing has happened yet. */
export function emptyStore(
  settings: Settings = DEFAULT_SETTINGS,
  people: People = NOBODY,
  bucketFaults: readonly BucketFault[] = [],
): Store {
  return Object.freeze({
    now: DAY_ZERO,
    settings: frozen({ ...settings }),
    people: frozen({ ...people }),
    collections: emptyTable<CollectionId, ArtifactCollection>(),
    versions: emptyTable<VersionId, Version>(),
    links: emptyTable<LinkId, Link>(),
    projects: emptyTable<ProjectId, Project>(),
    runs: emptyTable<RunId, Run>(),
    objects: emptyTable<ObjectId, StoredObject>(),
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
