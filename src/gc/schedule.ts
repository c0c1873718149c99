import { nextDrop } from '../bucket/bucket.ts';
import { nextExpiry } from '../lifecycle/expiry-queue.ts';
import { abandonedAt } from '../lifecycle/uploading.ts';
import type { Store } from '../store/store.ts';
import { type Instant, LARGEST_EXACT } from '../values/units.ts';
import { collectionDue } from './steps.ts';

/** What happens by itself at one time; where both do, the bucket comes first. */
export interface ScheduledWork {
  readonly at: Instant;
  /** Whether the bucket drops copies. */
  readonly drops: boolean;
  /** Whether the scheduled jobs run. */
  readonly runs: boolean;
}

/**
 * What happens next by itself, or null: the bucket drops a copy at its time (BKT-3, BKT-4), or the jobs run at the next
 * multiple of `gcEvery` at which one of them has work (GC-1, LOG-8, TTL-6; basis: doc, chosen). The runs in between
 * would do nothing, and are not played. With `collecting` false, what garbage collection would have to do counts for
 * nothing.
 */
export function nextScheduledWork(store: Store, collecting: boolean): ScheduledWork | null {
  const due = nextDrop(store.bucket, store.settings.bucket);
  const run = nextScheduledRun(store, collecting);
  // A rule that became stricter may have been due before now.
  const drop = due === null ? null : (Math.max(due, store.now) as Instant);
  if (drop === null && run === null) return null;
  const at = Math.min(drop ?? LARGEST_EXACT, run ?? LARGEST_EXACT) as Instant;
  return { at, drops: drop === at, runs: run === at };
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
  for (const [, versionId] of store.uploads.entries()) return abandonedAt(store, versionId);
  return null;
}

/** The first scheduled run after now that is not before this instant. */
export function firstRunAfter(store: Store, instant: Instant): Instant {
  const every = store.settings.gcEverySeconds;
  return (Math.ceil(Math.max(instant, store.now + 1) / every) * every) as Instant;
}
