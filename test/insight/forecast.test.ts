import { describe, expect, test } from 'vitest';
import type { Bucket } from '../../src/bucket/bucket.ts';
import { Forecast } from '../../src/insight/forecast.ts';
import { laterFigures } from '../../src/insight/plan/later-figures.ts';
import type { SettingsChanges } from '../../src/lifecycle/operation/operating.ts';
import { holdersOfAll } from '../../src/store/holders.ts';
import { versionById } from '../../src/store/look-up.ts';
import type { Store } from '../../src/store/store.ts';
import { type Instant, LARGEST_EXACT, seconds } from '../../src/values/units.ts';
import { deleteBlob, putBlob } from '../support/stores/bucket-changes.ts';
import {
  begin,
  bytesOf,
  clock,
  log,
  release,
  removeWithAliases,
  review,
  server,
  setTtl,
  time,
} from '../support/stores/builders.ts';
import { collected, given, type History } from '../support/stores/given.ts';
import { objectId, versionId } from '../support/stores/names.ts';

const day = (count: number) => (count * 86_400) as Instant;
const ENABLED = [{ name: 'GORILLA_ARTIFACT_GC_ENABLED', value: 'true' }];
const m0 = versionId('m:v0');
const trashed = [log('m', { a: '1MB' }), removeWithAliases('m:v0')] as const;

function onAws(more: SettingsChanges['bucket'] = {}) {
  return server({
    deployment: 'self-managed',
    env: ENABLED,
    bucket: { provider: 'aws', versioning: true, ...more },
  });
}

describe('a version holds its objects', () => {
  const until = (...history: readonly History[]) => {
    const { store } = given(...history);
    return new Forecast(store).holdsUntil(versionById(store, m0));
  };

  test('forever while it is committed and does not expire', () => {
    expect(until(log('m'))).toBeNull();
  });

  test('for a retention after it expires, after it is abandoned, or after it was deleted', () => {
    expect(until(log('m'), setTtl('m:v0', '20d'))).toBe(day(27));
    expect(until(begin('m'))).toBe(day(14));
    expect(until(...trashed, clock('1d'))).toBe(day(7));
  });

  test('until now once it was reviewed, even if the retention is longer since, or is DELETED', () => {
    const reviewed = [...trashed, clock('8d'), review] as const;
    expect(until(...reviewed, server({ retentionSeconds: time('30d') }))).toBe(day(8));
    expect(until(...trashed, clock('9d'), collected)).toBe(day(9));
  });

  test('forever if its retention ends beyond the last exact second', () => {
    const retentionSeconds = seconds(LARGEST_EXACT);
    expect(until(...trashed, server({ retentionSeconds }))).toBe(LARGEST_EXACT);
    expect(until(log('x'), clock('1d'), ...trashed, server({ retentionSeconds }))).toBeNull();
  });
});

describe('an object is freed', () => {
  const a = objectId('m', 'a');
  const at = (...history: readonly History[]) => {
    const { store } = given(...history);
    return new Forecast(store).freedAt(a, holdersOfAll(store).get(a) ?? []);
  };

  test('at the first run after the last of its holders lets go of it', () => {
    expect(at(...trashed, clock('1h'))).toBe(day(7));
    const twice = [log('m', { a: '1MB' }), log('m', { a: '1MB', b: '1MB' })] as const;
    const deletedLater = [removeWithAliases('m:v1'), clock('30h'), removeWithAliases('m:v0')] as const;
    expect(at(...twice, ...deletedLater)).toBe(time('198h'));
    expect(at(...twice, removeWithAliases('m:v0'), clock('30h'), removeWithAliases('m:v1'))).toBe(
      time('198h'),
    );
  });

  test('at the next run if nothing holds it any more', () => {
    expect(at(...trashed, clock('169h'), review, release(m0))).toBe(time('174h'));
  });

  test('never if a version holds it forever, the store does not know it, or garbage collection does not run', () => {
    expect(at(log('m', { a: '1MB' }))).toBeNull();
    expect(at()).toBeNull();
    expect(at(onAws(), ...trashed)).toBe(day(7));
    expect(at(onAws({ versioning: false }), ...trashed)).toBeNull();
  });
});

/** The bucket after the key was put and deleted on these days, and whether it is put again on the day after the last. */
function bucketOf(store: Store, deletedOn: readonly number[], current: boolean): Bucket {
  let { bucket } = store;
  const policy = store.settings.bucket;
  for (const on of deletedOn) {
    bucket = putBlob(bucket, policy, 'key', bytesOf('1MB'), day(on));
    bucket = deleteBlob(bucket, policy, 'key', day(on));
  }
  return current ? putBlob(bucket, policy, 'key', bytesOf('1MB'), day((deletedOn.at(-1) ?? 0) + 1)) : bucket;
}

