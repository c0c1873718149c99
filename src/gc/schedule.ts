import { nextDrop } from '../bucket/bucket.ts';
import { nextExpiry } from '../lifecycle/expiry/expiry-queue.ts';
import { abandonedAt } from '../lifecycle/logging/uploading.ts';
import type { Store } from '../store/store.ts';
import { type Instant, LARGEST_EXACT } from '../values/units.ts';
import { collectionDue } from './steps.ts';

/** Scheduled work at one instant; the bucket comes first. */
export interface ScheduledWork {
  readonly at: Instant;
  /** Whether the bucket drops copies. */
  readonly drops: boolean;
  /** Whether the scheduled jobs run. */
  readonly runs: boolean;
}

/**
 * The next scheduled work, or null: the bucket drops a copy (BKT-3, BKT-4), or the jobs run at the next multiple of
 * `gcEvery` at which one of them has something to do (GC-1, LOG-8, TTL-6). Idle runs are skipped. Without `collecting`,
 * garbage collection does not count.
 */
export function nextScheduledWork(store: Store, collecting: boolean): ScheduledWork | null {
  const due = nextDrop(store.bucket);
  const run = nextScheduledRun(store, collecting);
  // Time can pass without scheduled work.
  const drop = due === null ? null : (Math.max(due, store.now) as Instant);
  if (drop === null && run === null) return null;
  const at = Math.min(drop ?? LARGEST_EXACT, run ?? LARGEST_EXACT) as Instant;
  return { at, drops: drop === at, runs: run === at };
}

/** The next scheduled run that has something to do, or null. */
export function nextScheduledRun(store: Store, collecting: boolean): Instant | null {
  const dues = [nextExpiry(store), nextAbandonment(store), collecting ? collectionDue(store) : null].filter(
    (due) => due !== null,
  );
  const run = firstRunAfter(store, Math.min(...dues) as Instant);
  return Number.isSafeInteger(run) ? run : null;
}

// The queue is in order of upload start and the limit is the same for all, so its first entry is due first.
function nextAbandonment(store: Store): Instant | null {
  for (const [, versionId] of store.uploads.entries()) return abandonedAt(store, versionId);
  return null;
}

/** The first scheduled run after now and not before this instant. */
export function firstRunAfter(store: Store, instant: Instant): Instant {
  const every = store.settings.gcEverySeconds;
  return (Math.ceil(Math.max(instant, store.now + 1) / every) * every) as Instant;
}
