import { nextDrop } from '../bucket/bucket.ts';
import { nextExpiry } from '../lifecycle/expiry-queue.ts';
import { givenUpAt } from '../lifecycle/uploading.ts';
import type { Store } from '../store/store.ts';
import type { Instant } from '../values/units.ts';
import { collectionDue } from './steps.ts';

/**
 * The next time, later than now, at which something is to happen by itself, or null: the bucket drops a copy (BKT-3,
 * BKT-4), or a scheduled job has work at a multiple of `gcEvery` (GC-1, LOG-8, TTL-6; basis: doc, chosen). The runs in
 * between would do nothing, and are not played. With `collecting` false, what garbage collection would have to do
 * counts for nothing.
 */
export function nextHappening(store: Store, collecting: boolean): Instant | null {
  const drop = nextDrop(store.bucket, store.settings.bucket);
  const run = nextScheduledRun(store, collecting);
  if (drop === null || run === null) return drop ?? run;
  return Math.min(drop, run) as Instant;
}

/** The first scheduled run after now that finds something to do, or null. */
export function nextScheduledRun(store: Store, collecting: boolean): Instant | null {
  const dues = [nextExpiry(store), nextAbandonment(store), collecting ? collectionDue(store) : null].filter(
    (due) => due !== null,
  );
  const run = firstRunAfter(store, Math.min(...dues) as Instant);
  return Number.isSafeInteger(run) ? run : null;
}

// The queue goes by the order of beginning and the switch is one for all, so that its first is due first.
function nextAbandonment(store: Store): Instant | null {
  for (const [, versionId] of store.uploads.entries()) return givenUpAt(store, versionId);
  return null;
}

/** The first scheduled run after now that is not before this instant. */
export function firstRunAfter(store: Store, instant: Instant): Instant {
  const every = store.settings.gcEverySeconds;
  return (Math.ceil(Math.max(instant, store.now + 1) / every) * every) as Instant;
}

/** Whether a scheduled run is due now. */
export function isScheduledRun(store: Store): boolean {
  return store.now % store.settings.gcEverySeconds === 0;
}
