import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decider/decide.ts';
import { evolve } from '../../src/decider/evolve.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { histories } from '../support/arbitraries/histories.ts';
import { perform, recordActions, replayActions } from '../support/histories/play-history.ts';
import { PATIENCE_MS, runs } from '../support/property-runs.ts';
import { bucketDelete, clock, dropCopies, log, server } from '../support/stores/builders.ts';
import { collectedStore, countedStore, type Tally } from '../support/stores/counted-store.ts';
import { makeAllDue } from '../support/stores/faults.ts';
import { given } from '../support/stores/given.ts';

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

test('The cost of dropping copies is the same however many other copies the bucket keeps (BKT-3)', () => {
  const costAmong = (others: number) => {
    const crowd = Array.from({ length: others }, (_, at) => `file-${at}`);
    const { store } = given(
      server({
        bucket: {
          provider: 'aws',
          versioning: true,
          lifecycle: [{ noncurrentDays: 10 }, { newerCopies: 1, noncurrentDays: 1 }],
        },
      }),
      log('due', { file: '1B' }),
      bucketDelete('due:v0/file'),
      clock('5d'),
      log('crowd', Object.fromEntries(crowd.map((path) => [path, '1B']))),
      ...crowd.map((path) => bucketDelete(`crowd:v0/${path}`)),
      clock('5d'),
    );
    const tally: Tally = { operations: 0 };
    const counted = countedStore(store, tally);
    const decision = decide(dropCopies, counted);
    if (!decision.ok) throw new Error(decision.refusal.sentence);
    expect(evolve(counted, decision.events).bucket.billedBytes).toBe(others);
    return tally.operations;
  };
  expect(costAmong(200)).toBe(costAmong(2));
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
