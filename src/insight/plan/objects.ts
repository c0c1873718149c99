import { versionById } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import { objectsOf } from '../../store/stored-object.ts';
import type { Version } from '../../store/version.ts';
import type { ObjectId, VersionId } from '../../values/names.ts';
import type { Bytes, Instant } from '../../values/units.ts';
import type { Forecast } from '../forecast.ts';
import { type NamedVersion, namedVersion } from '../named-version.ts';

/**
 * What happens to an object of a deleted version: garbage collection frees it; other versions keep it; nothing holds it,
 * but garbage collection does not run; or it is already missing, since it was deleted out of band (BKT-6).
 */
export type ObjectFate = 'freed' | 'kept' | 'never freed' | 'not stored';

/** An object of a deleted version, and what happens to it. */
export interface PlannedObject extends NamedVersion {
  readonly objectId: ObjectId;
  /** Its first path, in the first deleted version that lists it. */
  readonly path: string;
  readonly sizeBytes: Bytes;
  readonly fate: ObjectFate;
  /** The scheduled run that frees it; null for never. */
  readonly freedAt: Instant | null;
  /** When nothing of it is billed anymore; null if never, or too far away to count. */
  readonly billedUntil: Instant | null;
  /** Its other holders: those that keep it forever if there are any, otherwise those that will release it. */
  readonly otherHolders: OtherHolders;
}

/** Versions, which may be too many to name. */
export interface OtherHolders {
  readonly count: number;
  /** The first of them, by name. */
  readonly first: readonly NamedVersion[];
}

const MOST_NAMED = 10;

/** What happens to each object of the deleted versions, in their order. `after` is the store after the deletion. */
export function plannedObjects(
  after: Store,
  forecast: Forecast,
  deleted: readonly VersionId[],
  holders: ReadonlyMap<ObjectId, readonly Version[]>,
): readonly PlannedObject[] {
  const among = new Set(deleted);
  const planned = new Map<ObjectId, PlannedObject>();
  for (const versionId of among) {
    const { scope, manifest } = versionById(after, versionId);
    for (const [objectId, { path, sizeBytes }] of objectsOf(scope, manifest)) {
      if (planned.has(objectId)) continue;
      const fate = fateOf(after, forecast, {
        objectId,
        holders: holders.get(objectId) ?? [],
        deleted: among,
      });
      planned.set(objectId, { objectId, ...namedVersion(after, versionId), path, sizeBytes, ...fate });
    }
  }
  return [...planned.values()];
}

function fateOf(
  after: Store,
  forecast: Forecast,
  {
    objectId,
    holders,
    deleted,
  }: {
    readonly objectId: ObjectId;
    readonly holders: readonly Version[];
    readonly deleted: ReadonlySet<VersionId>;
  },
): Pick<PlannedObject, 'fate' | 'freedAt' | 'billedUntil' | 'otherHolders'> {
  const others = holders.filter(({ id }) => !deleted.has(id));
  const blob = after.bucket.blobs.get(objectId);
  const unfreed = { freedAt: null, billedUntil: null };
  if (blob?.current !== true) {
    return { fate: 'not stored', ...unfreed, otherHolders: named(after, others) };
  }
  const keepers = others.filter((holder) => forecast.holdsUntil(holder) === null);
  if (keepers.length > 0) return { fate: 'kept', ...unfreed, otherHolders: named(after, keepers) };
  const freed = forecast.freedAt(objectId, holders);
  if (freed === null) return { fate: 'never freed', ...unfreed, otherHolders: named(after, others) };
  const ends = forecast.billingEnds(blob, freed);
  return {
    fate: 'freed',
    freedAt: freed,
    billedUntil: ends.reduce<Instant | null>(
      (last, end) => (last === null || end === null ? null : (Math.max(last, end) as Instant)),
      freed,
    ),
    otherHolders: named(after, others),
  };
}

function named(store: Store, versions: readonly Version[]): OtherHolders {
  const first = versions.slice(0, MOST_NAMED).map(({ id }) => namedVersion(store, id));
  return { count: versions.length, first };
}
