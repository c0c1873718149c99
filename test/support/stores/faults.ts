import type { Command } from '../../../src/decider/command.ts';
import { type Action, isCommand } from '../../../src/simulator/action.ts';
import type { Simulator } from '../../../src/simulator/simulator.ts';
import { seconds } from '../../../src/values/units.ts';
import { DAY } from '../arbitraries/parts.ts';

const FAULTS: readonly Command['type'][] = [
  'planBucketFaults',
  'planCrash',
  'crashGarbageCollection',
  'forgetCrash',
  'reviewVersions',
  'releaseHolds',
  'sweepObject',
  'closeVersion',
];

/** Whether a call is one that no user makes: a crash, a bucket in trouble, or an unplanned step of garbage collection. */
export function isFault(call: Action): boolean {
  return isCommand(call) && FAULTS.includes(call.type);
}

/**
 * Faults are over, and garbage collection may run: time passes until the scheduled jobs have finished everything
 * that was ever begun or deleted, and the bucket has dropped all that it kept.
 */
export function settle(simulator: Simulator): void {
  endFaults(simulator);
  simulator.apply({ type: 'changeSettings', changes: { bucket: { lifecycle: [{ noncurrentDays: 30 }] } } });
  // Longer than any TTL, upload, retention and copy of a history lasts, one after another.
  simulator.apply({ type: 'wait', duration: seconds(300 * DAY) });
}

/** Makes everything that was deleted due, takes back the faults that are planned, and enables collection. No job runs. */
export function makeAllDue(simulator: Simulator): void {
  endFaults(simulator);
  simulator.apply({ type: 'moveClock', bySeconds: simulator.store.settings.retentionSeconds });
}

function endFaults(simulator: Simulator): void {
  simulator.apply({ type: 'forgetCrash' });
  simulator.apply({ type: 'planBucketFaults', faults: [] });
  simulator.apply({ type: 'changeSettings', changes: { deployment: 'shared-cloud' } });
}

/** Runs garbage collection, and stops it after so many of its steps. */
export function crashAfter(simulator: Simulator, afterSteps: number): void {
  simulator.apply({ type: 'planCrash', afterSteps });
  simulator.apply({ type: 'collectGarbage' });
}
