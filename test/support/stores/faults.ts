import type { Command } from '../../../src/decider/command.ts';
import type { Simulator } from '../../../src/simulator/simulator.ts';
import { seconds } from '../../../src/values/units.ts';
import { DAY } from '../arbitraries/parts.ts';
import type { Call } from '../histories/play-history.ts';

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
export function isFault(call: Call): boolean {
  return call.kind === 'command' && FAULTS.includes(call.command.type);
}

/**
 * Faults are over, and garbage collection may run: time passes until the scheduled jobs have finished everything
 * that was ever begun or deleted, and the bucket has dropped all that it kept.
 */
export function settle(simulator: Simulator): void {
  endFaults(simulator);
  // Longer than any TTL, upload, retention and copy of a history lasts, one after another.
  simulator.wait(seconds(200 * DAY));
}

/** Makes everything that was deleted due, takes back the faults that are planned, and enables collection. No job runs. */
export function makeAllDue(simulator: Simulator): void {
  endFaults(simulator);
  simulator.dispatch({ type: 'moveClock', bySeconds: simulator.store.settings.retentionSeconds });
}

function endFaults(simulator: Simulator): void {
  simulator.dispatch({ type: 'forgetCrash' });
  simulator.dispatch({ type: 'planBucketFaults', faults: [] });
  simulator.dispatch({ type: 'changeSettings', changes: { deployment: 'shared-cloud' } });
}

/** Runs garbage collection, and stops it after so many of its steps. */
export function crashAfter(simulator: Simulator, afterSteps: number): void {
  simulator.dispatch({ type: 'planCrash', afterSteps });
  simulator.collectGarbage();
}
