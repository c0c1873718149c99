import type { Store } from '../store/store.ts';
import type { Instant } from '../values/units.ts';
import type { GarbageCollectionStep } from './collector.ts';
import { collectorOf } from './collector-of.ts';
import type { CrashGarbageCollection, ForgetCrash } from './crash.ts';

/** The step that the collector of a store takes next, or null where there is nothing for it to do. */
export function nextStep(store: Store): GarbageCollectionStep | null {
  return collectorOf(store.settings).nextStep(store);
}

/** When garbage collection next finds something to do, or null (GC-1; basis: doc, chosen). */
export function collectionDue(store: Store): Instant | null {
  return collectorOf(store.settings).due(store);
}

/** What a run of garbage collection does next, and whether it is over then. */
export interface RunMove {
  readonly command: GarbageCollectionStep | CrashGarbageCollection | ForgetCrash;
  readonly ends: boolean;
}

/**
 * What a run does that has taken so many steps (GC-8; basis: doc, ours): it crashes where that was planned, and takes its
 * steps to their end. A run that ends in another way than by its crash uses the plan up, whether or not it was long
 * enough for it.
 */
export function nextMove(store: Store, steps: number): RunMove {
  if (store.garbageCollection.crashAfterSteps === steps) {
    return { command: { type: 'crashGarbageCollection', afterSteps: steps }, ends: true };
  }
  const step = nextStep(store);
  return step === null ? LAST_MOVE : { command: step, ends: false };
}

/** How a run ends that does not crash. */
export const LAST_MOVE = { command: { type: 'forgetCrash' }, ends: true } as const satisfies RunMove;

/**
 * Whether a step ends its run, since a call of the bucket failed (GC-8; basis: ours). The next run goes on from there: to
 * try again at once would only keep a bucket busy that is in trouble.
 */
export function isInterruption(caused: readonly { readonly type: string }[]): boolean {
  return caused.at(-1)?.type === 'bucketCallFaulted';
}
