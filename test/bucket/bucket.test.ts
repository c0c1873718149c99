import { describe, expect, test } from 'vitest';
import { statusOf } from '../../src/bucket/blob.ts';
import { type Bucket, copiesDue, emptyBucket, isKept, isStored, nextDrop } from '../../src/bucket/bucket.ts';
import { keptUntilOf } from '../../src/bucket/copies.ts';
import { type BucketPolicy, MANAGED_BUCKET } from '../../src/bucket/policy.ts';
import type { Instant } from '../../src/values/units.ts';
import {
  applyLifecycle,
  deleteBlob,
  dropCopies,
  putBlob,
  undeleteBlob,
} from '../support/stores/bucket-changes.ts';
import { plain } from '../support/stores/plain.ts';
import { day, EVERY_BUCKET, policyOf, recounted, sized } from './every-bucket.ts';

// A key stands for one content here, as it does for the store: its bytes have always the same size.
const put = (bucket: Bucket, key: string, now = day(0), policy = MANAGED_BUCKET) =>
  putBlob(bucket, policy, key, sized(key === '' ? 7 : 5), now);
const status = (bucket: Bucket, key: string) => statusOf(bucket.blobs.get(key));
const figures = ({ storedBytes, billedBytes }: Bucket) => [storedBytes, billedBytes];
const whole = (bucket: Bucket) => {
  expect(figures(bucket)).toEqual(recounted(bucket));
  return bucket;
};

/** Puts and deletes a key so many times, a day each, beginning on a day. */
function deletedOften(policy: BucketPolicy, key: string, times: number, from = 0): Bucket {
  let bucket = emptyBucket();
  for (let at = from; at < from + times; at += 1) {
    bucket = whole(deleteBlob(whole(put(bucket, key, day(at))), policy, key, day(at)));
  }
  return bucket;
}

const daysOfCopies = (bucket: Bucket, key: string) =>
  bucket.blobs.get(key)?.copies.map(({ since }) => since / 86_400);

describe.each(EVERY_BUCKET)('a bucket of the flavor: $name', ({ policy, keeps }) => {
  const stored = put(emptyBucket(), 'a', day(1));
  const deleted = deleteBlob(stored, policy, 'a', day(2));

  test('stores what is put, under any key, and adds up its bytes (BKT-7)', () => {
    for (const key of ['a', '', '__proto__', 'two\nlines', '😀']) {
      const bucket = whole(put(emptyBucket(), key, day(1)));
      expect([isStored(bucket, key), isKept(bucket, key), status(bucket, key)]).toEqual([
        true,
        true,
        'stored',
      ]);
      expect(bucket.blobs.get(key)).toMatchObject({ key, copies: [], since: day(1) });
    }
  });

  test('puts the same key twice as if once: the size and the time of the first stay', () => {
    expect(putBlob(stored, policy, 'a', sized(9), day(3))).toBe(stored);
  });

  test('deletes twice as if once, and what it never had not at all', () => {
    expect(deleteBlob(deleted, policy, 'a', day(3))).toBe(deleted);
    expect(deleteBlob(deleted, policy, 'b', day(3))).toBe(deleted);
    expect(status(deleted, 'b')).toBe('gone');
  });

  test('cannot read a deleted object, and bills the copies that it keeps (BKT-1, BKT-2, BKT-4)', () => {
    whole(deleted);
    expect(isStored(deleted, 'a')).toBe(false);
    expect(isKept(deleted, 'a')).toBe(keeps !== null);
    expect(status(deleted, 'a')).toBe(keeps ?? 'gone');
    expect(deleted.blobs.get('a')?.since).toBe(day(2));
    expect(figures(deleted)).toEqual([0, keeps === null ? 0 : 5]);
  });

  test('brings back what it kept, and pays for it once again', () => {
    const back = whole(undeleteBlob(deleted, policy, 'a', day(3)));
    expect(isStored(back, 'a')).toBe(keeps !== null);
    expect(figures(back)).toEqual(keeps === null ? [0, 0] : [5, 5]);
    if (keeps !== null) expect(back.blobs.get('a')).toMatchObject({ copies: [], since: day(3) });
    else expect(back).toBe(deleted);
    expect(nextDrop(back)).toBeNull();
  });

  test('brings nothing back where the key is stored, or never was', () => {
    expect(undeleteBlob(stored, policy, 'a', day(3))).toBe(stored);
    expect(undeleteBlob(deleted, policy, 'b', day(3))).toBe(deleted);
  });

  test('can store a deleted key again, and keeps the copy of the old object', () => {
    const again = whole(put(deleted, 'a', day(3)));
    expect(again.blobs.get('a')).toMatchObject({ current: true, since: day(3) });
    expect(figures(again)).toEqual([5, keeps === null ? 5 : 10]);
    expect(status(again, 'a')).toBe('stored');
  });

  test('drops a copy at its very second, and not one before (BKT-3, BKT-4)', () => {
    const due = nextDrop(deleted);
    if (keeps === null) {
      expect(due).toBeNull();
      expect(copiesDue(deleted, policy, day(99_999))).toEqual([]);
      expect(dropCopies(deleted, policy, day(99_999))).toBe(deleted);
      return;
    }
    expect(due).toBe(keeps === 'noncurrent' ? day(32) : day(9));
    const at = due ?? day(0);
    expect(dropCopies(deleted, policy, (at - 1) as Instant)).toBe(deleted);
    const dropped = copiesDue(deleted, policy, at);
    const bucket = dropCopies(deleted, policy, at);
    expect(dropped).toEqual([{ key: 'a', sizeBytes: 5, kind: keeps, left: null }]);
    expect([status(whole(bucket), 'a'), isKept(bucket, 'a')]).toEqual(['gone', false]);
    expect(bucket.blobs.get('a')?.since).toBe(at);
    expect([...figures(bucket), bucket.copies.size]).toEqual([0, 0, 0]);
    expect(nextDrop(bucket)).toBeNull();
  });

  test('is a value: what is made from it leaves it as it was', () => {
    const before = plain(deleted);
    undeleteBlob(put(deleted, 'b', day(3)), policy, 'a', day(3));
    dropCopies(deleted, policy, day(999));
    applyLifecycle(deleted, { ...policy, lifecycle: [] });
    expect(plain(deleted)).toEqual(before);
  });
});

