import type { Flavor } from './flavor.ts';
import { PLAIN } from './plain.ts';
import type { BucketPolicy } from './policy.ts';
import { SOFT_DELETING } from './soft-deleting.ts';
import { VERSIONED } from './versioned.ts';

/** The deletion behavior of a bucket with this configuration. */
export function flavorOf(policy: BucketPolicy): Flavor {
  switch (policy.provider) {
    case 'managed':
      return PLAIN;
    case 'aws':
    case 'gcp':
    case 'minio':
      return policy.versioning ? VERSIONED : PLAIN;
    case 'azure':
      return policy.softDelete ? SOFT_DELETING : PLAIN;
  }
}
