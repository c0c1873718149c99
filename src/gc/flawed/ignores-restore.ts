import { accepted } from '../../lifecycle/decision.ts';
import { versionById } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import { objectsOf } from '../../store/stored-object.ts';
import type { VersionId } from '../../values/names.ts';
import type { Collector } from '../collector.ts';
import { REFERENCE_COUNTING } from '../reference-counting.ts';

/**
 * Goes by the list that it made at its review, so that it takes the files of a version that was restored since
 * (breaks DEL-15).
 */
export const IGNORES_RESTORE: Collector = {
  ...REFERENCE_COUNTING,
  nextStep: (store) => {
    const [restored] = restoredSinceReview(store);
    return restored === undefined
      ? REFERENCE_COUNTING.nextStep(store)
      : { type: 'releaseHolds', versionId: restored };
  },
  due: (store) => (restoredSinceReview(store).length > 0 ? store.now : REFERENCE_COUNTING.due(store)),
  release: (command, store) => {
    if (!restoredSinceReview(store).includes(command.versionId))
      return REFERENCE_COUNTING.release(command, store);
    const { id: versionId, scope, manifest } = versionById(store, command.versionId);
    const objects = objectsOf(scope, manifest).map(([objectId]) => objectId);
    const holders = (objectId: (typeof objects)[number]) => store.objects.get(objectId)?.holders ?? 0;
    return accepted([
      {
        type: 'holdsReleased',
        versionId,
        stillHeld: objects.filter((objectId) => holders(objectId) > 1),
        unheld: objects.filter((objectId) => holders(objectId) <= 1),
      },
    ]);
  },
};

function restoredSinceReview(store: Store): readonly VersionId[] {
  return Array.from(store.garbageCollection.noted.keys()).filter(
    (versionId) => versionById(store, versionId).state.kind === 'COMMITTED',
  );
}
