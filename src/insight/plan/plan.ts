import { type MissingRequirement, missingRequirements } from '../../gc/requirements.ts';
import { allVersions, holdersOfAll } from '../../store/holders.ts';
import { versionById } from '../../store/look-up.ts';
import { targetOf } from '../../store/references/artifact-address.ts';
import { referencesTo } from '../../store/references/referrers.ts';
import type { Store } from '../../store/store.ts';
import type { Version } from '../../store/version.ts';
import type { UnixTime } from '../../values/dates.ts';
import type { CollectionId, ObjectId, VersionId } from '../../values/names.ts';
import type { Bytes, Instant } from '../../values/units.ts';
import { type Figures, figuresOf } from '../figures.ts';
import { Forecast } from '../forecast.ts';
import { type NamedVersion, namedVersion } from '../named-version.ts';
import { type NamedReference, namedReference } from '../references.ts';
import { isLive, NO_SHARES, type Shares, sharesBy, storedObjects } from '../usage/shares.ts';
import { type DeletionCommand, type Deletions, playDeletions } from './deletions.ts';
import { type LaterFigures, laterFigures } from './later-figures.ts';
import { type PlannedObject, plannedObjects } from './objects.ts';

/** A remaining version, and what it would hold. */
export interface RemainingVersion extends NamedVersion, Shares {
  /** What it holds exclusively before the deletion. */
  readonly exclusiveBytesBefore: Bytes;
}

/** What deletions would do, if nobody did anything else. */
export interface Plan extends Omit<Deletions, 'after'> {
  readonly now: Instant;
  /** The real time of day 0, or null. */
  readonly begins: UnixTime | null;
  /** What happens to each object of the deleted versions, in their order. */
  readonly objects: readonly PlannedObject[];
  /** The references from versions that stay to those that would be deleted (DEL-18; basis: chosen). */
  readonly dangling: readonly NamedReference[];
  /** The references of the deleted versions out of the store, whose content is never deleted (GC-5; basis: doc). */
  readonly references: { readonly count: number; readonly sizeBytes: Bytes };
  /** The remaining versions of the affected artifact collections, or of all. */
  readonly remaining: readonly RemainingVersion[];
  readonly figures: {
    readonly before: Figures;
    readonly after: Figures;
    /** At each instant when an object of the deleted versions is freed, or is no longer billed. */
    readonly later: readonly LaterFigures[];
  };
  /** What garbage collection lacks in order to run (GC-6), if anything. */
  readonly missing: readonly MissingRequirement[];
  /** Whether a crash or bucket faults are planned, which can delay everything to a later run (GC-8). */
  readonly mayBeLate: boolean;
}

/**
 * What deletions would do: what is refused, what is deleted, and for each object when it is freed and no longer billed,
 * or which versions keep it. Walks the store once.
 */
export function plan(
  store: Store,
  commands: readonly DeletionCommand[],
  { all = false }: { readonly all?: boolean } = {},
): Plan {
  return planFor(store, playDeletions(store, commands), all);
}

/** What deletions that were played would do later. */
export function planFor(store: Store, { after, ...deletions }: Deletions, all = false): Plan {
  const deleted = deletions.versions.map(({ versionId }) => versionId);
  const holders = holdersOfAll(after);
  const forecast = new Forecast(after);
  const objects = plannedObjects(after, forecast, deleted, holders);
  const instants = objects.flatMap((object) => [object.freedAt, object.billedUntil]);
  return {
    ...deletions,
    now: store.now,
    begins: store.begins,
    objects,
    dangling: deleted.flatMap((versionId) =>
      Array.from(referencesTo(after, versionId), (reference) => namedReference(after, reference)),
    ),
    references: referencesOf(after, deleted),
    remaining: remainingVersions(after, {
      deleted: new Set(deleted),
      holders,
      concerned: all ? null : concernedCollections(after, deleted, objects),
    }),
    figures: {
      before: figuresOf(store),
      after: figuresOf(after),
      later: laterFigures(
        after,
        forecast,
        holders,
        instants.filter((instant) => instant !== null),
      ),
    },
    missing: missingRequirements(after.settings),
    mayBeLate: after.garbageCollection.crashAfterSteps !== null || after.bucketFaults.length > 0,
  };
}

function referencesOf(store: Store, deleted: readonly VersionId[]): Plan['references'] {
  let [count, sizeBytes] = [0, 0];
  for (const versionId of deleted) {
    for (const entry of versionById(store, versionId).manifest.entries) {
      if (entry.kind !== 'reference' || targetOf(entry.address) !== undefined) continue;
      count += 1;
      sizeBytes += entry.sizeBytes;
    }
  }
  return { count, sizeBytes: sizeBytes as Bytes };
}

// If an entity shares objects, a version of another sequence can keep them (LOG-7).
function concernedCollections(
  store: Store,
  deleted: readonly VersionId[],
  objects: readonly PlannedObject[],
): ReadonlySet<CollectionId> {
  const versionIds = new Set(deleted);
  for (const { otherHolders } of objects) {
    for (const { versionId } of otherHolders.first) versionIds.add(versionId);
  }
  return new Set([...versionIds].map((versionId) => versionById(store, versionId).collectionId));
}

function remainingVersions(
  after: Store,
  {
    deleted,
    holders,
    concerned,
  }: {
    readonly deleted: ReadonlySet<VersionId>;
    readonly holders: ReadonlyMap<ObjectId, readonly Version[]>;
    readonly concerned: ReadonlySet<CollectionId> | null;
  },
): readonly RemainingVersion[] {
  const remaining = allVersions(after).filter(
    (version) => isLive(version) && concerned?.has(version.collectionId) !== false,
  );
  const byId = ({ id }: Version) => id;
  const objects = storedObjects(after, holders);
  const shares = sharesBy(objects, byId);
  const before = sharesBy(objects, byId, (version) => isLive(version) || deleted.has(version.id));
  return remaining.map(({ id }) => ({
    ...namedVersion(after, id),
    ...(shares.get(id) ?? NO_SHARES),
    exclusiveBytesBefore: (before.get(id) ?? NO_SHARES).exclusiveBytes,
  }));
}
