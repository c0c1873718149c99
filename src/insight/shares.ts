import { isStored } from '../bucket/bucket.ts';
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

/**
 * The shares of each group of versions, from one walk over all holders. An object is exclusive to a group where all its
 * holders that are `live` are in it; where none is live, where all its holders are. So it is exclusive to one at most.
 */
export function sharesBy<Group extends string>(
  store: Store,
  holders: ReadonlyMap<ObjectId, readonly Version[]>,
  groupOf: (version: Version) => Group,
  live: (version: Version) => boolean = isLive,
): ReadonlyMap<Group, Shares> {
  const shares = new Map<Group, { exclusiveBytes: Bytes; sharedBytes: Bytes }>();
  for (const [objectId, versions] of holders) {
    if (!isStored(store.bucket, objectId)) continue;
    const sizeBytes = store.bucket.blobs.get(objectId)?.sizeBytes ?? NO_BYTES;
    const exclusive = exclusiveGroup(versions, groupOf, live);
    for (const group of groupsOf(versions, groupOf)) {
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

function groupsOf<Group>(
  versions: readonly Version[],
  groupOf: (version: Version) => Group,
): Iterable<Group> {
  return new Set(versions.map(groupOf));
}

function exclusiveGroup<Group>(
  versions: readonly Version[],
  groupOf: (version: Version) => Group,
  live: (version: Version) => boolean,
): Group | undefined {
  let group: Group | undefined;
  const decisive = versions.some(live) ? live : () => true;
  for (const version of versions) {
    if (!decisive(version)) continue;
    const its = groupOf(version);
    if (group !== undefined && group !== its) return undefined;
    group = its;
  }
  return group;
}
