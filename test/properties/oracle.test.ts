import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brokenInvariants } from '../../src/store/invariants/invariants.ts';
import { nameOfVersion } from '../../src/store/look-up.ts';
import type { CollectorName } from '../../src/store/settings.ts';
import { histories, steadyHistories } from '../support/arbitraries/histories.ts';
import { collectedBy } from '../support/histories/changed-histories.ts';
import type { History } from '../support/histories/history.ts';
import { perform, playHistory, simulatorFor } from '../support/histories/play-history.ts';
import { atLeastRuns, PATIENCE_MS, runs } from '../support/property-runs.ts';
import { crashAfter, makeAllDue } from '../support/stores/faults.ts';
import {
  decisionDifferences,
  finalDifferences,
  ORACLE,
  stateDifferences,
} from '../support/violations/collector-comparison.ts';

const STEPS = 30;

describe('Counting holders and marking from the roots', { timeout: PATIENCE_MS }, () => {
  test('decide the same of every step of garbage collection, after any history, crash or fault (GC-2, GC-3)', () => {
    fc.assert(
      fc.property(histories(STEPS), (history) => {
        expect(decisionDifferences(history, ORACLE)).toEqual([]);
      }),
      runs(45),
    );
  });

  test('reach the same states, holders, objects and bytes after every call (GC-4, GC-9)', () => {
    fc.assert(
      fc.property(histories(STEPS), (history) => {
        expect(stateDifferences(history, ORACLE)).toEqual([]);
      }),
      runs(70),
    );
  });

  test('reach the same end after crashes and faults at any point (GC-8)', () => {
    fc.assert(
      fc.property(steadyHistories(STEPS), (history) => {
        expect(finalDifferences(history, ORACLE)).toEqual([]);
      }),
      runs(60),
    );
  });
});

describe('A deliberately flawed collector', { timeout: PATIENCE_MS }, () => {
  // Enough to find each, and no more: it is for these properties to show that they can fail.
  test.each<readonly [CollectorName, Way]>([
    ['deletes-at-once', stateDifferences],
    ['asks-neighbors-only', decisionDifferences],
    ['forgets-uploads', decisionDifferences],
    ['counts-at-review', decisionDifferences],
    ['not-resumable', finalDifferences],
    ['ignores-restore', keptItsPromise],
  ])('is distinguished from a right one: %s', (flawed, way) => {
    const property = fc.property(histories(STEPS), (history) => way(history, flawed).length === 0);
    expect(fc.check(property, { ...atLeastRuns(500), endOnFailure: true }).failed).toBe(true);
  });
});

type Way = (history: History, other: CollectorName) => readonly string[];

// Every run crashes behind its review, and somebody restores what was reviewed.
function keptItsPromise(history: History, flawed: CollectorName): readonly string[] {
  const simulator = simulatorFor(collectedBy(flawed, history));
  const violations: string[] = [];
  for (const { call } of playHistory(history, simulator)) {
    if (call.type === 'collectGarbage') {
      makeAllDue(simulator);
      crashAfter(simulator, 1);
      const [deleted] = simulator.store.garbageCollection.reviewed.entries();
      if (deleted !== undefined) perform(simulator, { restore: nameOfVersion(simulator.store, deleted[1]) });
    }
    violations.push(...brokenInvariants(simulator.store));
  }
  return violations;
}
