import type { Flavor } from './flavor.ts';

/**
 * A bucket that keeps nothing of what is deleted (BKT-1; basis: doc). Copies from a time when it had versioning
 * stay until their days are over: to switch it off deletes nothing.
 */
export const PLAIN: Flavor = {
  leftBehind: () => null,
  mostNoncurrent: () => Number.POSITIVE_INFINITY,
};
