import type { Store } from '../../store/store.ts';
import type { Version } from '../../store/version.ts';
import type { ObjectId } from '../../values/names.ts';
import { type Bytes, NO_BYTES } from '../../values/units.ts';

/** The stored bytes that a version, or a group of versions, holds, each object counted once. */
export interface Shares {
  /** What would be freed with it: objects that no other live version holds. */
  readonly exclusiveBytes: Bytes;
  /** What others hold too. */
  readonly sharedBytes: Bytes;
}

/** The share of a version that holds nothing. */
export const NO_SHARES: Shares = Object.freeze({ exclusiveBytes: NO_BYTES, sharedBytes: NO_BYTES });

/** A stored object and all its holders (GC-3), possibly none. */
export interface HeldObject {
  readonly objectId: ObjectId;
  readonly sizeBytes: Bytes;
  readonly holders: readonly Version[];
}

/** Every stored object with its holders, in no particular order. Walks the bucket. */
export function storedObjects(
  store: Store,
  holders: ReadonlyMap<ObjectId, readonly Version[]>,
): readonly HeldObject[] {
  const objects: HeldObject[] = [];
  for (const { key, current, sizeBytes } of store.bucket.blobs.unorderedRows()) {
    const objectId = key as ObjectId;
    if (current) objects.push({ objectId, sizeBytes, holders: holders.get(objectId) ?? [] });
  }
  return objects;
}

/**
 * The shares of each group of versions, in one walk. An object is exclusive to a group if all its live holders are in it;
 * if it has none, if all its holders are. So it is exclusive to at most one group.
 */
export function sharesBy<Group extends string>(
  objects: readonly HeldObject[],
  groupOf: (version: Version) => Group,
  live: (version: Version) => boolean = isLive,
): ReadonlyMap<Group, Shares> {
  const shares = new Map<Group, { exclusiveBytes: Bytes; sharedBytes: Bytes }>();
  for (const { sizeBytes, holders } of objects) {
    const exclusive = exclusiveGroup(holders, groupOf, live);
    for (const group of groupsOf(holders, groupOf)) {
      const known = shares.get(group) ?? { ...NO_SHARES };
      const kind = group === exclusive ? 'exclusiveBytes' : 'sharedBytes';
      known[kind] = (known[kind] + sizeBytes) as Bytes;
      shares.set(group, known);
    }
  }
  return shares;
}

/** Whether a version holds its objects until somebody deletes it: PENDING and COMMITTED versions do. */
export function isLive({ state }: Version): boolean {
  return state.kind === 'PENDING' || state.kind === 'COMMITTED';
}

function groupsOf<Group>(holders: readonly Version[], groupOf: (version: Version) => Group): Iterable<Group> {
  const groups = holders.map(groupOf);
  return groups.length > 1 ? new Set(groups) : groups;
}

function exclusiveGroup<Group>(
  holders: readonly Version[],
  groupOf: (version: Version) => Group,
  live: (version: Version) => boolean,
): Group | undefined {
  let group: Group | undefined;
  const decisive = holders.some(live) ? live : () => true;
  for (const version of holders) {
    if (!decisive(version)) continue;
    const its = groupOf(version);
    if (group !== undefined && group !== its) return undefined;
    group = its;
  }
  return group;
}
