import { projectIdOf } from '../store/project.ts';
import type { Store } from '../store/store.ts';
import { objectsOf } from '../store/stored-object.ts';
import { holdsObjects, type Version } from '../store/version.ts';
import type { CollectionId, ObjectId, ProjectId, VersionId } from '../values/names.ts';
import { byCodePoint } from '../values/order.ts';
import type { Bytes } from '../values/units.ts';
import type { Figures } from './figures.ts';
import { isLive, NO_SHARES, type Shares, sharesBy } from './shares.ts';

/**
 * What a project, an artifact collection or a version uses. Stored and billed count each object once, at the version
 * that has had it longest: of those that hold it, live ones first, or, for what nothing holds, of those that list it.
 */
export interface UsageRow<Id extends string> extends Figures, Shares {
  readonly id: Id;
  /** How many committed versions it has. */
  readonly committedVersions: number;
}

/** Who uses how much: what costs most first, and where it costs the same in the order of the names. */
export interface UsageRows {
  readonly projects: readonly UsageRow<ProjectId>[];
  readonly collections: readonly UsageRow<CollectionId>[];
  /** Every version but those of which nothing is left to count. */
  readonly versions: readonly UsageRow<VersionId>[];
}

/** What each project, artifact collection and version uses, of all versions by name and the holders of all objects. */
export function usageRows(
  store: Store,
  versions: readonly Version[],
  holders: ReadonlyMap<ObjectId, readonly Version[]>,
): UsageRows {
  const inBucket = bytesInBucket(store, versions, holders);
  const projectIds = projectIdsOf(store);
  const rowsBy = <Id extends string>(groupOf: (version: Version) => Id): readonly UsageRow<Id>[] => {
    const shares = sharesBy(store, holders, groupOf);
    const rows = new Map<Id, UsageRow<Id>>();
    for (const version of versions) {
      const id = groupOf(version);
      const known = rows.get(id) ?? { id, ...NOTHING_USED, ...(shares.get(id) ?? NO_SHARES) };
      const { storedBytes, billedBytes } = inBucket.get(version.id) ?? NOTHING_USED;
      const committed = version.state.kind === 'COMMITTED';
      rows.set(id, {
        ...known,
        committedVersions: known.committedVersions + (committed ? 1 : 0),
        logicalBytes: (known.logicalBytes + (committed ? version.manifest.sizeBytes : 0)) as Bytes,
        storedBytes: (known.storedBytes + storedBytes) as Bytes,
        billedBytes: (known.billedBytes + billedBytes) as Bytes,
      });
    }
    return [...rows.values()];
  };
  const projects = rowsBy(({ collectionId }) => projectIds.get(collectionId) ?? ('' as ProjectId));
  const left = ({ id, billedBytes }: UsageRow<VersionId>) =>
    billedBytes > 0 || store.versions.get(id)?.state.kind !== 'DELETED';
  return {
    projects: largestFirst(inOrderOfNames(store, projects)),
    collections: largestFirst(rowsBy(({ collectionId }) => collectionId)),
    versions: largestFirst(rowsBy(({ id }) => id).filter(left)),
  };
}

// The rows came in the order of their names, which stays where two are equal.
function largestFirst<Id extends string>(rows: readonly UsageRow<Id>[]): readonly UsageRow<Id>[] {
  return [...rows].sort((left, right) => right.billedBytes - left.billedBytes);
}

// A sequence's name stands behind a slash, which some characters of a project's name come before.
function inOrderOfNames(
  { projects }: Store,
  rows: readonly UsageRow<ProjectId>[],
): readonly UsageRow<ProjectId>[] {
  const nameOf = ({ id }: UsageRow<ProjectId>) => {
    const name = projects.get(id)?.name;
    return name === undefined ? '' : `${name.entity}/${name.project}`;
  };
  return [...rows].sort((left, right) => byCodePoint(nameOf(left), nameOf(right)));
}

const NOTHING_USED = {
  logicalBytes: 0 as Bytes,
  storedBytes: 0 as Bytes,
  billedBytes: 0 as Bytes,
  committedVersions: 0,
};

type BucketBytes = Pick<Figures, 'storedBytes' | 'billedBytes'>;

function bytesInBucket(
  store: Store,
  versions: readonly Version[],
  holders: ReadonlyMap<ObjectId, readonly Version[]>,
): ReadonlyMap<VersionId, BucketBytes> {
  const used = new Map<VersionId, BucketBytes>();
  const once = longestListing(versions);
  for (const blob of store.bucket.blobs.unorderedRows()) {
    const stored = blob.current ? 1 : 0;
    if (stored + blob.copies.length === 0) continue;
    const objectId = blob.key as ObjectId;
    const accountable = longestHolding(holders.get(objectId) ?? []) ?? once().get(objectId);
    if (accountable === undefined) continue;
    const { storedBytes, billedBytes } = used.get(accountable.id) ?? NOTHING_USED;
    used.set(accountable.id, {
      storedBytes: (storedBytes + stored * blob.sizeBytes) as Bytes,
      billedBytes: (billedBytes + (stored + blob.copies.length) * blob.sizeBytes) as Bytes,
    });
  }
  return used;
}

function longestHolding(holders: readonly Version[]): Version | undefined {
  const live = holders.filter(isLive);
  return (live.length > 0 ? live : holders).reduce<Version | undefined>(older, undefined);
}

// Of what nothing holds any more, from one walk over what holds nothing, and only where there is such an object.
function longestListing(versions: readonly Version[]): () => ReadonlyMap<ObjectId, Version> {
  let listing: Map<ObjectId, Version> | null = null;
  return () => {
    if (listing !== null) return listing;
    listing = new Map();
    for (const version of versions) {
      if (holdsObjects(version)) continue;
      for (const [objectId] of objectsOf(version.scope, version.manifest)) {
        listing.set(objectId, older(listing.get(objectId), version));
      }
    }
    return listing;
  };
}

// Of two of one age the first one by name, since they come in that order.
function older(left: Version | undefined, right: Version): Version {
  return left !== undefined && left.createdAt <= right.createdAt ? left : right;
}

function projectIdsOf(store: Store): ReadonlyMap<CollectionId, ProjectId> {
  const ids = new Map<CollectionId, ProjectId>();
  for (const { id, name } of store.collections.unorderedRows()) ids.set(id, projectIdOf(name));
  return ids;
}
