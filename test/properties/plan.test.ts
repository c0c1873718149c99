import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isKept, isStored } from '../../src/bucket/bucket.ts';
import { type Plan, plan } from '../../src/insight/plan/plan.ts';
import type { Refusal } from '../../src/lifecycle/decision.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import type { Store } from '../../src/store/store.ts';
import { holdsObjects } from '../../src/store/version.ts';
import { seconds } from '../../src/values/units.ts';
import { plannedDeletions } from '../support/arbitraries/planned-deletions.ts';
import { simulatorAfter } from '../support/histories/play-history.ts';
import { naiveObjectsOf } from '../support/naive/look-ups.ts';
import { PATIENCE_MS, runs } from '../support/property-runs.ts';
import { plain } from '../support/stores/plain.ts';

const YEARS = 3 * 366 * 86_400;

describe('A plan of deletions', { timeout: PATIENCE_MS }, () => {
  test('is right to the byte and the second once they are done and time passes', () => {
    const property = fc.property(plannedDeletions, ({ history, deletions }) => {
      const simulator = simulatorAfter(history);
      const before = plain(simulator.store);
      const planned = plan(simulator.store, deletions);
      expect(plain(simulator.store)).toEqual(before);

      const refusals: Refusal[] = [];
      const deleted = new Set<string>();
      for (const deletion of deletions) {
        const outcome = simulator.apply(deletion);
        if (!outcome.ok) refusals.push(outcome.refusal);
        for (const event of outcome.ok ? outcome.events : []) {
          if (event.type === 'deletionRefused') refusals.push(event.refusal);
          if (event.type === 'versionDeleted') deleted.add(event.versionId);
        }
      }
      expect(planned.refused.map(({ refusal }) => refusal)).toEqual(refusals);
      expect(new Set(planned.versions.map(({ versionId }) => versionId))).toEqual(deleted);
      expect(planned.figures.after).toEqual(figures(simulator.store));
      expect(new Set(planned.objects.map(({ objectId }) => objectId))).toEqual(
        objectsHeldBy(simulator.store, deleted),
      );

      for (const at of instantsOf(planned)) {
        arriveAt(simulator, at);
        expectAsPlanned(planned, simulator.store);
      }
      const later = planned.figures.later.map(({ at }) => at);
      arriveAt(simulator, Math.max(simulator.store.now, ...later) + YEARS);
      expectAsPlanned(planned, simulator.store);
    });
    fc.assert(property, runs(600));
  });

  test('says of each version that stays what it holds alone, before and after, as a recount does', () => {
    const property = fc.property(plannedDeletions, ({ history, deletions }) => {
      const { store } = simulatorAfter(history);
      const { versions, remaining } = plan(store, deletions, { all: true });
      const deleted = new Set<string>(versions.map(({ versionId }) => versionId));
      const live = [...store.versions.unorderedRows()].filter(
        ({ state }) => state.kind === 'COMMITTED' || state.kind === 'PENDING',
      );
      const staying = live.filter(({ id }) => !deleted.has(id));
      expect(new Set(remaining.map(({ versionId }) => versionId))).toEqual(
        new Set(staying.map(({ id }) => id)),
      );
      for (const row of remaining) {
        const held = [...naiveObjectsOf(versionOf(store, row.versionId))].filter((key) =>
          isStored(store.bucket, key),
        );
        const bytes = (keys: readonly string[]) =>
          keys.reduce((sum, key) => sum + (store.bucket.blobs.get(key)?.sizeBytes ?? 0), 0);
        const alone = (among: typeof live) =>
          held.filter((key) => among.filter((other) => naiveObjectsOf(other).has(key)).length === 1);
        expect(row.exclusiveBytes).toBe(bytes(alone(staying)));
        expect(row.exclusiveBytesBefore).toBe(bytes(alone(live)));
        expect(row.exclusiveBytes + row.sharedBytes).toBe(bytes(held));
      }
    });
    fc.assert(property, runs(150));
  });
});

function expectAsPlanned({ objects, figures: { later } }: Plan, { bucket, now }: Store): void {
  for (const { objectId, fate, freedAt, billedUntil } of objects) {
    const stored = fate === 'kept' || fate === 'never freed' || (freedAt !== null && now < freedAt);
    expect(isStored(bucket, objectId), `${objectId}, ${fate}, is stored at ${now}`).toBe(stored);
    if (billedUntil === null) continue;
    expect(isKept(bucket, objectId), `${objectId} is billed at ${now}`).toBe(now < billedUntil);
  }
  const then = later.find(({ at }) => at === now);
  if (then === undefined) return;
  const { storedBytes, billedBytes } = bucket;
  expect({ at: now, storedBytes, billedBytes }).toEqual(then);
}

function instantsOf({ objects, now }: Plan): readonly number[] {
  const turns = objects.flatMap(({ freedAt, billedUntil }) => [freedAt, billedUntil]);
  const instants = turns.flatMap((at) => (at === null ? [] : [Math.max(now, at - 1), at]));
  return [...new Set(instants)].sort((left, right) => left - right);
}

function arriveAt(simulator: Simulator, at: number): void {
  expect(simulator.apply({ type: 'wait', duration: seconds(at - simulator.store.now) }).ok).toBe(true);
}

function figures({ logicalBytes, bucket: { storedBytes, billedBytes } }: Store) {
  return { logicalBytes, storedBytes, billedBytes };
}

function objectsHeldBy(store: Store, versionIds: ReadonlySet<string>): ReadonlySet<string> {
  const held = [...store.versions.unorderedRows()].filter(
    (version) => versionIds.has(version.id) && holdsObjects(version),
  );
  return new Set(held.flatMap((version) => [...naiveObjectsOf(version)]));
}

function versionOf(store: Store, id: string) {
  for (const version of store.versions.unorderedRows()) if (version.id === id) return version;
  throw new Error(`no version ${id}`);
}
