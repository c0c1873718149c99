import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bucket, deleteBlob, emptyBucket, isStored, putBlob } from '../../src/bucket/bucket.ts';
import type { Bytes, Instant } from '../../src/values/units.ts';
import { plain } from '../support/plain.ts';

const at = (instant: number) => instant as Instant;
const sized = (count: number) => count as Bytes;
const put = (bucket: Bucket, key: string, count: number, now = 0) =>
  putBlob(bucket, key, sized(count), at(now));

describe('a bucket', () => {
  test('agrees with a Map of what is stored, and adds up its bytes as it goes (BKT-7)', () => {
    const step = fc.tuple(
      fc.constantFrom('put', 'delete'),
      fc.constantFrom('a', 'b', '__proto__', ''),
      fc.nat(9),
    );
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const model = new Map<string, number>();
        let bucket = emptyBucket();
        for (const [now, [kind, key, count]] of steps.entries()) {
          if (kind === 'put') {
            bucket = put(bucket, key, count, now);
            if (!model.has(key)) model.set(key, count);
          } else {
            bucket = deleteBlob(bucket, key, at(now));
            model.delete(key);
          }
          const sum = [...model.values()].reduce((total, stored) => total + stored, 0);
          expect(isStored(bucket, key)).toBe(model.has(key));
          expect([bucket.storedBytes, bucket.billedBytes]).toEqual([sum, sum]);
        }
      }),
    );
  });

  test('puts the same key twice as if once: the size and the time of the first stay', () => {
    const once = put(emptyBucket(), 'a', 5, 1);
    expect(put(once, 'a', 9, 2)).toBe(once);
    expect(once.blobs.get('a')).toEqual({ key: 'a', sizeBytes: 5, status: 'stored', since: 1 });
  });

  test('deletes twice as if once, and what it never had not at all', () => {
    const gone = deleteBlob(put(emptyBucket(), 'a', 5, 1), 'a', at(2));
    expect(deleteBlob(gone, 'a', at(3))).toBe(gone);
    expect(deleteBlob(gone, 'b', at(3))).toBe(gone);
  });

  test('forgets the bytes of what it deletes, and remembers since when it is gone (BKT-1)', () => {
    const gone = deleteBlob(put(emptyBucket(), 'a', 5, 1), 'a', at(2));
    expect(isStored(gone, 'a')).toBe(false);
    expect(gone.blobs.get('a')).toEqual({ key: 'a', sizeBytes: 5, status: 'gone', since: 2 });
    expect([gone.storedBytes, gone.billedBytes]).toEqual([0, 0]);
  });

  test('takes the bytes of a key that is gone anew, of whatever size', () => {
    const gone = deleteBlob(put(emptyBucket(), 'a', 5, 1), 'a', at(2));
    expect(put(gone, 'a', 7, 3).blobs.get('a')).toEqual({
      key: 'a',
      sizeBytes: 7,
      status: 'stored',
      since: 3,
    });
  });

  test('is a value: what is made from it leaves it as it was', () => {
    const bucket = put(emptyBucket(), 'a', 5);
    const before = plain(bucket);
    deleteBlob(put(bucket, 'b', 1), 'a', at(1));
    expect(plain(bucket)).toEqual(before);
  });
});
