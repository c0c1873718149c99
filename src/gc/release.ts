import { accepted, type Decision } from '../lifecycle/decision.ts';
import { objectById, versionById } from '../store/look-up.ts';
import { distinctFiles } from '../store/manifest.ts';
import { isRight } from '../store/settings.ts';
import type { Evolvers, Store } from '../store/store.ts';
import { heldBy, objectIdOf } from '../store/stored-object.ts';
import { atStage, inState, type Version } from '../store/version.ts';
import type { ObjectId, VersionId } from '../values/names.ts';
import { assert } from '../values/result.ts';
import { retainedUntil } from './review.ts';

/** Second step of garbage collection, once for each reviewed version: it drops its hold on every object. */
export interface ReleaseHolds {
  readonly type: 'releaseHolds';
  readonly versionId: VersionId;
}

/** A version holds nothing any more, and can no longer be restored. */
export interface HoldsReleased {
  readonly type: 'holdsReleased';
  readonly versionId: VersionId;
  /** The objects that some other version holds still. */
  readonly stillHeld: readonly ObjectId[];
  /** The objects that nothing holds now; they are stored until they are swept. */
  readonly unreferenced: readonly ObjectId[];
}

/**
 * Decides the release of one version's holds (GC-2; basis: doc). What was released before, or is no longer
 * reviewed, changes nothing, so that the step may be repeated (GC-8; basis: ours); and so does what is retained again,
 * since the retention became longer after the review (DEL-15; basis: doc, chosen).
 */
export function decideRelease(command: ReleaseHolds, store: Store): Decision<HoldsReleased> {
  const version = versionById(store, command.versionId);
  if (!isReviewed(version) || retainedUntil(store, version.id) > store.now) return accepted([]);
  return accepted([releaseOf(version, (objectId) => objectById(store, objectId).holders > 1)]);
}

/** Whether a version was reviewed, and holds its objects still. */
export function isReviewed({ state }: Version): boolean {
  return state.kind === 'PENDING_DELETION' && state.stage === 'reviewed';
}

/** The release of a version's holds, where some other version holds an object of which `isHeld` says so. */
export function releaseOf(
  { id: versionId, scope, manifest }: Version,
  isHeld: (objectId: ObjectId) => boolean,
): HoldsReleased {
  const stillHeld: ObjectId[] = [];
  const unreferenced: ObjectId[] = [];
  for (const { digest } of distinctFiles(manifest)) {
    const objectId = objectIdOf(scope, digest);
    (isHeld(objectId) ? stillHeld : unreferenced).push(objectId);
  }
  return { type: 'holdsReleased', versionId, stillHeld, unreferenced };
}

/** What a release changes. */
export const EVOLVE_RELEASE: Evolvers<HoldsReleased> = {
  holdsReleased: (store, { versionId, stillHeld, unreferenced }) => {
    const { garbageCollection, versions } = store;
    const isOurs = !isRight(store.settings.collector);
    const objects = store.objects.putAll(
      [...stillHeld, ...unreferenced].map((objectId) => [objectId, -1] as const),
      (object, more, objectId) => {
        const isCounted = object !== undefined && object.holders > 0;
        // A count below the truth would free what somebody holds: better to stop than to go on sweeping.
        assert(isCounted || isOurs, `the holders of ${objectId} are not fewer than none`);
        return isCounted ? heldBy(object, more) : object;
      },
    );
    store.objects = objects;
    garbageCollection.unreferenced = garbageCollection.unreferenced.insertAll(
      unreferenced.filter((objectId) => objects.has(objectId)).map((objectId) => [objectId, true] as const),
    );
    garbageCollection.reviewList = garbageCollection.reviewList.remove(versionId);
    const { state } = versionById({ versions }, versionId);
    // Only a collector that is wrong on purpose releases what a live version holds.
    const isOnItsWay = state.kind === 'PENDING_DELETION';
    assert(isOnItsWay || isOurs, 'only soft-deleted versions release their holds');
    if (!isOnItsWay) return;
    garbageCollection.reviewed = garbageCollection.reviewed.remove(state.trashNumber);
    garbageCollection.released = garbageCollection.released.insert(state.trashNumber, versionId);
    store.versions = versions.amend(versionId, (version) => inState(version, atStage(state, 'released')));
  },
};
