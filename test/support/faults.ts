import type { Command } from '../../src/decider/command.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { seconds } from '../../src/values/units.ts';
import type { Call } from './play-history.ts';

const FAULTS: readonly Command['type'][] = [
  'planCrash',
  'crashGarbageCollection',
  'forgetCrash',
  'reviewVersions',
  'releaseHolds',
  'sweepObject',
  'closeVersion',
];

/** Whether a call is one that no user makes: a crash, or a step of garbage collection out of its turn. */
export function isFault(call: Call): boolean {
  return call.kind === 'command' && FAULTS.includes(call.command.type);
}

/** Faults are over: time passes until the scheduled job has come round to everything that was ever deleted. */
export function comeToRest(simulator: Simulator): void {
  const { retentionSeconds, gcEverySeconds } = simulator.store.settings;
  simulator.dispatch({ type: 'forgetCrash' });
  simulator.wait(seconds(retentionSeconds + gcEverySeconds));
}

/** Makes everything that was deleted due, and takes back a crash that is planned. No job runs. */
export function makeAllDue(simulator: Simulator): void {
  simulator.dispatch({ type: 'forgetCrash' });
  simulator.dispatch({ type: 'moveClock', bySeconds: simulator.store.settings.retentionSeconds });
}

/** Runs garbage collection, and stops it after so many of its steps. */
export function crashAfter(simulator: Simulator, afterSteps: number): void {
  simulator.dispatch({ type: 'planCrash', afterSteps });
  simulator.collectGarbage();
}
