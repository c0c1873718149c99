import { accepted, type Decision } from '../lifecycle/decision.ts';
import { objectById, versionById } from '../store/look-up.ts';
import { distinctFiles } from '../store/manifest.ts';
import { isCorrect } from '../store/settings.ts';
import type { Evolvers, Store } from '../store/store.ts';
import { heldBy, objectIdOf } from '../store/stored-object.ts';
import { atStage, inState, type Version } from '../store/version.ts';
import type { ObjectId, VersionId } from '../values/names.ts';
import { assert } from '../values/result.ts';
import { retainedUntil } from './review.ts';

/** The second step of garbage collection, once for each reviewed version: it drops its hold on every object. */
export interface ReleaseHolds {
  readonly type: 'releaseHolds';
  readonly versionId: VersionId;
}

/** A version released its objects and can no longer be restored. */
export interface HoldsReleased {
  readonly type: 'holdsReleased';
  readonly versionId: VersionId;
  /** The objects that other versions still hold. */
  readonly stillHeld: readonly ObjectId[];
  /** The objects that nothing holds now; they are stored until their sweep. */
  readonly unreferenced: readonly ObjectId[];
}

/**
 * Decides the release of a version's holds (GC-2). Nothing changes if it was already released or is no longer reviewed,
 * so the step may be repeated (GC-8), or if a longer retention applies again since the review (DEL-15).
 */
export function decideRelease(command: ReleaseHolds, store: Store): Decision<HoldsReleased> {
  const version = versionById(store, command.versionId);
  if (!isReviewed(version) || retainedUntil(store, version.id) > store.now) return accepted([]);
  return accepted([releaseOf(version, (objectId) => objectById(store, objectId).holders > 1)]);
}

/** Whether a version was reviewed and still holds its objects. */
export function isReviewed({ state }: Version): boolean {
  return state.kind === 'PENDING_DELETION' && state.stage === 'reviewed';
}

/** The release of a version; `isHeld` tells whether another version holds an object. */
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

/** The evolver of this chapter. */
export const EVOLVE_RELEASE: Evolvers<HoldsReleased> = {
  holdsReleased: (store, { versionId, stillHeld, unreferenced }) => {
    const { garbageCollection, versions } = store;
    const isOurs = !isCorrect(store.settings.collector);
    const objects = store.objects.putAll(
      [...stillHeld, ...unreferenced].map((objectId) => [objectId, -1] as const),
      (object, more, objectId) => {
        const isCounted = object !== undefined && object.holders > 0;
        // A count that is too low would delete held objects: better to stop.
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
    // Only a flawed collector releases what a live version holds.
    const isOnItsWay = state.kind === 'PENDING_DELETION';
    assert(isOnItsWay || isOurs, 'only soft-deleted versions release their holds');
    if (!isOnItsWay) return;
    garbageCollection.reviewed = garbageCollection.reviewed.remove(state.trashNumber);
    garbageCollection.released = garbageCollection.released.insert(state.trashNumber, versionId);
    store.versions = versions.amend(versionId, (version) => inState(version, atStage(state, 'released')));
  },
};
