import type { StoreEvent } from '../decider/event.ts';
import type { VersionId } from '../values/names.ts';
import type { Bytes } from '../values/units.ts';

/** The bytes that these events freed: the sum of the objects deleted from the bucket (GC-2). */
export function freedBytes(events: Iterable<StoreEvent>): Bytes {
  let sum = 0;
  for (const event of events) if (event.type === 'objectSwept') sum += event.freedBytes;
  return sum as Bytes;
}

/** The versions that these events made DELETED, in order. */
export function closedVersions(events: readonly StoreEvent[]): readonly VersionId[] {
  return events.flatMap((event) => (event.type === 'versionClosed' ? [event.versionId] : []));
}
