import { accepted } from '../../lifecycle/decision.ts';
import { objectById } from '../../store/look-up.ts';
import type { Collector } from '../collector.ts';

/** Sweeps what waits for its sweep without a look at who holds it by now. */
export const sweepUnasked: Collector['sweep'] = ({ objectId }, store) => {
  if (!store.garbageCollection.unreferenced.has(objectId)) return accepted([]);
  return accepted([{ type: 'objectSwept', objectId, freedBytes: objectById(store, objectId).sizeBytes }]);
};
