import type { Store } from '../store/store.ts';
import type { Version } from '../store/version.ts';
import type { ObjectId } from '../values/names.ts';
import { type Bytes, NO_BYTES } from '../values/units.ts';

/** What a version, or a group of versions, holds of the stored bytes, each object once. */
export interface Shares {
  /** What goes when this goes: nothing else holds it that is not on its way out already. */
  readonly exclusiveBytes: Bytes;
  /** What others hold, too. */
  readonly sharedBytes: Bytes;
}

/** The share of what holds nothing. */
export const NO_SHARES: Shares = Object.freeze({ exclusiveBytes: NO_BYTES, sharedBytes: NO_BYTES });

/** An object that is stored, with all that hold it (GC-3); nothing may. */
export interface HeldObject {
  readonly objectId: ObjectId;
  readonly sizeBytes: Bytes;
  readonly holders: readonly Version[];
}

/** Every object that is stored, with its holders, in no order that means anything. Walks the bucket. */
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
 * The shares of each group of versions, from one walk over what is stored. An object is exclusive to a group where all
 * its holders that are `live` are in it; where none is live, where all its holders are. So it is exclusive to one at
 * most.
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

/** Whether a version holds its objects until somebody deletes it: it is PENDING or COMMITTED. */
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
