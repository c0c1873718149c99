import type { Store } from '../store/store.ts';
import type { Bytes } from '../values/units.ts';

/** The three figures of a store, or of a part of it, in bytes (BKT-7; basis: doc, chosen). */
export interface Figures {
  readonly logicalBytes: Bytes;
  readonly storedBytes: Bytes;
  readonly billedBytes: Bytes;
}

/** The current figures of a store. */
export function figuresOf({ logicalBytes, bucket }: Store): Figures {
  return { logicalBytes, storedBytes: bucket.storedBytes, billedBytes: bucket.billedBytes };
}
