import type { Flavor } from './flavor.ts';
import { daysLater } from './policy.ts';

/** A container with soft delete: a deleted blob stays for the number of days set at its deletion (BKT-4). */
export const SOFT_DELETING: Flavor = {
  leftBehind: (policy, number, now) => ({
    kind: 'soft-deleted',
    number,
    since: now,
    until: daysLater(now, policy.softDeleteDays),
  }),
  mostNoncurrent: () => Number.POSITIVE_INFINITY,
};
