import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explore, type SearchResult } from '../../src/explore/explore.ts';
import { guilt, searchPlainly } from '../narration/answers/searched.ts';
import { PATIENCE_MS, runs } from '../support/property-runs.ts';
import { smallStories } from './arbitrary-explorations.ts';

describe('a search that leaves out orders', { timeout: PATIENCE_MS }, () => {
  test('finds what a full search finds, with equally short ways, and visits no more states', () => {
    const seen = { pruned: 0, guilty: 0, met: 0 };
    fc.assert(
      fc.property(smallStories({ people: 2, moves: 2 }), ({ exploration }) => {
        const pruned = explore(exploration);
        const whole = explore(exploration, { prune: false });
        expect(verdicts(pruned)).toEqual(verdicts(whole));
        expect(guilt(pruned)).toEqual(guilt(whole));
        expect(pruned.states).toBeLessThanOrEqual(whole.states);
        expect(pruned.transitions).toBeLessThanOrEqual(whole.transitions);
        expect(pruned.orders <= whole.orders).toBe(true);
        seen.pruned += Number(pruned.states < whole.states);
        seen.guilty += Number(Object.keys(guilt(whole)).length > 0);
        seen.met += Number(whole.verdicts.at(-1)?.holds === true);
      }),
      runs(60),
    );
    // Or it would say nothing.
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
  });
});

describe('a search that merges what is the same', { timeout: PATIENCE_MS }, () => {
  test('finds the results of every order, and counts the orders', () => {
    fc.assert(
      fc.property(smallStories({ people: 1, moves: 2 }), ({ exploration }) => {
        const whole = explore(exploration, { prune: false });
        const plain = searchPlainly(exploration);
        expect(guilt(whole)).toEqual(Object.fromEntries(plain.broken));
        expect(whole.orders).toBe(BigInt(plain.orders));
      }),
      runs(60),
    );
  });
});

function verdicts({ verdicts: found }: SearchResult): readonly (readonly [string, boolean | null])[] {
  return found.map(({ property, holds }) => [property.name, holds]);
}
