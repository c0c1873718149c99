import type { Command } from '../../../src/decider/command.ts';
import type { StoreEvent } from '../../../src/decider/event.ts';
import { type Names, withName } from '../../../src/explore/exploration.ts';
import { NO_FOLDERS } from '../../../src/scenario/language/scenario.ts';
import { commandsOf } from '../../../src/scenario/play/commands-of.ts';
import { type Outcome, Simulator } from '../../../src/simulator/simulator.ts';
import type { Store } from '../../../src/store/store.ts';
import { emptySortedTable } from '../../../src/values/sorted-table.ts';
import type { Seconds } from '../../../src/values/units.ts';
import { type History, type HistoryStep, stepOf } from './history.ts';

/** One call of the simulator. */
export type Call =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'wait'; readonly duration: Seconds }
  | { readonly kind: 'collect' };

/** A call that was played, with the store on either side of it. */
export interface Played {
  readonly call: Call;
  readonly outcome: Outcome;
  readonly before: Store;
  readonly after: Store;
}

/** No ids yet. */
export const NO_NAMES: Names = emptySortedTable();

/** A simulator on which a history is about to begin. */
export function simulatorFor({ beginning }: History): Simulator {
  return new Simulator(beginning.settings, beginning.people, beginning.bucketFaults);
}

/** The calls that a step makes; none where it uses the id of a version that was not made. */
export function callsOf(written: HistoryStep, names: Names): readonly Call[] {
  if ('command' in written) return [{ kind: 'command', command: written.command }];
  const step = stepOf(written);
  if (step === null) throw new Error(`the language has no step ${JSON.stringify(written)}`);
  switch (step.kind) {
    case 'expect':
    case 'show':
    case 'verify':
      return [];
    case 'wait':
      return [{ kind: 'wait', duration: step.body.wait }];
    case 'collect':
      return [{ kind: 'collect' }];
    default:
      return (commandsOf(step, names, NO_FOLDERS) ?? []).map((command) => ({ kind: 'command', command }));
  }
}

/** Plays one step, call by call, until one is refused; the names are those after it. */
export function* playStep(
  step: HistoryStep,
  simulator: Simulator,
  names: Names = NO_NAMES,
): Generator<Played, Names> {
  let after = names;
  for (const call of callsOf(step, names)) {
    if ('command' in step && !isAboutKnown(simulator.store, call)) continue;
    const before = simulator.store;
    const outcome = playCall(simulator, call);
    if (outcome.ok && 'id' in step) after = withName(after, step.id ?? null, outcome.events);
    yield { call, outcome, before, after: simulator.store };
    if (!outcome.ok) break;
  }
  return after;
}

/** Whether the version that a call names by its id was made in this past, too. */
export function isAboutKnown(store: Store, call: Call): boolean {
  if (call.kind !== 'command') return true;
  const { command } = call;
  if ('versionId' in command) return store.versions.has(command.versionId);
  return command.type !== 'deleteVersion' || command.target.by === 'name'
    ? true
    : store.versions.has(command.target.versionId);
}

/** Plays one step on a simulator, and answers everything that happened, or the refusal of it. */
export function perform(simulator: Simulator, step: HistoryStep): Outcome {
  const events: StoreEvent[] = [];
  for (const { outcome } of playStep(step, simulator)) {
    if (!outcome.ok) return outcome;
    events.push(...outcome.events);
  }
  return { ok: true, events };
}

/** Plays a history call by call; between two calls the simulator is the caller's. */
export function* playHistory(history: History, simulator = simulatorFor(history)): Generator<Played> {
  let names = NO_NAMES;
  for (const step of history.steps) names = yield* playStep(step, simulator, names);
}

/** A simulator on which a history has been played. */
export function simulatorAfter(history: History): Simulator {
  const simulator = simulatorFor(history);
  for (const step of playHistory(history, simulator)) void step;
  return simulator;
}

/** Plays one call on a simulator. */
export function playCall(simulator: Simulator, call: Call): Outcome {
  switch (call.kind) {
    case 'command':
      return simulator.dispatch(call.command);
    case 'wait':
      return simulator.wait(call.duration);
    case 'collect':
      return simulator.collectGarbage();
  }
}

/** The calls of a history, which can be played again on any simulator. */
export function recordCalls(history: History): readonly Call[] {
  return [...playHistory(history)].map(({ call }) => call);
}

/** A new simulator on which these calls have been played. */
export function replayCalls(history: History, calls: readonly Call[]): Simulator {
  const simulator = simulatorFor(history);
  for (const call of calls) playCall(simulator, call);
  return simulator;
}
