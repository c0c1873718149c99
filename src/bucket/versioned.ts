import type { Flavor } from './flavor.ts';

/**
 * A bucket with versioning: a delete puts a marker on top and leaves the bytes as a noncurrent copy (BKT-2; basis:
 * doc). How long it stays is the lifecycle rule's affair, as the rule stands on the day (BKT-3; basis: doc, chosen).
 */
export const VERSIONED: Flavor = {
  leftBehind: (_policy, number, now) => ({ kind: 'noncurrent', number, since: now, until: null }),
  mostNoncurrent: (policy) => policy.noncurrentCopies,
};
