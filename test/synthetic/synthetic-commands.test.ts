import { describe, expect, test } from 'vitest';
import { Simulator } from '../../src/simulator/simulator.ts';
import { brokenInvariants } from '../../src/store/invariants/invariants.ts';
import { emptyStore, type Store } from '../../src/store/store.ts';
import { SHAPE_NAMES } from '../../src/synthetic/shapes.ts';
import { syntheticCommands } from '../../src/synthetic/synthetic-commands.ts';
import { type SyntheticPlan, staysExact, syntheticCounts } from '../../src/synthetic/synthetic-plan.ts';
import { seconds } from '../../src/values/units.ts';
import { snapshotBytes } from '../support/stores/snapshots.ts';

const PLAN: SyntheticPlan = { collections: 7, versions: 30, files: 10, churn: 0.2, seed: 7, shape: 'mixed' };

function storeOf(plan: SyntheticPlan): Store {
  const simulator = new Simulator(emptyStore());
  for (const command of syntheticCommands(plan)) expect(simulator.apply(command)).toMatchObject({ ok: true });
  return simulator.store;
}

describe('A synthetic store', () => {
  test.each([...SHAPE_NAMES, 'mixed'] as const)('of the shape %s has as much as was asked for', (shape) => {
    const plan = { ...PLAN, shape };
    const store = storeOf(plan);
    const { versions, objects, mostBytes } = syntheticCounts(plan);
    expect(store.collections.size).toBe(plan.collections);
    expect(store.versions.size).toBe(versions);
    expect(store.objects.size).toBe(objects);
    expect(store.everBegunBytes).toBeLessThanOrEqual(mostBytes);
    for (const { manifest } of store.versions.unorderedRows())
      expect(manifest.entries.length).toBe(plan.files);
    expect(brokenInvariants(store)).toEqual([]);
  });

  test.each([
    [1, 1, 1, 0],
    [1, 5, 1, 1],
    [30, 3, 4, 0],
    [3, 4, 5, 1],
  ])(
    'of %i artifact collections, %i versions, %i files and churn %d comes out',
    (collections, versions, files, churn) => {
      const plan = { ...PLAN, collections, versions, files, churn };
      const store = storeOf(plan);
      expect([store.versions.size, store.objects.size]).toEqual([
        collections * versions,
        syntheticCounts(plan).objects,
      ]);
    },
  );

  test('is the same for the same seed, and another for another', () => {
    const bytes = snapshotBytes(storeOf(PLAN));
    expect(snapshotBytes(storeOf(PLAN))).toEqual(bytes);
    expect(snapshotBytes(storeOf({ ...PLAN, seed: 8 }))).not.toEqual(bytes);
  });

  test('gets one version a day in each artifact collection, and none is over its TTL at the end', () => {
    const store = storeOf(PLAN);
    expect(store.now).toBe(30 * 86_400);
    expect(store.expiring.size).toBeGreaterThan(10);
    const simulator = new Simulator(store);
    simulator.apply({ type: 'wait', duration: seconds(6 * 86_400) });
    expect(simulator.store.expiring.size).toBe(store.expiring.size);
    simulator.apply({ type: 'wait', duration: seconds(100 * 86_400) });
    expect(simulator.store.expiring.size).toBe(0);
  });

  test('has aliases beside latest, tags and runs', () => {
    const store = storeOf(PLAN);
    const aliases = [...store.collections.unorderedRows()].flatMap((collection) =>
      collection.aliases.sortedIds((left, right) => (left < right ? -1 : 1)),
    );
    expect(new Set(aliases)).toEqual(new Set(['latest', 'best', 'weekly']));
    const tags = [...store.versions.unorderedRows()].flatMap((version) => version.tags);
    expect(new Set(tags)).toEqual(new Set(['milestone', 'monthly']));
    expect(store.runs.size).toBe(5);
  });
});

test('a plan whose sums would not stay exact is known before anything is made', () => {
  const plan: SyntheticPlan = { ...PLAN, collections: 1_000, versions: 1_000 };
  expect(staysExact(syntheticCounts(plan))).toBe(true);
  expect(staysExact(syntheticCounts({ ...plan, versions: 1_000_000 }))).toBe(false);
  expect(staysExact(syntheticCounts({ ...plan, versions: 1_000_000, shape: 'tables' }))).toBe(true);
});
