import { describe, expect, test } from 'vitest';
import { type Bucket, copiesDue, emptyBucket, nextDrop } from '../../src/bucket/bucket.ts';
import type { BucketPolicy } from '../../src/bucket/policy.ts';
import {
  applyLifecycle,
  deleteBlob,
  dropCopies,
  putBlob,
  undeleteBlob,
} from '../support/stores/bucket-changes.ts';
import { day, policyOf, sized } from './every-bucket.ts';

const versioned = policyOf({ provider: 'aws', versioning: true, lifecycle: [{ noncurrentDays: 10 }] });
const azure = policyOf({ provider: 'azure', softDelete: true, softDeleteDays: 10 });

const put = (bucket: Bucket, on: number) => putBlob(bucket, versioned, 'a', sized(5), day(on));
const putAndDeleted = (bucket: Bucket, policy: BucketPolicy, on: number) =>
  deleteBlob(put(bucket, on), policy, 'a', day(on));
const twice = putAndDeleted(putAndDeleted(emptyBucket(), versioned, 0), versioned, 3);
const since = (bucket: Bucket) => bucket.blobs.get('a')?.since;

describe('a key has its status since', () => {
  test('its deletion, for as long as a copy is left, and since the last is dropped from then on', () => {
    expect(since(dropCopies(twice, versioned, day(10)))).toBe(day(3));
    expect(since(dropCopies(dropCopies(twice, versioned, day(10)), versioned, day(13)))).toBe(day(13));
    expect(since(dropCopies(twice, versioned, day(20)))).toBe(day(20));
  });

  test('it was put, whatever copies of it are dropped', () => {
    expect(since(dropCopies(put(twice, 4), versioned, day(10)))).toBe(day(4));
    expect(since(dropCopies(put(twice, 4), versioned, day(20)))).toBe(day(4));
  });

  test('it was brought back', () => {
    expect(since(undeleteBlob(twice, versioned, 'a', day(5)))).toBe(day(5));
  });
});

describe('copies of both kinds', () => {
  // A bucket that moved from one provider to another keeps what it had.
  const both = putAndDeleted(putAndDeleted(emptyBucket(), azure, 0), versioned, 3);

  test('are numbered in the order of their deletions', () => {
    expect(both.nextCopyNumber).toBe(2);
    expect(both.blobs.get('a')?.copies.map(({ number, kind }) => [number, kind])).toEqual([
      [0, 'soft-deleted'],
      [1, 'noncurrent'],
    ]);
  });

  test('are removed by lifecycle rules only where they are noncurrent', () => {
    const ruledBy = (newerCopies: number) => {
      const policy = { ...versioned, lifecycle: [{ newerCopies }] };
      return dropCopies(applyLifecycle(both, policy), policy, day(4));
    };
    expect(ruledBy(1).blobs.get('a')?.copies).toHaveLength(2);
    const none = ruledBy(0);
    expect(none.blobs.get('a')?.copies.map(({ kind }) => kind)).toEqual(['soft-deleted']);
    expect(none.copies.size).toBe(1);
  });

  test('are dropped each at its own time, in one queue', () => {
    expect(nextDrop(both)).toBe(day(10));
    const dropped = dropCopies(both, versioned, day(10));
    expect([dropped.copies.size, nextDrop(dropped)]).toEqual([1, day(13)]);
  });
});

describe('a bug is found', () => {
  test('if a key of which copies are kept is put with another size', () => {
    expect(() => putBlob(twice, versioned, 'a', sized(6), day(4))).toThrow('a keeps its size');
  });

  test('if the bucket waits to drop a copy that it does not keep, or of a key that it does not know', () => {
    const blob = twice.blobs.get('a');
    if (blob === undefined) throw new Error('the key was put');
    const without = { ...twice, blobs: twice.blobs.insert('a', { ...blob, copies: [] }) };
    expect(() => nextDrop(without)).toThrow('the bucket keeps a copy of a');
    expect(() => copiesDue({ ...twice, blobs: twice.blobs.remove('a') }, versioned, day(10))).toThrow(
      'the bucket keeps a copy of a',
    );
  });
});