/** The bucket after the rules changed and dropped what they drop at once. */
function ruledBy(bucket: Bucket, policy: BucketPolicy, now: Instant): Bucket {
  return dropCopies(whole(applyLifecycle(bucket, policy)), policy, now);
}

describe.each(['aws', 'gcp', 'minio'] as const)('a lifecycle rule of %s by count (BKT-3)', (provider) => {
  const rule = (newerCopies: number) =>
    policyOf({ provider, versioning: true, lifecycle: [{ newerCopies }] });

  test.each([
    [0, []],
    [1, [4]],
    [3, [2, 3, 4]],
    [9, [0, 1, 2, 3, 4]],
  ])('leaves the newest %i of a key forever, each of which is billed', (count, days) => {
    const bucket = deletedOften(rule(count), 'a', 5);
    expect(daysOfCopies(bucket, 'a')).toEqual(days);
    expect(figures(bucket)).toEqual([0, days.length * 5]);
    expect(status(bucket, 'a')).toBe(days.length === 0 ? 'gone' : 'noncurrent');
    expect(nextDrop(bucket)).toBeNull();
    expect(dropCopies(bucket, rule(count), day(99_999))).toBe(bucket);
  });

  test('counts each key by itself', () => {
    const policy = rule(1);
    const bucket = deleteBlob(put(deletedOften(policy, 'a', 2), 'b', day(2)), policy, 'b', day(2));
    expect([daysOfCopies(bucket, 'a'), daysOfCopies(bucket, 'b')]).toEqual([[1], [2]]);
  });

  test('made stricter drops what it removes, the newest staying; made looser it drops nothing', () => {
    const three = deletedOften(rule(3), 'a', 3);
    const one = whole(ruledBy(three, rule(1), day(9)));
    expect(daysOfCopies(one, 'a')).toEqual([2]);
    expect([one.billedBytes, one.copies.size]).toEqual([5, 1]);
    const none = whole(ruledBy(three, rule(0), day(9)));
    expect([status(none, 'a'), none.blobs.get('a')?.since, none.billedBytes]).toEqual(['gone', day(9), 0]);
    expect(applyLifecycle(three, rule(9))).toBe(three);
  });
});

