import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Simulator } from '../../../src/simulator/simulator.ts';
import type { Store } from '../../../src/store/store.ts';
import { histories, USUAL_STEPS } from '../../support/arbitraries/histories.ts';
import { playHistory, recordActions, replayActions } from '../../support/histories/play-history.ts';
import { PATIENCE_MS, runs } from '../../support/property-runs.ts';
import { plain, unfrozen } from '../../support/stores/plain.ts';
import { snapshotBytes, storeIn } from '../../support/stores/snapshots.ts';

describe('A store that was read from a snapshot', { timeout: PATIENCE_MS }, () => {
  test('equals the one that was written, whatever happened before', () => {
    const property = fc.property(histories(USUAL_STEPS), (history) => {
      for (const { after } of last(playHistory(history))) {
        const read = storeIn(snapshotBytes(after));
        expect(plain(read)).toEqual(plain(after));
        expect(unfrozen(read)).toEqual([]);
      }
    });
    fc.assert(property, runs(300));
  });

  test('gives the same bytes again', () => {
    const property = fc.property(histories(USUAL_STEPS), (history) => {
      for (const { after } of last(playHistory(history))) {
        const bytes = snapshotBytes(after);
        expect(snapshotBytes(storeIn(bytes))).toEqual(bytes);
      }
    });
    fc.assert(property, runs(100));
  });

  test('continues with the same events as the original', () => {
    const property = fc.property(histories(USUAL_STEPS), fc.nat(), (history, at) => {
      const calls = recordActions(history);
      const begun = at % (calls.length + 1);
      const original = replayActions(history, calls.slice(0, begun));
      const read = new Simulator(storeIn(snapshotBytes(original.store)));
      for (const call of calls.slice(begun)) {
        expect(read.apply(call)).toEqual(original.apply(call));
      }
      expect(plain(read.store)).toEqual(plain(original.store));
    });
    fc.assert(property, runs(200));
  });
});

function last<Played extends { readonly after: Store }>(played: Iterable<Played>): readonly Played[] {
  return [...played].slice(-1);
}
