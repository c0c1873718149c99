import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isStored } from '../../src/bucket/bucket.ts';
import type { Going } from '../../src/insight/usage/freeable.ts';
import type { UsageRow } from '../../src/insight/usage/rows.ts';
import { type Usage, usage } from '../../src/insight/usage/usage.ts';
import type { Store } from '../../src/store/store.ts';
import type { Version } from '../../src/store/version.ts';
import { plannedDeletions } from '../support/arbitraries/planned-deletions.ts';
import { simulatorAfter } from '../support/histories/play-history.ts';
import { naiveHolders } from '../support/naive/look-ups.ts';
import { PATIENCE_MS, runs } from '../support/property-runs.ts';

const LEVELS = [
  ['projects', projectOf],
  ['collections', ({ collectionId }: Version) => collectionId],
  ['versions', ({ id }: Version) => id],
] as const;

describe('Usage', { timeout: PATIENCE_MS }, () => {
  test('adds up to the figures of the store in every table (BKT-7)', () => {
    const property = fc.property(plannedDeletions, ({ history }) => {
      const { store } = simulatorAfter(history);
      const used = usage(store);
      const { logicalBytes, bucket } = store;
      const { storedBytes, billedBytes } = bucket;
      expect(used.total).toEqual({ logicalBytes, storedBytes, billedBytes });
      for (const [level] of LEVELS) expect(totalOf(used, level), level).toEqual(used.total);
    });
    fc.assert(property, runs(300));
  });

  test('says what is exclusive and what is shared as a recount does', () => {
    const property = fc.property(plannedDeletions, ({ history }) => {
      const { store } = simulatorAfter(history);
      const used = usage(store);
      for (const [level, groupOf] of LEVELS) {
        for (const { id, exclusiveBytes, sharedBytes } of used[level]) {
          const recounted = naiveShares(store, (version) => groupOf(version, store) === id);
          expect({ exclusiveBytes, sharedBytes }, `${level} ${id}`).toEqual(recounted);
        }
      }
    });
    fc.assert(property, runs(150));
  });

  test('says of all that is stored or billed, and nothing live holds, that it goes', () => {
    const property = fc.property(plannedDeletions, ({ history }) => {
      const { store } = simulatorAfter(history);
      const { freeable } = usage(store);
      const holders = naiveHolders(store);
      const going = { softDeleted: 0, heldByNothing: 0 };
      for (const { key, current, sizeBytes } of store.bucket.blobs.unorderedRows()) {
        const ids = [...(holders.get(key) ?? [])];
        if (!current || ids.some((id) => isLive(versionOf(store, id)))) continue;
        going[ids.length > 0 ? 'softDeleted' : 'heldByNothing'] += sizeBytes;
      }
      expect(bytesOf(freeable.softDeleted)).toBe(going.softDeleted);
      expect(bytesOf(freeable.heldByNothing)).toBe(going.heldByNothing);
      expect(bytesOf(freeable.copies)).toBe(store.bucket.billedBytes - store.bucket.storedBytes);
    });
    fc.assert(property, runs(150));
  });

  test('puts what costs most first', () => {
    const property = fc.property(plannedDeletions, ({ history }) => {
      const used = usage(simulatorAfter(history).store);
      for (const [level] of LEVELS) {
        const billed = used[level].map(({ billedBytes }) => billedBytes);
        expect(billed).toEqual([...billed].sort((left, right) => right - left));
      }
    });
    fc.assert(property, runs(50));
  });
});

function totalOf(used: Usage, level: (typeof LEVELS)[number][0]) {
  const rows: readonly UsageRow<string>[] = used[level];
  const sum = (key: 'logicalBytes' | 'storedBytes' | 'billedBytes') =>
    rows.reduce((bytes, row) => bytes + row[key], 0);
  return {
    logicalBytes: sum('logicalBytes'),
    storedBytes: sum('storedBytes'),
    billedBytes: sum('billedBytes'),
  };
}

// Object by object: who holds it, whether one of them is live, and whether they are all in the group.
function naiveShares(store: Store, isIn: (version: Version) => boolean) {
  let [exclusiveBytes, sharedBytes] = [0, 0];
  for (const [key, ids] of naiveHolders(store)) {
    const all = [...ids].map((id) => versionOf(store, id));
    if (!isStored(store.bucket, key) || !all.some(isIn)) continue;
    const live = all.filter(isLive);
    const size = store.bucket.blobs.get(key)?.sizeBytes ?? 0;
    if ((live.length > 0 ? live : all).every(isIn)) exclusiveBytes += size;
    else sharedBytes += size;
  }
  return { exclusiveBytes, sharedBytes };
}

function isLive({ state }: Version): boolean {
  return state.kind === 'PENDING' || state.kind === 'COMMITTED';
}

function projectOf({ collectionId }: Version, store: Store): string | undefined {
  const name = store.collections.get(collectionId)?.name;
  const projects = [...store.projects.unorderedRows()];
  return projects.find(
    (project) => project.name.entity === name?.entity && project.name.project === name.project,
  )?.id;
}

function versionOf(store: Store, id: string): Version {
  for (const version of store.versions.unorderedRows()) if (version.id === id) return version;
  throw new Error(`no version ${id}`);
}

function bytesOf(goings: readonly Going[]): number {
  return goings.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