describe('lifecycle rules with days (BKT-3)', () => {
  const ruled = (...lifecycle: BucketPolicy['lifecycle']) =>
    policyOf({ provider: 'aws', versioning: true, lifecycle });
  const bucket = deletedOften(ruled({ noncurrentDays: 30 }), 'a', 3);

  test('are the current ones, also for copies from before they changed', () => {
    const next = (days: number) => nextDrop(applyLifecycle(bucket, ruled({ noncurrentDays: days })));
    expect([next(30), next(2), next(400)]).toEqual([day(30), day(2), day(400)]);
    const two = ruled({ noncurrentDays: 2 });
    const changed = applyLifecycle(bucket, two);
    expect(copiesDue(changed, two, day(3))).toHaveLength(2);
    const left = dropCopies(changed, two, day(3));
    expect([daysOfCopies(whole(left), 'a'), nextDrop(left)]).toEqual([[2], day(4)]);
  });

  test('leave the newest copy last, which says until when the key can be brought back', () => {
    const blob = bucket.blobs.get('a');
    expect(blob && keptUntilOf(blob, ruled({ noncurrentDays: 30 }))).toBe(day(32));
  });

  test('remove a copy when both conditions of one rule hold, and never the newest ones', () => {
    const policy = ruled({ newerCopies: 1, noncurrentDays: 30 });
    const kept = deletedOften(policy, 'a', 3);
    expect(daysOfCopies(kept, 'a')).toEqual([0, 1, 2]);
    expect(nextDrop(kept)).toBe(day(30));
    const last = whole(dropCopies(kept, policy, day(31)));
    expect([daysOfCopies(last, 'a'), nextDrop(last)]).toEqual([[2], null]);
    const blob = last.blobs.get('a');
    expect(blob && keptUntilOf(blob, policy)).toBeNull();
    // Long after its days, at the deletion that makes a newer copy.
    const again = whole(deleteBlob(put(last, 'a', day(400)), policy, 'a', day(400)));
    expect([daysOfCopies(again, 'a'), again.billedBytes, again.copies.size]).toEqual([[400], 5, 1]);
  });

  test('remove a copy when any of several applies', () => {
    const policy = ruled({ newerCopies: 1, noncurrentDays: 10 }, { newerCopies: 2 }, { noncurrentDays: 60 });
    const kept = deletedOften(policy, 'a', 3);
    expect(daysOfCopies(kept, 'a')).toEqual([1, 2]);
    expect(nextDrop(kept)).toBe(day(11));
    expect(nextDrop(dropCopies(kept, policy, day(11)))).toBe(day(62));
  });

  test('wait for a newer copy again if the newest is brought back', () => {
    const policy = ruled({ newerCopies: 1, noncurrentDays: 30 });
    const back = whole(undeleteBlob(deletedOften(policy, 'a', 2), policy, 'a', day(3)));
    expect([daysOfCopies(back, 'a'), nextDrop(back)]).toEqual([[0], null]);
  });

  test('keep copies forever if there are none', () => {
    const kept = deletedOften(ruled(), 'a', 3);
    expect([daysOfCopies(kept, 'a'), nextDrop(kept)]).toEqual([[0, 1, 2], null]);
    expect(nextDrop(applyLifecycle(bucket, ruled()))).toBeNull();
    expect(nextDrop(applyLifecycle(kept, ruled({ noncurrentDays: 30 })))).toBe(day(30));
  });
});

describe('versioning that is switched off (BKT-8)', () => {
  const PROVIDERS_WITH_VERSIONING = ['aws', 'gcp', 'minio'] as const;

  describe.each(PROVIDERS_WITH_VERSIONING)('on %s', (provider) => {
    const on = policyOf({ provider, versioning: true, lifecycle: [{ noncurrentDays: 30 }] });
    const off = { ...on, versioning: false };

    test('leaves the copies that there are, which still follow the rules', () => {
      const kept = deletedOften(on, 'a', 2);
      expect(nextDrop(kept)).toBe(day(30));
      expect(daysOfCopies(whole(dropCopies(kept, off, day(30))), 'a')).toEqual([1]);
      const strict = { ...off, lifecycle: [{ newerCopies: 1 }] };
      expect(daysOfCopies(whole(ruledBy(kept, strict, day(3))), 'a')).toEqual([1]);
    });

    test('makes the deletion of an object written since final', () => {
      const bucket = put(deletedOften(on, 'a', 2), 'a', day(3), off);
      expect(daysOfCopies(whole(deleteBlob(bucket, off, 'a', day(4))), 'a')).toEqual([0, 1]);
    });

    test('makes the deletion of an object written before final on GCP only', () => {
      const written = put(emptyBucket(), 'a', day(1), on);
      const bucket = whole(deleteBlob(written, off, 'a', day(2)));
      expect(status(bucket, 'a')).toBe(provider === 'gcp' ? 'gone' : 'noncurrent');
      expect(bucket.billedBytes).toBe(provider === 'gcp' ? 0 : 5);
    });

    test('does not make an object written again of one that is brought back', () => {
      const back = undeleteBlob(
        deleteBlob(put(emptyBucket(), 'a', day(1), on), on, 'a', day(2)),
        off,
        'a',
        day(3),
      );
      const bucket = deleteBlob(back, off, 'a', day(4));
      expect(status(bucket, 'a')).toBe(provider === 'gcp' ? 'gone' : 'noncurrent');
    });

    test('makes the deletion of an object final that was written before it was ever on', () => {
      const deleted = deleteBlob(put(emptyBucket(), 'a', day(1), off), on, 'a', day(2));
      expect(status(deleted, 'a')).toBe('noncurrent');
      const back = undeleteBlob(deleted, off, 'a', day(3));
      expect(status(deleteBlob(back, off, 'a', day(4)), 'a')).toBe('gone');
    });
  });
});

