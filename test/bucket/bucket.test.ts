import { describe, expect, test } from 'vitest';
import { statusOf } from '../../src/bucket/blob.ts';
import {
  type Bucket,
  copiesDue,
  emptyBucket,
  isKept,
  isStored,
  keptUntilOf,
  nextDrop,
} from '../../src/bucket/bucket.ts';
import type { BucketPolicy } from '../../src/bucket/policy.ts';
import type { Instant } from '../../src/values/units.ts';
import {
  deleteBlob,
  dropCopies,
  putBlob,
  trimCopies,
  undeleteBlob,
} from '../support/stores/bucket-changes.ts';
import { plain } from '../support/stores/plain.ts';
import { day, EVERY_BUCKET, policyOf, recounted, sized } from './every-bucket.ts';

// A key stands for one content here, as it does for the store: its bytes have always the same size.
const put = (bucket: Bucket, key: string, now = day(0)) =>
  putBlob(bucket, key, sized(key === '' ? 7 : 5), now);
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
    expect(putBlob(stored, 'a', sized(9), day(3))).toBe(stored);
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
    const back = whole(undeleteBlob(deleted, 'a', day(3)));
    expect(isStored(back, 'a')).toBe(keeps !== null);
    expect(figures(back)).toEqual(keeps === null ? [0, 0] : [5, 5]);
    if (keeps !== null) expect(back.blobs.get('a')).toMatchObject({ copies: [], since: day(3) });
    else expect(back).toBe(deleted);
    expect(nextDrop(back, policy)).toBeNull();
  });

  test('brings nothing back where the key is stored, or never was', () => {
    expect(undeleteBlob(stored, 'a', day(3))).toBe(stored);
    expect(undeleteBlob(deleted, 'b', day(3))).toBe(deleted);
  });

  test('can store a deleted key again, and keeps the copy of the old object', () => {
    const again = whole(put(deleted, 'a', day(3)));
    expect(again.blobs.get('a')).toMatchObject({ current: true, since: day(3) });
    expect(figures(again)).toEqual([5, keeps === null ? 5 : 10]);
    expect(status(again, 'a')).toBe('stored');
  });

  test('drops a copy at its very second, and not one before (BKT-3, BKT-4)', () => {
    const due = nextDrop(deleted, policy);
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
    expect(dropped).toEqual([{ key: 'a', sizeBytes: 5, kind: keeps }]);
    expect([status(whole(bucket), 'a'), isKept(bucket, 'a')]).toEqual(['gone', false]);
    expect(bucket.blobs.get('a')?.since).toBe(at);
    expect([...figures(bucket), bucket.noncurrent.size, bucket.softDeleted.size]).toEqual([0, 0, 0, 0]);
    expect(nextDrop(bucket, policy)).toBeNull();
  });

  test('is a value: what is made from it leaves it as it was', () => {
    const before = plain(deleted);
    undeleteBlob(put(deleted, 'b', day(3)), 'a', day(3));
    dropCopies(deleted, policy, day(999));
    trimCopies(deleted, { ...policy, noncurrentCopies: 0 }, day(3));
    expect(plain(deleted)).toEqual(before);
  });
});

