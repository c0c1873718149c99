import { type Instant, later, seconds } from '../values/units.ts';

/** Who runs the bucket: the service itself (`managed`), or one of the providers that an operator may bring. */
export const PROVIDERS = ['managed', 'aws', 'gcp', 'minio', 'azure'] as const;
/** One of them. */
export type Provider = (typeof PROVIDERS)[number];

/** How a bucket is configured: what it keeps of what is deleted, and for how long (BKT-1 to BKT-4; basis: doc). */
export interface BucketPolicy {
  readonly provider: Provider;
  /** Whether a delete leaves a noncurrent copy behind a delete marker; on AWS, GCP and MinIO (BKT-2). */
  readonly versioning: boolean;
  /** How many noncurrent copies of one key the lifecycle rule leaves (BKT-3). */
  readonly noncurrentCopies: number;
  /** For how many days the lifecycle rule leaves a noncurrent copy (BKT-3). */
  readonly noncurrentDays: number;
  /** Whether a deleted blob is kept as soft-deleted; on Azure (BKT-4). */
  readonly softDelete: boolean;
  /** For how many days, from 1 to 365, a deleted blob is kept as soft-deleted (BKT-4). */
  readonly softDeleteDays: number;
}

/** The bucket that the clouds bring along. */
export const MANAGED_BUCKET: BucketPolicy = Object.freeze({
  provider: 'managed',
  versioning: false,
  noncurrentCopies: 1,
  noncurrentDays: 30,
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

/** A provider as people write it. */
export function providerName(provider: Provider): string {
  return PROVIDER_NAMES[provider];
}

/**
 * Whether what is deleted by mistake can be brought back (GC-7; basis: doc): versioning is on for AWS, GCP and
 * MinIO, soft delete for Azure. The service protects its own buckets itself.
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

/** So many days after an instant. */
export function daysLater(instant: Instant, days: number): Instant {
  return later(instant, seconds(days * 86_400));
}
