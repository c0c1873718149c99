import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StoreEvent, StoreEventType } from '../../src/decider/event.ts';
import type { Decision } from '../../src/lifecycle/decision.ts';
import type { Action } from '../../src/simulator/action.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import type { Store } from '../../src/store/store.ts';
import type { ObjectId } from '../../src/values/names.ts';
import { faults as someFaults } from '../support/arbitraries/beginnings.ts';
import { histories, steadyHistories, USUAL_STEPS } from '../support/arbitraries/histories.ts';
import {
  perform,
  playHistory,
  recordActions,
  replayActions,
  simulatorAfter,
  simulatorFor,
} from '../support/histories/play-history.ts';
import { naiveHolders } from '../support/naive/look-ups.ts';
import { PATIENCE_MS, runs } from '../support/property-runs.ts';
import { differences, summaryOf, timelessSummaryOf } from '../support/stores/canonical-summary.ts';
import { crashAfter, isFault, makeAllDue, settle } from '../support/stores/faults.ts';

describe('Garbage collection, whatever happens to it', { timeout: PATIENCE_MS }, () => {
  test('ends the same wherever it is interrupted, once or twice (GC-8)', () => {
    const property = fc.property(histories(40), fc.nat({ max: 12 }), (history, second) => {
      const calls = recordActions(history);
      const played = () => {
        const simulator = replayActions(history, calls);
        makeAllDue(simulator);
        return simulator;
      };
      const whole = played();
      const steps = eventsOf(whole.apply({ type: 'collectGarbage' })).length;
      const summary = summaryOf(whole.store);
      for (let first = 0; first <= steps; first += 1) {
        const once = played();
        crashAfter(once, first);
        once.apply({ type: 'collectGarbage' });
        expect(differences(whole.store, summary, summaryOf(once.store)), `after ${first} steps`).toEqual([]);
        const twice = played();
        crashAfter(twice, first);
        crashAfter(twice, second);
        twice.apply({ type: 'collectGarbage' });
        expect(
          differences(whole.store, summary, summaryOf(twice.store)),
          `after ${first} and ${second} steps`,
        ).toEqual([]);
      }
    });
    fc.assert(property, runs(80));
  });

  test('ends the same whatever the bucket does to its calls, as often as it is run again (GC-8, BKT-2 to BKT-4)', () => {
    const property = fc.property(histories(40), someFaults, (history, faults) => {
      const calls = recordActions(history);
      const whole = replayActions(history, calls);
      makeAllDue(whole);
      whole.apply({ type: 'collectGarbage' });
      const faulty = replayActions(history, calls);
      makeAllDue(faulty);
      perform(faulty, { server: { 'bucket faults': faults } });
      const enough = faults.reduce((sum, { times = 1 }) => sum + times, 1);
      for (let run = 0; run < enough; run += 1) faulty.apply({ type: 'collectGarbage' });
      perform(faulty, { server: { 'bucket faults': [] } });
      expect(differences(whole.store, summaryOf(whole.store), summaryOf(faulty.store))).toEqual([]);
    });
    fc.assert(property, runs(200));
  });

  test('changes nothing when it is run a second time (GC-8)', () => {
    const property = fc.property(histories(USUAL_STEPS), (history) => {
      const simulator = simulatorFor(history);
      for (const { call, outcome, after } of playHistory(history, simulator)) {
        const interrupted = outcome.ok && outcome.events.some(({ type }) => INTERRUPTIONS.includes(type));
        if (call.type !== 'collectGarbage' || interrupted) continue;
        simulator.apply({ type: 'collectGarbage' });
        expect(simulator.store).toBe(after);
      }
    });
    fc.assert(property, runs(200));
  });

  test('leaves no unreferenced object once the faults are over and time has passed (GC-1, GC-2)', () => {
    const property = fc.property(histories(USUAL_STEPS), (history) => {
      const simulator = simulatorAfter(history);
      settle(simulator);
      const { store } = simulator;
      expect(unrest(store)).toEqual([]);
      expect(eventsOf(simulator.apply({ type: 'collectGarbage' }))).toEqual([]);
      expect(simulator.store).toBe(store);
    });
    fc.assert(property, runs(200));
  });

  test('is only delayed by faults: without them every call, and the store, end the same', () => {
    const property = fc.property(steadyHistories(USUAL_STEPS), (history) => {
      const calls = recordActions(history);
      const faulty = simulatorFor(history);
      const peaceful = simulatorFor(history);
      for (const call of calls) {
        const outcome = codeOf(faulty, call);
        if (!isFault(call)) expect(codeOf(peaceful, call)).toBe(outcome);
      }
      settle(faulty);
      settle(peaceful);
      // What the bucket kept of an object depends on when it was deleted; by now it has dropped all of it.
      const { store } = peaceful;
      expect(differences(store, timelessSummaryOf(store), timelessSummaryOf(faulty.store))).toEqual([]);
    });
    fc.assert(property, runs(200));
  });
});

const INTERRUPTIONS: readonly StoreEventType[] = ['garbageCollectionCrashed', 'bucketCallFaulted'];

function eventsOf(outcome: Decision<StoreEvent>) {
  return outcome.ok ? outcome.events : [];
}

function codeOf(simulator: Simulator, call: Action): string {
  const outcome = simulator.apply(call);
  return outcome.ok ? 'accepted' : outcome.refusal.code;
}

// What should not be there once everything that was deleted has been collected.
function unrest(store: Store): readonly string[] {
  const { reviewed, released, unreferenced, crashAfterSteps } = store.garbageCollection;
  const held = naiveHolders(store);
  return [
    ...[...store.versions.unorderedRows()].flatMap(({ id, state }) =>
      state.kind === 'PENDING_DELETION' ? [`${id} is ${state.kind} still, and ${state.stage}`] : [],
    ),
    ...[...store.bucket.blobs.unorderedRows()].flatMap(({ key, current, copies }) => {
      const known = !store.outOfBand.has(key as ObjectId);
      const wrong = (known && current !== held.has(key)) || copies.length > 0;
      return wrong
        ? [`${key} is ${current}, held by ${held.get(key)?.size ?? 0}, with ${copies.length} copies`]
        : [];
    }),
    ...[store.trash, store.uploads, reviewed, released, unreferenced].flatMap((queue) =>
      [...queue.keys()].map(String),
    ),
    ...(crashAfterSteps === null ? [] : ['a crash is planned still']),
  ];
}