describe.each(['aws', 'gcp', 'minio'] as const)('the lifecycle rule of %s by count (BKT-3)', (provider) => {
  const rule = (noncurrentCopies: number) => policyOf({ provider, versioning: true, noncurrentCopies });

  test.each([
    [0, []],
    [1, [4]],
    [3, [2, 3, 4]],
    [9, [0, 1, 2, 3, 4]],
  ])('leaves the newest %i of a key, each of which is paid for', (count, days) => {
    const bucket = deletedOften(rule(count), 'a', 5);
    expect(daysOfCopies(bucket, 'a')).toEqual(days);
    expect(figures(bucket)).toEqual([0, days.length * 5]);
    expect(status(bucket, 'a')).toBe(days.length === 0 ? 'gone' : 'noncurrent');
  });

  test('counts each key by itself', () => {
    const policy = rule(1);
    const bucket = deleteBlob(put(deletedOften(policy, 'a', 2), 'b', day(2)), policy, 'b', day(2));
    expect([daysOfCopies(bucket, 'a'), daysOfCopies(bucket, 'b')]).toEqual([[1], [2]]);
  });

  test('made stricter drops what is beyond it at once, the newest staying; made looser it drops nothing', () => {
    const three = deletedOften(rule(3), 'a', 3);
    const one = whole(trimCopies(three, rule(1), day(9)));
    expect(daysOfCopies(one, 'a')).toEqual([2]);
    expect([one.billedBytes, one.noncurrent.size]).toEqual([5, 1]);
    const none = whole(trimCopies(three, rule(0), day(9)));
    expect([status(none, 'a'), none.blobs.get('a')?.since, none.billedBytes]).toEqual(['gone', day(9), 0]);
    expect(trimCopies(three, rule(9), day(9))).toBe(three);
  });

  test('switched off with the versioning drops nothing, and what is deleted from then on is gone', () => {
    const off = policyOf({ provider, versioning: false, noncurrentCopies: 1 });
    const kept = deletedOften(rule(3), 'a', 3);
    expect(trimCopies(kept, off, day(3))).toBe(kept);
    const bucket = whole(deleteBlob(put(kept, 'a', day(4)), off, 'a', day(4)));
    expect(daysOfCopies(bucket, 'a')).toEqual([0, 1, 2]);
    expect(daysOfCopies(whole(undeleteBlob(bucket, 'a', day(5))), 'a')).toEqual([0, 1]);
  });
});

describe('the lifecycle rule by days (BKT-3)', () => {
  const rule = (noncurrentDays: number) =>
    policyOf({ provider: 'aws', versioning: true, noncurrentCopies: 9, noncurrentDays });
  const bucket = deletedOften(rule(30), 'a', 3);

  test('is the current rule, also for copies from before it changed', () => {
    expect(nextDrop(bucket, rule(30))).toBe(day(30));
    expect(nextDrop(bucket, rule(2))).toBe(day(2));
    expect(nextDrop(bucket, rule(400))).toBe(day(400));
    const dropped = copiesDue(bucket, rule(2), day(3));
    const left = dropCopies(bucket, rule(2), day(3));
    expect(dropped).toHaveLength(2);
    expect([daysOfCopies(whole(left), 'a'), nextDrop(left, rule(2))]).toEqual([[2], day(4)]);
  });

  test('leaves the newest copy last, which says until when the key can be brought back', () => {
    const blob = bucket.blobs.get('a');
    expect(blob && keptUntilOf(blob, rule(30))).toBe(day(32));
  });
});

describe('the soft delete of Azure (BKT-4)', () => {
  const rule = (softDeleteDays: number) => policyOf({ provider: 'azure', softDelete: true, softDeleteDays });

  test('keeps a blob for the number of days that applied when it was deleted', () => {
    const week = deletedOften(rule(7), 'a', 1);
    const both = whole(deleteBlob(put(week, 'b', day(1)), rule(1), 'b', day(1)));
    for (const later of [rule(1), rule(365), policyOf({ provider: 'azure' })]) {
      expect(nextDrop(both, later)).toBe(day(2));
      const dropped = copiesDue(both, later, day(2));
      const bucket = dropCopies(both, later, day(2));
      expect(dropped.map(({ key }) => key)).toEqual(['b']);
      expect(nextDrop(bucket, later)).toBe(day(7));
    }
  });

  test('has no limit to the number of copies, and brings the newest back first', () => {
    const bucket = deletedOften(rule(365), 'a', 5);
    expect(daysOfCopies(bucket, 'a')).toEqual([0, 1, 2, 3, 4]);
    expect(bucket.billedBytes).toBe(25);
    expect(trimCopies(bucket, { ...rule(365), noncurrentCopies: 0 }, day(9))).toBe(bucket);
    expect(daysOfCopies(whole(undeleteBlob(bucket, 'a', day(9))), 'a')).toEqual([0, 1, 2, 3]);
  });
});
