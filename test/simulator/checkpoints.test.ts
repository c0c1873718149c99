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

describe('a gap between checkpoints', () => {
  const store = emptyStore();
  const offered = (costs: readonly number[]) => {
    const checkpoints = new Checkpoints(store);
    for (const [at, cost] of costs.entries()) {
      checkpoints.offer({ position: at + 1, cost, costBefore: cost - 1, store });
    }
    return checkpoints;
  };
  const [one, two, six, seven] = [DENSE, 2 * DENSE, 6 * DENSE, 7 * DENSE];

  test('is found below a cost, if it is wider than the dense distance: the first such', () => {
    expect(offered([one, two, six, seven]).gapBelow(seven)?.cost).toBe(six);
    expect(offered([one, two, six, seven]).gapBelow(six)?.cost).toBe(six);
    expect(offered([two, six, seven]).gapBelow(seven)?.cost).toBe(six);
    expect(offered([two, six, seven]).gapBelow(six - 1)?.cost).toBe(two);
  });

  test('is not one if it is only as wide, or lies above the cost', () => {
    expect(offered([one, two]).gapBelow(two)).toBeNull();
    expect(offered([one, two, six, seven]).gapBelow(six - 1)).toBeNull();
    expect(offered([]).gapBelow(seven)).toBeNull();
  });
});

describe('a store that is offered', () => {
  const [store, other] = [emptyStore(), { ...emptyStore() }];
  const at = (cost: number, costBefore = cost - 1, position = cost) => ({
    position,
    cost,
    costBefore,
    store,
  });

  test('is kept only where its entry crosses a multiple of the dense distance', () => {
    const checkpoints = new Checkpoints(store);
    checkpoints.offer(at(DENSE - 1));
    expect(checkpoints.before(DENSE).cost).toBe(0);
    checkpoints.offer(at(DENSE + 2, DENSE - 3));
    expect(checkpoints.before(2 * DENSE).cost).toBe(DENSE + 2);
    expect(checkpoints.before(DENSE + 1).cost).toBe(0);
  });

  test('is kept in its place among the others, and not again where one is kept', () => {
    const checkpoints = new Checkpoints(store);
    checkpoints.offer(at(3 * DENSE));
    checkpoints.offer(at(DENSE));
    checkpoints.offer({ ...at(DENSE), store: other });
    checkpoints.offer(at(2 * DENSE));
    const costs = [1, DENSE, DENSE + 1, 2 * DENSE, 3 * DENSE - 1, 3 * DENSE];
    expect(costs.map((cost) => checkpoints.before(cost).cost / DENSE)).toEqual([0, 1, 1, 2, 2, 3]);
    expect(checkpoints.before(DENSE).store).toBe(store);
  });

  test('is dropped with those after a cost, and not at it', () => {
    const checkpoints = new Checkpoints(store);
    for (const times of [1, 2, 3]) checkpoints.offer(at(times * DENSE));
    checkpoints.dropAfter(2 * DENSE);
    expect(checkpoints.before(9 * DENSE).cost).toBe(2 * DENSE);
    checkpoints.dropAfter(2 * DENSE - 1);
    expect(checkpoints.before(9 * DENSE).cost).toBe(DENSE);
  });
});
