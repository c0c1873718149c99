import type { StoreEvent } from '../../../src/decider/event.ts';
import { type Names, withName } from '../../../src/explore/exploration.ts';
import type { Decision } from '../../../src/lifecycle/decision.ts';
import { NO_FOLDERS } from '../../../src/scenario/language/scenario.ts';
import { isDoing } from '../../../src/scenario/language/schema-steps.ts';
import { actionsOf } from '../../../src/scenario/play/perform.ts';
import { type Action, isCommand } from '../../../src/simulator/action.ts';
import { Simulator } from '../../../src/simulator/simulator.ts';
import { emptyStore, type Store } from '../../../src/store/store.ts';
import { emptySortedTable } from '../../../src/values/sorted-table.ts';
import { type History, type HistoryStep, stepOf } from './history.ts';

/** A call that was played, with the store on either side of it. */
export interface Played {
  readonly call: Action;
  readonly outcome: Decision<StoreEvent>;
  readonly before: Store;
  readonly after: Store;
}

/** No ids yet. */
export const NO_NAMES: Names = emptySortedTable();

/** A simulator on which a history is about to begin. */
export function simulatorFor({ beginning }: History): Simulator {
  const { settings, people, bucketFaults, begins } = beginning;
  return new Simulator(emptyStore(settings, people, bucketFaults, begins));
}

/** The actions of a step; none if it uses the id of a version that was not created. */
export function actionsOfStep(written: HistoryStep, names: Names, store: Store): readonly Action[] {
  if ('command' in written) return [written.command];
  const step = stepOf(written);
  if (step === null) throw new Error(`the language has no step ${JSON.stringify(written)}`);
  if (!isDoing(step)) return [];
  return actionsOf(step, store, names, NO_FOLDERS) ?? [];
}

/** Plays one step, call by call, until one is refused; the names are those after it. */
export function* playStep(
  step: HistoryStep,
  simulator: Simulator,
  names: Names = NO_NAMES,
): Generator<Played, Names> {
  let after = names;
  for (const call of actionsOfStep(step, names, simulator.store)) {
    if ('command' in step && !isAboutKnown(simulator.store, call)) continue;
    const before = simulator.store;
    const outcome = simulator.apply(call);
    if (outcome.ok && 'id' in step) after = withName(after, step.id ?? null, outcome.events);
    yield { call, outcome, before, after: simulator.store };
    if (!outcome.ok) break;
  }
  return after;
}

/** Whether the version that a call names by its id was made in this past, too. */
export function isAboutKnown(store: Store, call: Action): boolean {
  if (!isCommand(call)) return true;
  const command = call;
  if ('versionId' in command) return store.versions.has(command.versionId);
  return command.type !== 'deleteVersion' || command.target.by === 'name'
    ? true
    : store.versions.has(command.target.versionId);
}

/** Plays one step on a simulator, and answers everything that happened, or the refusal of it. */
export function perform(simulator: Simulator, step: HistoryStep): Decision<StoreEvent> {
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

/** The calls of a history, which can be played again on any simulator. */
export function recordActions(history: History): readonly Action[] {
  return [...playHistory(history)].map(({ call }) => call);
}

/** A new simulator on which these calls have been played. */
export function replayActions(history: History, calls: readonly Action[]): Simulator {
  const simulator = simulatorFor(history);
  for (const call of calls) simulator.apply(call);
  return simulator;
}