describe('soft delete (BKT-4)', () => {
  const azure = (softDeleteDays: number) => policyOf({ provider: 'azure', softDelete: true, softDeleteDays });

  test.each(['azure', 'gcp'] as const)(
    'on %s keeps a blob for the number of days that applied when it was deleted',
    (provider) => {
      const rule = (softDeleteDays: number) => policyOf({ provider, softDelete: true, softDeleteDays });
      const week = deletedOften(rule(7), 'a', 1);
      const both = whole(deleteBlob(put(week, 'b', day(1)), rule(1), 'b', day(1)));
      for (const later of [rule(1), rule(365), policyOf({ provider })]) {
        expect(nextDrop(both)).toBe(day(2));
        const dropped = copiesDue(both, later, day(2));
        const bucket = dropCopies(both, later, day(2));
        expect(dropped.map(({ key }) => key)).toEqual(['b']);
        expect(nextDrop(bucket)).toBe(day(7));
      }
    },
  );

  test('has no limit to the number of copies, and brings the newest back first', () => {
    const bucket = deletedOften(azure(365), 'a', 5);
    expect(daysOfCopies(bucket, 'a')).toEqual([0, 1, 2, 3, 4]);
    expect(bucket.billedBytes).toBe(25);
    expect(applyLifecycle(bucket, { ...azure(365), lifecycle: [{ newerCopies: 0 }] })).toBe(bucket);
    expect(daysOfCopies(whole(undeleteBlob(bucket, azure(365), 'a', day(9))), 'a')).toEqual([0, 1, 2, 3]);
  });

  describe('with versioning, on GCP', () => {
    const lifecycle = [{ noncurrentDays: 10 }];
    const gcp = policyOf({
      provider: 'gcp',
      versioning: true,
      softDelete: true,
      softDeleteDays: 8,
      lifecycle,
    });
    const kept = deletedOften(gcp, 'a', 1);

    test('keeps what a lifecycle rule removes, from then on', () => {
      expect([status(kept, 'a'), nextDrop(kept)]).toEqual(['noncurrent', day(10)]);
      const blob = kept.blobs.get('a');
      expect(blob && keptUntilOf(blob, gcp)).toBe(day(18));
      expect(copiesDue(kept, gcp, day(10))).toMatchObject([{ kind: 'noncurrent', left: 'soft-deleted' }]);
      const soft = whole(dropCopies(kept, gcp, day(10)));
      expect([status(soft, 'a'), soft.billedBytes, nextDrop(soft)]).toEqual(['soft-deleted', 5, day(18)]);
      expect(soft.blobs.get('a')?.since).toBe(day(10));
      expect(copiesDue(soft, gcp, day(18))).toMatchObject([{ kind: 'soft-deleted', left: null }]);
      const gone = whole(dropCopies(soft, gcp, day(18)));
      expect([status(gone, 'a'), gone.billedBytes, gone.copies.size]).toEqual(['gone', 0, 0]);
    });

    test('also what a newer copy pushes out', () => {
      const bucket = deletedOften({ ...gcp, lifecycle: [{ newerCopies: 1 }] }, 'a', 2);
      const copies = bucket.blobs.get('a')?.copies.map(({ kind, until }) => [kind, until]);
      expect(copies).toEqual([
        ['soft-deleted', day(9)],
        ['noncurrent', null],
      ]);
    });

    test('not if it is switched off by then', () => {
      const off = { ...gcp, softDelete: false };
      expect(status(whole(dropCopies(kept, off, day(10))), 'a')).toBe('gone');
    });
  });
});
