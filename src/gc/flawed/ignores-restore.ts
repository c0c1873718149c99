import { accepted } from '../../lifecycle/decision.ts';
import { versionById } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import type { VersionId } from '../../values/names.ts';
import type { Collector } from '../collector.ts';
import { REFERENCE_COUNTING } from '../reference-counting.ts';
import { isReviewed, releaseOf } from '../release.ts';

/** Relies on the list of its review, so it deletes the files of versions restored since (breaks DEL-15). */
export const IGNORES_RESTORE: Collector = {
  ...REFERENCE_COUNTING,
  nextStep: (store) => {
    const [restored] = restoredSinceReview(store);
    return restored === undefined
      ? REFERENCE_COUNTING.nextStep(store)
      : { type: 'releaseHolds', versionId: restored };
  },
  due: (store) => (restoredSinceReview(store).length > 0 ? store.now : REFERENCE_COUNTING.due(store)),
  review: (command, store) => {
    const decision = REFERENCE_COUNTING.review(command, store);
    return decision.ok
      ? accepted(decision.events.map((event) => ({ ...event, reviewList: true })))
      : decision;
  },
  release: ({ versionId }, store) => {
    const version = versionById(store, versionId);
    if (!isReviewed(version) && !restoredSinceReview(store).includes(versionId)) return accepted([]);
    return accepted([releaseOf(version, (objectId) => (store.objects.get(objectId)?.holders ?? 0) > 1)]);
  },
};

function restoredSinceReview(store: Store): readonly VersionId[] {
  return Array.from(store.garbageCollection.reviewList.keys()).filter(
    (versionId) => versionById(store, versionId).state.kind === 'COMMITTED',
  );
}
