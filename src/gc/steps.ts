import type { Store } from '../store/store.ts';
import type { Instant } from '../values/units.ts';
import type { GarbageCollectionStep } from './collector.ts';
import { collectorOf } from './collector-of.ts';

/** The step that the collector of a store takes next, or null where there is nothing for it to do. */
export function nextStep(store: Store): GarbageCollectionStep | null {
  return collectorOf(store.settings).nextStep(store);
}

/** When garbage collection next finds something to do, or null (GC-1; basis: doc, chosen). */
export function collectionDue(store: Store): Instant | null {
  return collectorOf(store.settings).due(store);
}
