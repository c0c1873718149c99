import type { Flavor } from './flavor.ts';
import { daysLater } from './policy.ts';

/**
 * A container with soft delete for blobs: a deleted one stays for so many days, counted as the setting was when it
 * was deleted, and there is no limit to their number (BKT-4; basis: doc).
 */
export const SOFT_DELETING: Flavor = {
  leftBehind: (policy, number, now) => ({
    kind: 'soft-deleted',
    number,
    since: now,
    until: daysLater(now, policy.softDeleteDays),
  }),
  mostNoncurrent: () => Number.POSITIVE_INFINITY,
};