describe('what is billed under a key ends', () => {
  const endsIn = (
    policy: SettingsChanges['bucket'],
    deletedOn: readonly number[],
    freed: number | null,
    current = true,
  ) => {
    const { store } = given(onAws(policy));
    const bucket = bucketOf(store, deletedOn, current);
    const blob = bucket.blobs.get('key');
    if (blob === undefined) throw new Error('the key was put');
    const found = new Forecast({ ...store, bucket }).billingEnds(blob, freed === null ? null : day(freed));
    return found.map((end) => (end === null ? null : end / 86_400));
  };

  const ends = (copies: number, deletedOn: readonly number[], freed: number | null, current = true) =>
    endsIn({ lifecycle: [{ newerCopies: copies }, { noncurrentDays: 30 }] }, deletedOn, freed, current);

  test('30 days after each deletion, for copies that are not too many', () => {
    expect(ends(5, [0, 2], null, false)).toEqual([30, 32]);
    expect(ends(5, [0, 2], 10)).toEqual([30, 32, 40]);
  });

  test('at the deletion that makes one too many, for the oldest', () => {
    expect(ends(2, [0, 2], 10)).toEqual([10, 32, 40]);
    expect(ends(1, [0], 10)).toEqual([10, 40]);
    expect(ends(1, [0], 35)).toEqual([30, 65]);
  });

  test('with the deletion where no copy is kept', () => {
    expect(ends(0, [], 10)).toEqual([10]);
  });

  test('never for the newest copies if one rule asks for newer ones too, and for older ones when both hold', () => {
    const policy = { lifecycle: [{ newerCopies: 1, noncurrentDays: 30 }] };
    expect(endsIn(policy, [0, 2], null, false)).toEqual([30, null]);
    expect(endsIn(policy, [0], 10)).toEqual([30, null]);
    expect(endsIn(policy, [0], 35)).toEqual([35, null]);
    expect(endsIn(policy, [], 35)).toEqual([null]);
    expect(endsIn({ lifecycle: [] }, [0, 2], 10)).toEqual([null, null, null]);
  });

  test('after the days of soft delete too, for a noncurrent copy on GCP (BKT-4)', () => {
    const policy = { provider: 'gcp', softDeleteDays: 8, lifecycle: [{ noncurrentDays: 30 }] } as const;
    expect(endsIn(policy, [0, 2], 10)).toEqual([38, 40, 48]);
    expect(endsIn(policy, [0], 35)).toEqual([38, 73]);
    expect(endsIn({ ...policy, lifecycle: [{ newerCopies: 1 }] }, [0], 35)).toEqual([43, null]);
    expect(endsIn({ ...policy, softDelete: false }, [0], 35)).toEqual([30, 65]);
  });

  test('never for current bytes that are never freed', () => {
    expect(ends(5, [0, 2], null)).toEqual([30, 32, null]);
    expect(ends(5, [], null)).toEqual([null]);
  });
});

describe('the figures to come', () => {
  const { store } = given(
    onAws(),
    log('m', { a: '1MB' }),
    log('n', { b: '2MB' }),
    log('o', { c: '4MB' }),
    removeWithAliases('n:v0'),
    clock('1d'),
    removeWithAliases('m:v0'),
  );
  const figures = (days: readonly number[], of: Store = store) =>
    laterFigures(of, new Forecast(of), holdersOfAll(of), days.map(day)).map(
      ({ at, storedBytes, billedBytes }) => [at / 86_400, storedBytes / 1_000_000, billedBytes / 1_000_000],
    );

  test('lose what is freed at its time, and what is billed for it later', () => {
    expect(figures([1, 7, 8, 36, 37, 38, 400])).toEqual([
      [1, 7, 7],
      [7, 5, 7],
      [8, 4, 7],
      [36, 4, 7],
      [37, 4, 5],
      [38, 4, 4],
      [400, 4, 4],
    ]);
  });

  test('come in the order of time, once for each instant', () => {
    expect(figures([38, 7, 400, 7, 8])).toEqual([
      [7, 5, 7],
      [8, 4, 7],
      [38, 4, 4],
      [400, 4, 4],
    ]);
  });

  test('lose the copies of what is stored again, or was never known', () => {
    const bucket = bucketOf(store, [0], true);
    expect(figures([1, 29, 30, 400], { ...store, bucket })).toEqual([
      [1, 8, 9],
      [29, 5, 9],
      [30, 5, 8],
      [400, 5, 5],
    ]);
  });
});
