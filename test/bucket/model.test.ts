import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BlobStatus, type KeptCopy, statusOf } from '../../src/bucket/blob.ts';
import { type Bucket, copiesDue, emptyBucket, isKept, isStored, nextDrop } from '../../src/bucket/bucket.ts';
import type { BucketPolicy } from '../../src/bucket/policy.ts';
import { byCodePoint } from '../../src/values/order.ts';
import type { Instant } from '../../src/values/units.ts';
import { PATIENCE_MS, runs } from '../support/property-runs.ts';
import {
  deleteBlob,
  dropCopies,
  putBlob,
  trimCopies,
  undeleteBlob,
} from '../support/stores/bucket-changes.ts';
import { day, EVERY_BUCKET, policyOf, recounted, sized } from './every-bucket.ts';

const KEYS = ['a', 'b', '__proto__', ''] as const;
type Key = (typeof KEYS)[number];
const SIZES = new Map<Key, number>([
  ['a', 1],
  ['b', 20],
  ['__proto__', 300],
  ['', 4_000],
]);
const sizeOf = (key: Key) => sized(SIZES.get(key) ?? 0);

type Step =
  | { readonly kind: 'put' | 'delete' | 'undelete'; readonly key: Key }
  | { readonly kind: 'wait'; readonly days: number }
  | { readonly kind: 'configure'; readonly policy: BucketPolicy }
  | { readonly kind: 'trim' };

const key = fc.constantFrom(...KEYS);
const policy = fc.oneof(
  fc.constantFrom(...EVERY_BUCKET.map((bucket) => bucket.policy)),
  fc
    .record({ noncurrentCopies: fc.nat(3), noncurrentDays: fc.nat(5) })
    .map((rule) => policyOf({ ...rule, provider: 'aws', versioning: true })),
  fc
    .integer({ min: 1, max: 5 })
    .map((softDeleteDays) => policyOf({ provider: 'azure', softDelete: true, softDeleteDays })),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('put' as const), key }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('delete' as const, 'undelete' as const), key }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), days: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('configure' as const), policy }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'trim' as const }) },
);

type Copy = Pick<KeptCopy, 'kind' | 'since' | 'until'>;

/** What BKT-1 to BKT-4 say, in the simplest way: a list of copies for each key, looked through whole each time. */
class NaiveBucket {
  readonly stored = new Set<Key>();
  copies: readonly { readonly key: Key; readonly copy: Copy }[] = [];

  of(wanted: Key): readonly Copy[] {
    return this.copies.filter((kept) => kept.key === wanted).map(({ copy }) => copy);
  }

  delete(deleted: Key, rule: BucketPolicy, now: Instant): void {
    if (!this.stored.delete(deleted)) return;
    if (rule.versioning) this.#keep(deleted, { kind: 'noncurrent', since: now, until: null });
    if (rule.softDelete) {
      const until = (now + day(rule.softDeleteDays)) as Instant;
      this.#keep(deleted, { kind: 'soft-deleted', since: now, until });
    }
    if (rule.versioning) this.#trimKey(deleted, rule);
  }

  undelete(wanted: Key): void {
    const newest = this.of(wanted).at(-1);
    if (this.stored.has(wanted) || newest === undefined) return;
    this.copies = this.copies.filter(({ copy }) => copy !== newest);
    this.stored.add(wanted);
  }

  trim(rule: BucketPolicy): void {
    if (rule.versioning) for (const each of KEYS) this.#trimKey(each, rule);
  }

  dropTime(copy: Copy, rule: BucketPolicy): number {
    return copy.until ?? copy.since + day(rule.noncurrentDays);
  }

  drop(rule: BucketPolicy, now: Instant): readonly string[] {
    const due = this.copies.filter(({ copy }) => this.dropTime(copy, rule) <= now);
    this.copies = this.copies.filter((kept) => !due.includes(kept));
    return due.map(({ key: dropped, copy }) => `${dropped} ${copy.kind}`);
  }

  status(wanted: Key): BlobStatus {
    return this.stored.has(wanted) ? 'stored' : (this.of(wanted).at(-1)?.kind ?? 'gone');
  }

  #keep(kept: Key, copy: Copy): void {
    this.copies = [...this.copies, { key: kept, copy }];
  }

  #trimKey(trimmed: Key, rule: BucketPolicy): void {
    const noncurrent = this.of(trimmed).filter(({ kind }) => kind === 'noncurrent');
    const over = noncurrent.slice(0, Math.max(0, noncurrent.length - rule.noncurrentCopies));
    this.copies = this.copies.filter(({ copy }) => !over.includes(copy));
  }
}

function compare(bucket: Bucket, model: NaiveBucket, rule: BucketPolicy): void {
  for (const each of KEYS) {
    const blob = bucket.blobs.get(each);
    expect([isStored(bucket, each), statusOf(blob)]).toEqual([model.stored.has(each), model.status(each)]);
    expect(isKept(bucket, each)).toBe(model.stored.has(each) || model.of(each).length > 0);
    const copies = (blob?.copies ?? []).map(({ kind, since, until }) => ({ kind, since, until }));
    expect(copies).toEqual(model.of(each));
  }
  expect([bucket.storedBytes, bucket.billedBytes]).toEqual(recounted(bucket));
  const stored = [...model.stored].reduce((sum, each) => sum + sizeOf(each), 0);
  const kept = model.copies.reduce((sum, { key: each }) => sum + sizeOf(each), 0);
  expect([bucket.storedBytes, bucket.billedBytes]).toEqual([stored, stored + kept]);
  expect(bucket.noncurrent.size + bucket.softDeleted.size).toBe(model.copies.length);
  const dues = model.copies.map(({ copy }) => model.dropTime(copy, rule));
  expect(nextDrop(bucket, rule)).toBe(dues.length === 0 ? null : Math.min(...dues));
}

test(
  'whatever is done to it, and however it is configured on the way, a bucket agrees with lists of copies (BKT-1 to BKT-4, BKT-7)',
  () => {
    fc.assert(
      fc.property(policy, fc.array(step, { maxLength: 40 }), (first, steps) => {
        const model = new NaiveBucket();
        let [bucket, rule, now] = [emptyBucket(), first, day(0)];
        for (const next of steps) {
          switch (next.kind) {
            case 'put':
              bucket = putBlob(bucket, next.key, sizeOf(next.key), now);
              model.stored.add(next.key);
              break;
            case 'delete':
              bucket = deleteBlob(bucket, rule, next.key, now);
              model.delete(next.key, rule, now);
              break;
            case 'undelete':
              bucket = undeleteBlob(bucket, next.key, now);
              model.undelete(next.key);
              break;
            case 'wait': {
              now = (now + day(next.days)) as Instant;
              const dropped = copiesDue(bucket, rule, now).map(({ key: each, kind }) => `${each} ${kind}`);
              expect([...dropped].sort(byCodePoint)).toEqual([...model.drop(rule, now)].sort(byCodePoint));
              bucket = dropCopies(bucket, rule, now);
              break;
            }
            case 'configure':
              rule = next.policy;
              break;
            case 'trim':
              bucket = trimCopies(bucket, rule, now);
              model.trim(rule);
              break;
          }
          compare(bucket, model, rule);
        }
      }),
      runs(300),
    );
  },
  PATIENCE_MS,
);
