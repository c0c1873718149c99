import { type Instant, later, seconds } from '../values/units.ts';

/** Who runs the bucket: the service (`managed`), or a provider that the operator chooses. */
export const PROVIDERS = ['managed', 'aws', 'gcp', 'minio', 'azure'] as const;
/** A provider of buckets. */
export type Provider = (typeof PROVIDERS)[number];

/** A rule that removes a noncurrent copy when all its conditions hold (BKT-3). It has at least one. */
export interface LifecycleRule {
  /** The copy has been noncurrent for this many days. */
  readonly noncurrentDays?: number;
  /** The key has this many newer noncurrent copies. */
  readonly newerCopies?: number;
}

/** The configuration of a bucket: what it keeps of deleted objects, and for how long (BKT-1 to BKT-4). */
export interface BucketPolicy {
  readonly provider: Provider;
  /** AWS, GCP, MinIO: whether a delete leaves a noncurrent copy behind a delete marker (BKT-2). */
  readonly versioning: boolean;
  /** A noncurrent copy is removed when any of these rules applies; without rules it is kept forever (BKT-3). */
  readonly lifecycle: readonly LifecycleRule[];
  /** Azure, GCP: whether deleted bytes are kept as soft-deleted (BKT-4). */
  readonly softDelete: boolean;
  /** How many days a soft-deleted copy is kept: from 1 to 365, on GCP from 7 to 90 (BKT-4). */
  readonly softDeleteDays: number;
}

/** The bucket of the clouds. */
export const MANAGED_BUCKET: BucketPolicy = Object.freeze({
  provider: 'managed',
  versioning: false,
  lifecycle: Object.freeze([Object.freeze({ noncurrentDays: 30 })]),
  softDelete: false,
  softDeleteDays: 7,
});

const PROVIDER_NAMES: Readonly<Record<Provider, string>> = {
  managed: 'managed',
  aws: 'AWS',
  gcp: 'GCP',
  minio: 'MinIO',
  azure: 'Azure',
};

/** Whether soft delete is on until somebody switches it off (BKT-4). */
export function softDeletesByDefault(provider: Provider): boolean {
  return provider === 'gcp';
}

/** The name of a provider, for people. */
export function providerName(provider: Provider): string {
  return PROVIDER_NAMES[provider];
}

/**
 * Whether a bucket is protected as garbage collection requires (GC-7): with versioning on AWS, GCP, and MinIO, with soft
 * delete on Azure. The service protects its own buckets.
 */
export function isProtected(policy: BucketPolicy): boolean {
  switch (policy.provider) {
    case 'managed':
      return true;
    case 'aws':
    case 'gcp':
    case 'minio':
      return policy.versioning;
    case 'azure':
      return policy.softDelete;
  }
}

/** The instant a number of days after another. */
export function daysLater(instant: Instant, days: number): Instant {
  return later(instant, seconds(days * 86_400));
}
