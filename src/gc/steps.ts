import type { Store } from '../store/store.ts';
import type { Instant } from '../values/units.ts';
import type { GarbageCollectionStep } from './collector.ts';
import { collectorOf } from './collector-of.ts';

/** The next step of a store's collector, or null if there is nothing to do. */
export function nextStep(store: Store): GarbageCollectionStep | null {
  return collectorOf(store.settings).nextStep(store);
}

/** When garbage collection next finds something to do, or null (GC-1). */
export function collectionDue(store: Store): Instant | null {
  return collectorOf(store.settings).due(store);
}
