import type { Instant } from '../values/units.ts';
import type { KeptCopy } from './blob.ts';
import type { BucketPolicy } from './policy.ts';

/** How buckets differ: what they keep of deleted bytes. */
export interface Flavor {
  /** The copy that a delete leaves, or null. */
  readonly leftBehind: (policy: BucketPolicy, number: number, now: Instant) => KeptCopy | null;
  /** How many noncurrent copies of a key its rules keep; the newest stay. */
  readonly mostNoncurrent: (policy: BucketPolicy) => number;
}
