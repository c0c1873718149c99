import type { Command } from '../../../src/decider/command.ts';
import { type Outcome, Simulator } from '../../../src/simulator/simulator.ts';
import type { Store } from '../../../src/store/store.ts';
import type { CollectionId, ObjectId, RunId, VersionId } from '../../../src/values/names.ts';
import type { Seconds } from '../../../src/values/units.ts';
import type { History } from './history.ts';
import { callsOf } from './resolve-step.ts';

/** One call of the simulator, with nothing left to be picked. */
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

/** What a history has made so far, in the order of its making, for later steps to pick from. */
export interface Made {
  readonly collectionIds: readonly CollectionId[];
  readonly versionIds: readonly VersionId[];
  readonly objectIds: readonly ObjectId[];
  readonly runIds: readonly RunId[];
}

/** A simulator on which a history is about to begin. */
export function simulatorFor({ beginning }: History): Simulator {
  return new Simulator(beginning.settings, beginning.people, beginning.bucketFaults);
}

/** Plays a history call by call; whoever asks for the next one has the simulator in between. */
export function* playHistory(history: History, simulator = simulatorFor(history)): Generator<Played> {
  const versionIds: VersionId[] = [];
  const [collectionIds, objectIds] = [new Set<CollectionId>(), new Set<ObjectId>()];
  const runIds = new Set<RunId>();
  for (const step of history.steps) {
    const made: Made = {
      collectionIds: [...collectionIds],
      versionIds,
      objectIds: [...objectIds],
      runIds: [...runIds],
    };
    for (const call of callsOf(step, simulator.store, made)) {
      const before = simulator.store;
      const outcome = playCall(simulator, call);
      for (const event of outcome.ok ? outcome.events : []) {
        if (event.type === 'collectionCreated') collectionIds.add(event.collectionId);
        if (event.type === 'lineageRecorded') runIds.add(event.runId);
        if (event.type !== 'versionBegun') continue;
        versionIds.push(event.versionId);
        for (const objectId of event.uploaded) objectIds.add(objectId);
      }
      yield { call, outcome, before, after: simulator.store };
    }
  }
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

/** The calls of a history, to be played again, from the beginning, as often as one likes. */
export function recordCalls(history: History): readonly Call[] {
  return [...playHistory(history)].map(({ call }) => call);
}

/** A new simulator on which these calls have been played. */
export function replayCalls(history: History, calls: readonly Call[]): Simulator {
  const simulator = simulatorFor(history);
  for (const call of calls) playCall(simulator, call);
  return simulator;
}
