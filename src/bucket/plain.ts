import type { Flavor } from './flavor.ts';

/** A bucket that keeps nothing (BKT-1). Copies from before versioning was switched off stay until they are due. */
export const PLAIN: Flavor = {
  leftBehind: () => null,
  mostNoncurrent: () => Number.POSITIVE_INFINITY,
};
