import type { Refused } from '../lifecycle/decision.ts';
import { isCorrect } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import { assert } from '../values/result.ts';
import type { GarbageCollectionStep } from './collector.ts';
import type { CrashGarbageCollection, ForgetCrash } from './crash.ts';
import { refusedByRequirements } from './requirements.ts';
import { nextStep } from './steps.ts';

/** A command of a garbage collection run: one of its steps, or how it ends. */
export type RunCommand = GarbageCollectionStep | CrashGarbageCollection | ForgetCrash;

/** What the driver of a run passes back: the events that the command caused. */
type Caused = readonly { readonly type: string }[];

/**
 * A garbage collection run (GC-8), one command at a time: its steps, then its planned crash or the end of the plan. The
 * driver applies each command before it asks for the next one; other commands may come in between (GC-9). The run ends
 * when nothing is left to do, at its crash, or when a call to the bucket fails: retrying at once would only keep a
 * failing bucket busy. Returns the refusal if a requirement is missing (GC-6).
 */
export function* garbageCollectionRun(
  store: () => Store,
  stepsUntilCrash: number = plannedSteps(store()),
): Generator<RunCommand, Refused | undefined, Caused> {
  let refused: Refused | undefined;
  for (let left = stepsUntilCrash; ; left -= 1) {
    if (left === 0) {
      yield { type: 'crashGarbageCollection', afterSteps: store().garbageCollection.crashAfterSteps };
      return undefined;
    }
    const { settings } = store();
    refused = refusedByRequirements(settings);
    const step = refused === undefined ? nextStep(store()) : null;
    if (step === null) break;
    const caused = yield step;
    assert(
      caused.length > 0 || !isCorrect(settings.collector),
      `garbage collection makes progress at ${step.type}`,
    );
    if (caused.length === 0 || isInterruption(caused)) break;
  }
  // A run that ends otherwise uses its planned crash up, whether or not it was long enough for it.
  if (Number.isFinite(stepsUntilCrash)) yield { type: 'forgetCrash' };
  return refused;
}

/** The steps until the planned crash of a run that starts now; Infinity if none is planned or the run is refused. */
export function plannedSteps({ settings, garbageCollection }: Store): number {
  if (refusedByRequirements(settings) !== undefined) return Number.POSITIVE_INFINITY;
  return garbageCollection.crashAfterSteps ?? Number.POSITIVE_INFINITY;
}

/** Whether a step ended its run because a call of the bucket failed (GC-8). */
export function isInterruption(caused: Caused): boolean {
  return caused.at(-1)?.type === 'bucketCallFaulted';
}
