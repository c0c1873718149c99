import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Batch } from '../../src/decider/batch.ts';
import type { Command } from '../../src/decider/command.ts';
import { decide } from '../../src/decider/decide.ts';
import { evolve } from '../../src/decider/evolve.ts';
import { isCommand } from '../../src/simulator/action.ts';
import type { Store } from '../../src/store/store.ts';
import { histories } from '../support/arbitraries/histories.ts';
import { recordActions, simulatorFor } from '../support/histories/play-history.ts';
import { PATIENCE_MS, runs } from '../support/property-runs.ts';
import { log, remove } from '../support/stores/builders.ts';
import { canonical } from '../support/stores/canonical-summary.ts';
import { given } from '../support/stores/given.ts';
import { unfrozen } from '../support/stores/plain.ts';

describe('A batch of commands', { timeout: PATIENCE_MS }, () => {
  test('comes to what they come to one by one, and leaves the store that it began with as it was', () => {
    const property = fc.property(histories(30), fc.integer({ min: 1, max: 12 }), (history, length) => {
      const commands = recordActions(history).flatMap((call) => (isCommand(call) ? [call] : []));
      let single = simulatorFor(history).store;
      let batched = single;
      for (let from = 0; from < commands.length; from += length) {
        const before = batched;
        const stood = canonical(before);
        const batch = new Batch(before);
        for (const command of commands.slice(from, from + length)) {
          const decision = decide(command, single);
          if (decision.ok) single = evolve(single, decision.events);
          expect(canonical(batch.dispatch(command))).toBe(canonical(decision));
          expect(canonical(batch.store)).toBe(canonical(single));
        }
        batched = batch.close();
        expect(canonical(before)).toBe(stood);
        expect(unfrozen(batched)).toEqual([]);
      }
      expect(canonical(batched)).toBe(canonical(single));
    });
    fc.assert(property, runs(60));
  });

  test('in which nothing happens ends with the very store that it began with', () => {
    const { store } = given(log('animals', { cat: '2MB' }));
    expect(playedOn(store, remove('animals:v7'))).toBe(store);
  });
});

function playedOn(store: Store, ...commands: readonly Command[]): Store {
  const batch = new Batch(store);
  for (const command of commands) batch.dispatch(command);
  return batch.close();
}
