import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { histories } from '../support/arbitraries/histories.ts';
import { perform, recordActions, replayActions } from '../support/histories/play-history.ts';
import { PATIENCE_MS, runs } from '../support/property-runs.ts';
import { collectedStore, countedStore, type Tally } from '../support/stores/counted-store.ts';
import { makeAllDue } from '../support/stores/faults.ts';

describe('The cost of garbage collection', { timeout: PATIENCE_MS }, () => {
  // What a run says it did is bounded in every history; here, how often it asks the store for anything.
  test('is the same however many other versions the store has, or are deleted and not yet due (GC-10)', () => {
    const property = fc.property(histories(40), fc.integer({ min: 3, max: 40 }), (history, crowd) => {
      const calls = recordActions(history);
      const costAmong = (others: number) => {
        const simulator = replayActions(history, calls);
        perform(simulator, { server: { retention: '7d' } });
        makeAllDue(simulator);
        crowdIn(simulator, others);
        const tally: Tally = { operations: 0 };
        collectedStore(countedStore(simulator.store, tally));
        return tally.operations;
      };
      expect(costAmong(crowd)).toBe(costAmong(2));
    });
    fc.assert(property, runs(60));
  });
});

// Others in a sequence of their own and in one that the history uses, each second one deleted just now.
function crowdIn(simulator: Simulator, others: number): void {
  for (let number = 0; number < others; number += 1) {
    for (const name of ['crowd', 'animals']) {
      const logged = perform(simulator, { log: name, files: { file: `1B of ${name} ${number}` } });
      if (logged.ok && number % 2 === 0) {
        perform(simulator, { delete: `${name}:latest`, deleteAliases: true });
      }
    }
  }
}
