import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StoreEvent } from '../../src/decider/event.ts';
import { evolve } from '../../src/decider/evolve.ts';
import { brokenInvariants } from '../../src/store/invariants/invariants.ts';
import { emptyStore, type Store } from '../../src/store/store.ts';
import { histories, USUAL_STEPS } from '../support/arbitraries/histories.ts';
import { playHistory, simulatorFor } from '../support/histories/play-history.ts';
import { PATIENCE_MS, runs } from '../support/property-runs.ts';
import { differences, summaryOf } from '../support/stores/canonical-summary.ts';
import { callViolations } from '../support/violations/calls.ts';
import { eventViolations } from '../support/violations/events.ts';
import { GivenIndexes } from '../support/violations/indexes.ts';
import { lineageViolations } from '../support/violations/lineage.ts';
import { ReinstatedVersions } from '../support/violations/reinstated-versions.ts';

describe('Whatever happens to a store', { timeout: PATIENCE_MS }, () => {
  test('every invariant holds after every step, runs and versions know of each other, and no index is ever given twice (LOG-2, GC-4, GC-9)', () => {
    fc.assert(
      fc.property(histories(USUAL_STEPS), (history) => {
        const given = new GivenIndexes();
        for (const { outcome, before, after } of playHistory(history)) {
          expect(given.violations(outcome.ok ? outcome.events : [], after)).toEqual([]);
          if (after === before) continue;
          expect(brokenInvariants(after)).toEqual([]);
          expect(lineageViolations(after)).toEqual([]);
        }
      }),
      runs(300),
    );
  });

  test('every event and every call is what the rules say, and a refusal changes nothing', () => {
    fc.assert(
      fc.property(histories(USUAL_STEPS), (history) => {
        const deleted = new ReinstatedVersions();
        for (const played of playHistory(history)) {
          const { call, outcome, before } = played;
          expect(callViolations(played)).toEqual([]);
          let store = before;
          for (const event of outcome.ok ? outcome.events : []) {
            expect(eventViolations(event, store, { call, before })).toEqual([]);
            const next = evolve(store, [event]);
            expect(deleted.violations([event], store, next)).toEqual([]);
            store = next;
          }
        }
      }),
      runs(300),
    );
  });

  test('earlier stores never change', () => {
    fc.assert(
      fc.property(histories(USUAL_STEPS), (history) => {
        const kept: { readonly store: Store; readonly summary: readonly string[] }[] = [];
        for (const { after } of playHistory(history)) {
          kept.push({ store: after, summary: summaryOf(after) });
        }
        for (const { store, summary } of kept) expect(summaryOf(store)).toEqual(summary);
      }),
      runs(60),
    );
  });

  test('the events alone, even from JSON, lead to the same store', () => {
    fc.assert(
      fc.property(histories(USUAL_STEPS), (history) => {
        const simulator = simulatorFor(history);
        const events = [...playHistory(history, simulator)].flatMap(({ outcome }) =>
          outcome.ok ? outcome.events : [],
        );
        const { store } = simulator;
        const { settings, people, bucketFaults, begins } = history.beginning;
        const empty = emptyStore(settings, people, bucketFaults, begins);
        const asText = JSON.parse(JSON.stringify(events)) as StoreEvent[];
        const atOnce = evolve(empty, events);
        const oneByOne = asText.reduce((before, event) => evolve(before, [event]), empty);
        expect(differences(store, summaryOf(store), summaryOf(atOnce))).toEqual([]);
        expect(differences(store, summaryOf(store), summaryOf(oneByOne))).toEqual([]);
      }),
      runs(150),
    );
  });
});
