import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BlobStatus, type KeptCopy, statusOf } from '../../src/bucket/blob.ts';
import { type Bucket, copiesDue, emptyBucket, isKept, isStored, nextDrop } from '../../src/bucket/bucket.ts';
import type { BucketPolicy } from '../../src/bucket/policy.ts';
import { byCodePoint } from '../../src/values/order.ts';
import type { Instant } from '../../src/values/units.ts';
import { PATIENCE_MS, runs } from '../support/property-runs.ts';
import {
  applyLifecycle,
  deleteBlob,
  dropCopies,
  putBlob,
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
  | { readonly kind: 'configure'; readonly policy: BucketPolicy };

const key = fc.constantFrom<Key>('a', 'a', 'a', 'a', ...KEYS);
const lifecycle = fc.array(
  fc
    .record({ newerCopies: fc.nat(3), noncurrentDays: fc.integer({ min: 1, max: 5 }) }, { requiredKeys: [] })
    .filter((rule) => Object.keys(rule).length > 0),
  { maxLength: 3 },
);
const versioning = fc.constantFrom(true, true, false);
const softDeleteDays = fc.integer({ min: 1, max: 5 });
const policy = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(...EVERY_BUCKET.map((bucket) => bucket.policy)) },
  {
    weight: 3,
    arbitrary: fc.record({ provider: fc.constantFrom('aws', 'minio'), versioning, lifecycle }).map(policyOf),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        provider: fc.constant('gcp' as const),
        versioning,
        lifecycle,
        softDelete: fc.boolean(),
        softDeleteDays,
      })
      .map(policyOf),
  },
  {
    weight: 1,
    arbitrary: softDeleteDays.map((days) =>
      policyOf({ provider: 'azure', softDelete: true, softDeleteDays: days }),
    ),
  },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('put' as const), key }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('delete' as const, 'undelete' as const), key }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), days: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('configure' as const), policy }) },
);

interface Copy extends Pick<KeptCopy, 'kind' | 'since' | 'versioned'> {
  /** When a soft-deleted one is dropped. */
  readonly end: number;
}

/** What BKT-1 to BKT-4 and BKT-8 say, in the simplest way: a list of copies for each key, looked through whole each time. */
class NaiveBucket {
  readonly stored = new Map<Key, { readonly versioned: boolean }>();
  readonly copies = new Map<Key, readonly Copy[]>(KEYS.map((each) => [each, []]));

  of(wanted: Key): readonly Copy[] {
    return this.copies.get(wanted) ?? [];
  }

  put(wanted: Key, rule: BucketPolicy): void {
    if (!this.stored.has(wanted)) this.stored.set(wanted, { versioned: rule.versioning });
  }

  delete(deleted: Key, rule: BucketPolicy, now: Instant): void {
    const bytes = this.stored.get(deleted);
    if (bytes === undefined) return;
    this.stored.delete(deleted);
    const suspended = bytes.versioned && (rule.provider === 'aws' || rule.provider === 'minio');
    const kind = rule.versioning || suspended ? 'noncurrent' : rule.softDelete ? 'soft-deleted' : null;
    const end = now + day(rule.softDeleteDays);
    const left = kind === null ? [] : [{ kind, since: now, end, ...bytes } as const];
    this.copies.set(deleted, [...this.of(deleted), ...left]);
    this.#dropOf(deleted, rule, now);
  }

  undelete(wanted: Key, rule: BucketPolicy, now: Instant): void {
    const newest = this.of(wanted).at(-1);
    if (this.stored.has(wanted) || newest === undefined) return;
    this.copies.set(wanted, this.of(wanted).slice(0, -1));
    this.stored.set(wanted, { versioned: newest.versioned });
    this.#dropOf(wanted, rule, now);
  }

