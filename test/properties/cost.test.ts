import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { manifestOf } from '../../src/store/manifest.ts';
import { INHERITED } from '../../src/store/time-to-live.ts';
import { seconds } from '../../src/values/units.ts';
import { histories } from '../support/arbitraries.ts';
import { fileOf } from '../support/arbitrary-parts.ts';
import { collectedStore, countedStore, type Tally } from '../support/counted-store.ts';
import { makeAllDue } from '../support/faults.ts';
import { collectionNamed } from '../support/names.ts';
import { recordCalls, replayCalls } from '../support/play-history.ts';
import { PATIENCE_MS, runs } from '../support/property-runs.ts';

const A_WEEK = seconds(7 * 86_400);

describe('The cost of garbage collection', { timeout: PATIENCE_MS }, () => {
  // What a run says it did is bounded in every history; here, how often it asks the store for anything.
  test('is the same however many other versions the store has, or are deleted and not yet due (GC-10)', () => {
    const property = fc.property(histories(40), fc.integer({ min: 3, max: 40 }), (history, crowd) => {
      const calls = recordCalls(history);
      const costAmong = (others: number) => {
        const simulator = replayCalls(history, calls);
        simulator.dispatch({ type: 'changeSettings', changes: { retentionSeconds: A_WEEK } });
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
      const logged = simulator.dispatch({
        type: 'logVersion',
        collection: collectionNamed(name),
        artifactType: null,
        manifest: manifestOf([fileOf('face', `${name} ${number}`, 1)]),
        aliases: [],
        tags: [],
        run: null,
        ttl: INHERITED,
      });
      for (const event of logged.ok ? logged.events : []) {
        if (event.type !== 'versionBegun' || number % 2 > 0) continue;
        const target = { by: 'id', versionId: event.versionId } as const;
        simulator.dispatch({ type: 'deleteVersion', target, deleteAliases: true });
      }
    }
  }
}
