import { givenUpAt } from '../lifecycle/uploading.ts';
import type { Store } from '../store/store.ts';
import type { Instant } from '../values/units.ts';
import { collectionDue } from './steps.ts';

/**
 * The next time at which a scheduled job finds something to do, or null: the first multiple of `gcEvery`, later
 * than now, at which garbage collection or the abandonment of uploads has work (GC-1, LOG-8; basis: doc, chosen).
 * The runs in between would do nothing, and are not played.
 */
export function nextScheduledRun(store: Store): Instant | null {
  const dues = [collectionDue(store), abandonmentDue(store)].filter((due) => due !== null);
  const run = firstRunAfter(store, Math.min(...dues) as Instant);
  return Number.isSafeInteger(run) ? run : null;
}

// The queue goes by the order of beginning and the switch is one for all, so that its first is due first.
function abandonmentDue(store: Store): Instant | null {
  for (const [, versionId] of store.uploads.entries()) return givenUpAt(store, versionId);
  return null;
}

/** The first scheduled run after now that is not before this instant. */
export function firstRunAfter(store: Store, instant: Instant): Instant {
  const every = store.settings.gcEverySeconds;
  return (Math.ceil(Math.max(instant, store.now + 1) / every) * every) as Instant;
}
