import { allVersions, holdersOfAll } from '../store/holders.ts';
import type { Store } from '../store/store.ts';
import type { Instant } from '../values/units.ts';
import { type Figures, figuresOf } from './figures.ts';
import { storedObjects } from './shares.ts';
import { type Freeable, freeableOf } from './usage-freeable.ts';
import { type UsageRows, usageRows } from './usage-rows.ts';

/** Who uses how much of a store, and what of it could be freed. */
export interface Usage extends UsageRows {
  readonly now: Instant;
  /** The store's own three figures, to which the rows of each table add up. */
  readonly total: Figures;
  readonly freeable: Freeable;
}

/**
 * Says what each project, artifact collection and version uses: logical, stored and billed bytes (BKT-7), and what it
 * holds alone or with others; and what could be freed. It changes nothing; it walks the store, and does not look anything up in a walk.
 */
export function usage(store: Store): Usage {
  const objects = storedObjects(store, holdersOfAll(store));
  const versions = allVersions(store);
  return {
    now: store.now,
    total: figuresOf(store),
    ...usageRows(store, versions, objects),
    freeable: freeableOf(store, versions, objects),
  };
}
