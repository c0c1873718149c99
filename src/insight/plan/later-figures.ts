import type { Store } from '../../store/store.ts';
import type { Version } from '../../store/version.ts';
import type { ObjectId } from '../../values/names.ts';
import type { Bytes, Instant } from '../../values/units.ts';
import type { Forecast } from '../forecast.ts';

/** The figures of the whole store at one instant, after everything that happens by itself then. */
export interface LaterFigures {
  readonly at: Instant;
  readonly storedBytes: Bytes;
  readonly billedBytes: Bytes;
}

/**
 * The figures of the whole store at future instants, if nobody does anything: besides the planned deletions, they include
 * what is already waiting, expires or is abandoned by then. Walks the bucket once.
 */
export function laterFigures(
  store: Store,
  forecast: Forecast,
  holders: ReadonlyMap<ObjectId, readonly Version[]>,
  instants: Iterable<Instant>,
): readonly LaterFigures[] {
  const changes = changesToCome(store, forecast, holders);
  const times = [...changes.keys()].sort((left, right) => left - right);
  let storedBytes: number = store.bucket.storedBytes;
  let billedBytes: number = store.bucket.billedBytes;
  let next = 0;
  return [...new Set(instants)]
    .sort((left, right) => left - right)
    .map((at) => {
      for (; next < times.length && (times[next] ?? at) <= at; next += 1) {
        const change = changes.get(times[next] ?? at);
        storedBytes -= change?.freedBytes ?? 0;
        billedBytes -= change?.unbilledBytes ?? 0;
      }
      return { at, storedBytes: storedBytes as Bytes, billedBytes: billedBytes as Bytes };
    });
}

interface Change {
  freedBytes: number;
  unbilledBytes: number;
}

function changesToCome(
  store: Store,
  forecast: Forecast,
  holders: ReadonlyMap<ObjectId, readonly Version[]>,
): ReadonlyMap<Instant, Change> {
  const changes = new Map<Instant, Change>();
  const at = (instant: Instant): Change => {
    const change = changes.get(instant) ?? { freedBytes: 0, unbilledBytes: 0 };
    changes.set(instant, change);
    return change;
  };
  for (const blob of store.bucket.blobs.unorderedRows()) {
    const objectId = blob.key as ObjectId;
    const freed = blob.current ? forecast.freedAt(objectId, holders.get(objectId) ?? []) : null;
    // An object that is never freed is billed forever.
    if (freed === null && blob.copies.length === 0) continue;
    if (freed !== null) at(freed).freedBytes += blob.sizeBytes;
    for (const end of forecast.billingEnds(blob, freed)) {
      if (end !== null) at(end).unbilledBytes += blob.sizeBytes;
    }
  }
  return changes;
}
