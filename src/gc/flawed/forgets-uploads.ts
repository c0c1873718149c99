import { accepted } from '../../lifecycle/decision.ts';
import { holdersOf } from '../../store/holders.ts';
import { versionById } from '../../store/look-up.ts';
import type { ObjectId } from '../../values/names.ts';
import type { Collector } from '../collector.ts';
import { REFERENCE_COUNTING } from '../reference-counting.ts';
import { isReviewed, releaseOf } from '../release.ts';
import { sweepUnasked } from './sweep-unasked.ts';

/** Ignores PENDING versions, so it deletes files that an upload shares (breaks LOG-5, GC-3). */
export const FORGETS_UPLOADS: Collector = {
  ...REFERENCE_COUNTING,
  release: ({ versionId }, store) => {
    const version = versionById(store, versionId);
    if (!isReviewed(version)) return accepted([]);
    const isHeld = (objectId: ObjectId) =>
      holdersOf(store, objectId).some(({ id, state }) => id !== versionId && state.kind !== 'PENDING');
    return accepted([releaseOf(version, isHeld)]);
  },
  sweep: (command, store) => {
    const holders = holdersOf(store, command.objectId).filter(({ state }) => state.kind !== 'PENDING').length;
    return holders > 0 ? REFERENCE_COUNTING.sweep(command, store) : sweepUnasked(command, store);
  },
};
