import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Checkpoints, DENSE, HIGHEST_COST } from '../../src/simulator/checkpoints.ts';
import { emptyStore } from '../../src/store/store.ts';
import { runs } from '../support/property-runs.ts';

/** The checkpoints of a history whose entries have these costs, and the cost at each position. */
function kept(costs: readonly number[]): { readonly checkpoints: Checkpoints; readonly at: number[] } {
  const store = emptyStore();
  const checkpoints = new Checkpoints(store);
  const at = [0];
  for (const [index, added] of costs.entries()) {
    const costBefore = at[index] ?? 0;
    const cost = costBefore + added;
    at.push(cost);
    checkpoints.offer({ position: index + 1, cost, costBefore, store });
    checkpoints.thin(cost);
  }
  return { checkpoints, at };
}

const positions = ({ checkpoints, at }: ReturnType<typeof kept>) =>
  new Set(at.map((cost) => checkpoints.before(cost).position));

describe('the checkpoints of a history', () => {
  test('grow in number with its logarithm', () => {
    const few = positions(kept(Array(1_000).fill(1))).size;
    const many = positions(kept(Array(64_000).fill(1))).size;
    expect(few).toBeGreaterThan(4);
    expect(many).toBeLessThan(3 * few);
  });

  test('leave no more than the dense distance to replay near its end, whatever its entries cost', () => {
    const costs = fc.array(fc.oneof(fc.nat({ max: 9 }), fc.constant(HIGHEST_COST - 1)), { maxLength: 300 });
    const property = fc.property(costs, (added) => {
      const { checkpoints, at } = kept(added.map((cost) => cost + 1));
      const end = at.at(-1) ?? 0;
      const { cost } = checkpoints.before(end);
      expect(end - cost).toBeLessThan(DENSE);
    });
    fc.assert(property, runs(100));
  });

  test('always include its start', () => {
    expect(kept(Array(5_000).fill(7)).checkpoints.before(0).position).toBe(0);
  });
});
