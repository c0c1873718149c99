import { allVersions, holdersOfAll } from '../../store/holders.ts';
import type { Store } from '../../store/store.ts';
import type { UnixTime } from '../../values/dates.ts';
import type { Instant } from '../../values/units.ts';
import { type Figures, figuresOf } from '../figures.ts';
import { type Freeable, freeableOf } from './freeable.ts';
import { type UsageRows, usageRows } from './rows.ts';
import { storedObjects } from './shares.ts';

/** Who uses how much of a store, and what could be freed. */
export interface Usage extends UsageRows {
  readonly now: Instant;
  /** The real time of day 0, or null. */
  readonly begins: UnixTime | null;
  /** The figures of the store; the rows of each table add up to them. */
  readonly total: Figures;
  readonly freeable: Freeable;
}

/**
 * What each project, artifact collection and version uses: logical, stored and billed bytes (BKT-7), and what it holds
 * exclusively or shares; and what could be freed. Walks the store.
 */
export function usage(store: Store): Usage {
  const objects = storedObjects(store, holdersOfAll(store));
  const versions = allVersions(store);
  return {
    now: store.now,
    begins: store.begins,
    total: figuresOf(store),
    ...usageRows(store, versions, objects),
    freeable: freeableOf(store, versions, objects),
  };
}
