import { accepted } from '../../lifecycle/decision.ts';
import { objectById } from '../../store/look-up.ts';
import type { Collector } from '../collector.ts';

/** Sweeps an object without checking whether something holds it again. */
export const sweepUnasked: Collector['sweep'] = ({ objectId }, store) => {
  if (!store.garbageCollection.unreferenced.has(objectId)) return accepted([]);
  return accepted([{ type: 'objectSwept', objectId, freedBytes: objectById(store, objectId).sizeBytes }]);
};
