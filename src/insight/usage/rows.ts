import { collectionById, nameOfCollection, nameOfVersion, versionById } from '../../store/look-up.ts';
import { projectIdOf } from '../../store/project.ts';
import type { Store } from '../../store/store.ts';
import { aliasesOf, type Version, type VersionStateName } from '../../store/version.ts';
import {
  type Alias,
  type CollectionId,
  type ProjectId,
  shortProjectName,
  type VersionId,
} from '../../values/names.ts';
import { byCodePoint } from '../../values/order.ts';
import { type Bytes, NO_BYTES } from '../../values/units.ts';
import type { Figures } from '../figures.ts';
import { attributedBytes } from './attribution.ts';
import { type HeldObject, NO_SHARES, type Shares, sharesBy } from './shares.ts';

/**
 * What a project, an artifact collection or a version uses. Stored and billed bytes count each object once, for the
 * version that accounts for it (see `accountedBytes`), so that the rows of a table add up to the figures of the store.
 */
export interface UsageRow<Id extends string> extends Figures, Shares {
  readonly id: Id;
  /** The shortest name. */
  readonly name: string;
  /** The number of committed versions. */
  readonly committedVersions: number;
}

/** What an artifact collection uses. */
export interface CollectionUsage extends UsageRow<CollectionId> {
  /** False if it was deleted but some of its versions still use storage. */
  readonly exists: boolean;
}

/** What a version uses. */
export interface VersionUsage extends UsageRow<VersionId> {
  readonly state: VersionStateName;
  readonly aliases: readonly Alias[];
}

/** The rows of each table, by cost and then by name. */
export interface UsageRows {
  readonly projects: readonly UsageRow<ProjectId>[];
  readonly collections: readonly CollectionUsage[];
  /** Every version that still counts for something. */
  readonly versions: readonly VersionUsage[];
}

/** What each project, artifact collection and version uses, given all versions by name and all stored objects. */
export function usageRows(
  store: Store,
  versions: readonly Version[],
  objects: readonly HeldObject[],
): UsageRows {
  const inBucket = attributedBytes(store, versions, objects);
  const projectIds = projectIdsOf(store);
  const rowsBy = <Id extends string>(groupOf: (version: Version) => Id): readonly Row<Id>[] => {
    const shares = sharesBy(objects, groupOf);
    const rows = new Map<Id, Sums & Row<Id>>();
    for (const version of versions) {
      const id = groupOf(version);
      const row = rows.get(id) ?? { id, ...nothing(), ...(shares.get(id) ?? NO_SHARES) };
      rows.set(id, row);
      const used = inBucket.get(version.id);
      add(row, 'storedBytes', used?.storedBytes ?? 0);
      add(row, 'billedBytes', used?.billedBytes ?? 0);
      if (version.state.kind !== 'COMMITTED') continue;
      row.committedVersions += 1;
      add(row, 'logicalBytes', version.manifest.sizeBytes);
    }
    return [...rows.values()];
  };
  const projects = rowsBy(({ collectionId }) => projectIds.get(collectionId) ?? ('' as ProjectId));
  const collections = rowsBy(({ collectionId }) => collectionId).map((row) => ({
    name: nameOfCollection(store, row.id),
    ...row,
    exists: collectionById(store, row.id).exists,
  }));
  const byVersion = rowsBy(({ id }) => id).map((row) => {
    const version = versionById(store, row.id);
    return {
      name: nameOfVersion(store, row.id),
      ...row,
      state: version.state.kind,
      aliases: aliasesOf(version),
    };
  });
  return {
    projects: largestFirst(namedInOrder(store, projects)),
    collections: largestFirst(collections),
    versions: largestFirst(
      byVersion.filter(({ billedBytes, state }) => billedBytes > 0 || state !== 'DELETED'),
    ),
  };
}

type Row<Id extends string> = Omit<UsageRow<Id>, 'name'>;

// The sort is stable, so rows with equal cost stay in the order of their names.
function largestFirst<Row extends Figures>(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((left, right) => right.billedBytes - left.billedBytes);
}

// Compare project and sequence separately: some characters of a project's name sort before the slash.
function namedInOrder({ projects }: Store, rows: readonly Row<ProjectId>[]): readonly UsageRow<ProjectId>[] {
  return rows
    .map((row) => {
      const name = projects.get(row.id)?.name;
      return name === undefined
        ? { name: row.id, ...row, order: '' }
        : { name: shortProjectName(name), ...row, order: `${name.entity}/${name.project}` };
    })
    .sort((left, right) => byCodePoint(left.order, right.order))
    .map(({ order: _order, ...row }) => row);
}

interface Sums {
  committedVersions: number;
  logicalBytes: Bytes;
  storedBytes: Bytes;
  billedBytes: Bytes;
}

function nothing(): Sums {
  return { committedVersions: 0, logicalBytes: NO_BYTES, storedBytes: NO_BYTES, billedBytes: NO_BYTES };
}

function add(sums: Sums, figure: keyof Figures, sizeBytes: number): void {
  sums[figure] = (sums[figure] + sizeBytes) as Bytes;
}

function projectIdsOf(store: Store): ReadonlyMap<CollectionId, ProjectId> {
  const ids = new Map<CollectionId, ProjectId>();
  for (const { id, name } of store.collections.unorderedRows()) ids.set(id, projectIdOf(name));
  return ids;
}
