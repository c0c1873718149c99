import type { Flavor } from './flavor.ts';

/**
 * A bucket with versioning: a delete leaves the bytes as a noncurrent copy behind a delete marker (BKT-2). The current
 * lifecycle rule decides how long it stays (BKT-3).
 */
export const VERSIONED: Flavor = {
  leftBehind: (_policy, number, now) => ({ kind: 'noncurrent', number, since: now, until: null }),
  mostNoncurrent: (policy) => policy.noncurrentCopies,
};
