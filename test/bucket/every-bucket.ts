import type { KeptCopy } from '../../src/bucket/blob.ts';
import type { Bucket } from '../../src/bucket/bucket.ts';
import { type BucketPolicy, MANAGED_BUCKET } from '../../src/bucket/policy.ts';
import type { Bytes, Instant } from '../../src/values/units.ts';

/** A bucket as an operator can have it, and what it keeps of bytes that are deleted. */
export interface BucketCase {
  readonly name: string;
  readonly policy: BucketPolicy;
  readonly keeps: KeptCopy['kind'] | null;
}

/** A bucket's configuration, where nothing else is said the service's own. */
export function policyOf(changes: Partial<BucketPolicy>): BucketPolicy {
  return { ...MANAGED_BUCKET, ...changes };
}

const versioned = (['aws', 'gcp', 'minio'] as const).flatMap((provider): readonly BucketCase[] => [
  { name: provider, policy: policyOf({ provider }), keeps: null },
  {
    name: `${provider} with versioning`,
    policy: policyOf({ provider, versioning: true }),
    keeps: 'noncurrent',
  },
]);

/** Every flavor, provider by provider. */
export const EVERY_BUCKET: readonly BucketCase[] = [
  { name: 'managed', policy: MANAGED_BUCKET, keeps: null },
  ...versioned,
  {
    name: 'gcp with soft delete',
    policy: policyOf({ provider: 'gcp', softDelete: true }),
    keeps: 'soft-deleted',
  },
  { name: 'azure', policy: policyOf({ provider: 'azure' }), keeps: null },
  {
    name: 'azure with soft delete',
    policy: policyOf({ provider: 'azure', softDelete: true }),
    keeps: 'soft-deleted',
  },
];

/** The first second of a day, counted from the beginning. */
export function day(count: number): Instant {
  return (count * 86_400) as Instant;
}

/** A number of bytes. */
export function sized(count: number): Bytes {
  return count as Bytes;
}

/** The stored and the billed bytes of a bucket, counted anew from what lies under its keys. */
export function recounted({ blobs }: Bucket): readonly [stored: number, billed: number] {
  let [stored, kept] = [0, 0];
  for (const { current, copies, sizeBytes } of blobs.unorderedRows()) {
    if (current) stored += sizeBytes;
    kept += copies.length * sizeBytes;
  }
  return [stored, stored + kept];
}