  dropTime(wanted: Key, copy: Copy, { lifecycle: rules }: BucketPolicy): number {
    if (copy.kind === 'soft-deleted') return copy.end;
    const copies = this.of(wanted);
    const newer = copies.slice(copies.indexOf(copy) + 1).filter(({ kind }) => kind === 'noncurrent').length;
    const applying = rules.filter(({ newerCopies }) => newerCopies === undefined || newer >= newerCopies);
    return Math.min(...applying.map(({ noncurrentDays }) => copy.since + day(noncurrentDays ?? 0)));
  }

  drop(rule: BucketPolicy, now: Instant): readonly string[] {
    return KEYS.flatMap((each) => this.#dropOf(each, rule, now));
  }

  status(wanted: Key): BlobStatus {
    return this.stored.has(wanted) ? 'stored' : (this.of(wanted).at(-1)?.kind ?? 'gone');
  }

  #dropOf(key: Key, rule: BucketPolicy, now: Instant): readonly string[] {
    const due = this.of(key).filter((copy) => this.dropTime(key, copy, rule) <= now);
    const softens = rule.provider === 'gcp' && rule.softDelete;
    const end = now + day(rule.softDeleteDays);
    const left = this.of(key).flatMap((copy): readonly Copy[] => {
      if (!due.includes(copy)) return [copy];
      return softens && copy.kind === 'noncurrent'
        ? [{ ...copy, kind: 'soft-deleted', since: now, end }]
        : [];
    });
    this.copies.set(key, left);
    return due.map(({ kind }) => `${key} ${kind}`);
  }
}

function compare(bucket: Bucket, model: NaiveBucket, rule: BucketPolicy): void {
  for (const each of KEYS) {
    const blob = bucket.blobs.get(each);
    expect([isStored(bucket, each), statusOf(blob)]).toEqual([model.stored.has(each), model.status(each)]);
    expect(isKept(bucket, each)).toBe(model.stored.has(each) || model.of(each).length > 0);
    const copies = (blob?.copies ?? []).map(({ kind, since, until, versioned }) => [
      kind,
      since,
      until ?? Number.POSITIVE_INFINITY,
      versioned,
    ]);
    expect(copies).toEqual(
      model.of(each).map((copy) => [copy.kind, copy.since, model.dropTime(each, copy, rule), copy.versioned]),
    );
  }
  expect([bucket.storedBytes, bucket.billedBytes]).toEqual(recounted(bucket));
  const stored = [...model.stored.keys()].reduce((sum, each) => sum + sizeOf(each), 0);
  const kept = KEYS.reduce((sum, each) => sum + model.of(each).length * sizeOf(each), 0);
  expect([bucket.storedBytes, bucket.billedBytes]).toEqual([stored, stored + kept]);
  const dues = KEYS.flatMap((each) => model.of(each).map((copy) => model.dropTime(each, copy, rule)));
  expect(bucket.copies.size).toBe(dues.length);
  expect(nextDrop(bucket) ?? Number.POSITIVE_INFINITY).toBe(Math.min(...dues));
}

test(
  'whatever is done to it, and however it is configured on the way, a bucket agrees with lists of copies (BKT-1 to BKT-4, BKT-7, BKT-8)',
  () => {
    fc.assert(
      fc.property(policy, fc.array(step, { maxLength: 40, size: 'max' }), (first, steps) => {
        const model = new NaiveBucket();
        let [bucket, rule, now] = [emptyBucket(), first, day(0)];
        for (const next of steps) {
          switch (next.kind) {
            case 'put':
              bucket = putBlob(bucket, rule, next.key, sizeOf(next.key), now);
              model.put(next.key, rule);
              break;
            case 'delete':
              bucket = deleteBlob(bucket, rule, next.key, now);
              model.delete(next.key, rule, now);
              break;
            case 'undelete':
              bucket = undeleteBlob(bucket, rule, next.key, now);
              model.undelete(next.key, rule, now);
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
              bucket = dropCopies(applyLifecycle(bucket, rule), rule, now);
              model.drop(rule, now);
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
