import type { Instant } from '../values/units.ts';
import type { KeptCopy } from './blob.ts';
import type { BucketPolicy } from './policy.ts';

/** In what buckets differ: what they keep of bytes that are deleted. */
export interface Flavor {
  /** What a delete leaves of the bytes, or null where nothing is left. */
  readonly leftBehind: (policy: BucketPolicy, number: number, now: Instant) => KeptCopy | null;
  /** How many noncurrent copies of one key its rules leave; the newest stay. */
  readonly mostNoncurrent: (policy: BucketPolicy) => number;
}
