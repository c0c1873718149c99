import { accepted, type Decision } from '../lifecycle/decision.ts';
import { versionById } from '../store/look-up.ts';
import type { Evolvers, Store } from '../store/store.ts';
import { atStage, inState } from '../store/version.ts';
import type { VersionId } from '../values/names.ts';
import { assert } from '../values/result.ts';
import { sortedKeysOf } from '../values/sorted-table.ts';
import { type Instant, later } from '../values/units.ts';

/** The first step of garbage collection: takes the soft-deleted versions whose retention has passed. */
export interface ReviewVersions {
  readonly type: 'reviewVersions';
}

/** These versions will release their holds; until then they can be restored. */
export interface VersionsReviewed {
  readonly type: 'versionsReviewed';
  readonly versionIds: readonly VersionId[];
  /** True for a flawed collector that acts on this list whatever happens to its versions later. */
  readonly reviewList?: true;
}

/**
 * Decides a review (GC-1). It reads the queue up to the first version whose retention has not passed, so its cost is
 * proportional to what it reviews (GC-10).
 */
export function decideReview(_command: ReviewVersions, store: Store): Decision<VersionsReviewed> {
  const versionIds: VersionId[] = [];
  for (const [, versionId] of store.trash.entries()) {
    if (retainedUntil(store, versionId) > store.now) break;
    versionIds.push(versionId);
  }
  return versionIds.length === 0 ? accepted([]) : accepted([{ type: 'versionsReviewed', versionIds }]);
}

/** Until when a soft-deleted version is guaranteed to keep its files, under the current retention (DEL-15). */
export function retainedUntil(store: Store, versionId: VersionId): Instant {
  const { state } = versionById(store, versionId);
  assert(state.kind === 'PENDING_DELETION', 'only soft-deleted versions wait for garbage collection');
  return later(state.deletedAt, store.settings.retentionSeconds);
}

/** The evolver of this chapter. */
export const EVOLVE_REVIEW: Evolvers<VersionsReviewed> = {
  versionsReviewed: (store, event) => {
    const { garbageCollection } = store;
    garbageCollection.reviewList = sortedKeysOf(event.reviewList === true ? event.versionIds : []);
    const reviewed: (readonly [number, VersionId])[] = [];
    store.versions = store.versions.putAll(
      event.versionIds.map((versionId) => [versionId, null] as const),
      (version, _, versionId) => {
        assert(version?.state.kind === 'PENDING_DELETION', 'only soft-deleted versions are reviewed');
        const { state } = version;
        reviewed.push([state.trashNumber, versionId]);
        return inState(version, atStage(state, 'reviewed'));
      },
    );
    store.trash = store.trash.removeAll(reviewed.map(([trashNumber]) => trashNumber));
    garbageCollection.reviewed = garbageCollection.reviewed.insertAll(reviewed);
  },
};
