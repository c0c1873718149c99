import { projectIdOf } from '../store/project.ts';
import type { Store } from '../store/store.ts';
import type { Version } from '../store/version.ts';
import type { CollectionId, ProjectId, VersionId } from '../values/names.ts';
import { byCodePoint } from '../values/order.ts';
import { type Bytes, NO_BYTES } from '../values/units.ts';
import { attributedBytes } from './attribution.ts';
import type { Figures } from './figures.ts';
import { type HeldObject, NO_SHARES, type Shares, sharesBy } from './shares.ts';

/**
 * What a project, an artifact collection or a version uses. Stored and billed count each object once, at the version
 * that accounts for it (see `accountedBytes`), so that the rows of one level add up to the store's figures.
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

/** What each project, artifact collection and version uses, of all versions by name and all that is stored. */
export function usageRows(
  store: Store,
  versions: readonly Version[],
  objects: readonly HeldObject[],
): UsageRows {
  const inBucket = attributedBytes(store, versions, objects);
  const projectIds = projectIdsOf(store);
  const rowsBy = <Id extends string>(groupOf: (version: Version) => Id): readonly UsageRow<Id>[] => {
    const shares = sharesBy(objects, groupOf);
    const rows = new Map<Id, Sums & { readonly id: Id } & Shares>();
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
