import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type HistoryEntry, Simulator } from '../../src/sdk/index.ts';
import { Simulator as Shell } from '../../src/simulator/simulator.ts';
import { brokenInvariants } from '../../src/store/invariants.ts';
import type { Store } from '../../src/store/store.ts';
import { plain } from '../support/plain.ts';
import { atLeastRuns, PATIENCE_MS, runs } from '../support/property-runs.ts';
import { byCommands, byFace, type Step, step } from './script.ts';

const script = fc.array(step, { minLength: 1, maxLength: 25, size: 'max' });

/** The store of another simulator, on which everything in a history was played again. */
function replayed(history: readonly HistoryEntry[]): Store {
  const shell = new Shell();
  for (const deed of history.flatMap(({ deeds }) => deeds)) {
    if (deed.type === 'wait') shell.wait(deed.duration);
    else shell.dispatch(deed);
  }
  return shell.store;
}

describe('any sequence of calls', { timeout: PATIENCE_MS }, () => {
  test('leaves the store that the commands leave, is refused with the same codes, and keeps every invariant', async () => {
    await fc.assert(
      fc.asyncProperty(script, async (steps) => {
        const [simulator, shell] = [new Simulator(), new Shell()];
        for (const done of steps) {
          expect(await byFace(simulator, done), done.kind).toBe(byCommands(shell, done));
          expect(plain(simulator.store)).toEqual(plain(shell.store));
          expect(brokenInvariants(simulator.store)).toEqual([]);
        }
      }),
      runs(60),
    );
  });

  test('can be played again from its history', async () => {
    await fc.assert(
      fc.asyncProperty(script, async (steps) => {
        const simulator = new Simulator();
        for (const done of steps) await byFace(simulator, done);
        expect(plain(replayed(simulator.history))).toEqual(plain(simulator.store));
      }),
      runs(50),
    );
  });

  test('can be undone and done again, and goes on from there as if nothing had been', async () => {
    await fc.assert(
      fc.asyncProperty(script, fc.nat({ max: 9 }), step, async (steps, back, next) => {
        const simulator = new Simulator();
        for (const done of steps) await byFace(simulator, done);
        const { store } = simulator;
        let undone = 0;
        while (undone < back && simulator.undo()) undone += 1;
        for (let again = 0; again < undone; again += 1) simulator.redo();
        expect(simulator.store).toBe(store);
        for (let again = 0; again < undone; again += 1) simulator.undo();
        await byFace(simulator, next);
        expect(plain(replayed(simulator.history))).toEqual(plain(simulator.store));
      }),
      runs(50),
    );
  });

  test('meets calls that go through and many ways of being refused', async () => {
    const met = new Set<string>();
    await fc.assert(
      fc.asyncProperty(script, async (steps: readonly Step[]) => {
        const simulator = new Simulator();
        for (const done of steps) met.add(`${done.kind}: ${(await byFace(simulator, done)) ?? 'done'}`);
      }),
      atLeastRuns(100),
    );
    const expected = [
      ...['log', 'delete', 'alias', 'ttl', 'link', 'unlink', 'use', 'delete collection', 'delete run'].map(
        (kind) => `${kind}: done`,
      ),
      'log: bad-alias',
      'log: not-a-sequence',
      'delete: has-aliases',
      'alias: bad-alias',
      'ttl: bad-ttl',
      'ttl: is-a-link',
      'link: not-a-portfolio',
      'unlink: not-a-link',
      'delete collection: not-found',
      'delete run: not-found',
    ];
    expect(expected.filter((outcome) => !met.has(outcome))).toEqual([]);
  });
});
