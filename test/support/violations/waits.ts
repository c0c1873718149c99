import type { Store } from '../../../src/store/store.ts';
import type { Version } from '../../../src/store/version.ts';
import type { Played } from '../histories/play-history.ts';
import { isGeneratedNaively, naiveExpiry, naiveProtections } from '../naive/look-ups.ts';
import { mayCollect } from '../naive/permission.ts';

/** What the scheduled jobs should have done while time passed, and did not (GC-1, LOG-8, TTL-6). */
export function waitViolations({ outcome, before, after }: Played): readonly string[] {
  if (!outcome.ok) return [];
  const every = after.settings.gcEverySeconds;
  const lastRun = Math.floor(after.now / every) * every;
  if (lastRun <= before.now) return [];
  const kinds = new Set(outcome.events.map(({ type }) => type));
  const interrupted = kinds.has('garbageCollectionCrashed') || kinds.has('bucketCallFaulted');
  const collects = mayCollect(after.settings) && !interrupted;
  return [...after.versions.unorderedRows()].flatMap((version) =>
    isForgotten(version, after, lastRun, collects) ? [`${version.id} is ${version.state.kind} too long`] : [],
  );
}

/** What a scheduled run that may not take place says of itself (GC-6). */
export function skipViolations({ outcome, after }: Played): readonly string[] {
  const events = outcome.ok ? outcome.events : [];
  let now = 0;
  return events.flatMap((event) => {
    if (event.type === 'clockMoved') now = event.to;
    if (event.type !== 'garbageCollectionSkipped') return [];
    const runs = Math.floor((after.now - now) / after.settings.gcEverySeconds) + 1;
    return event.runs === runs ? [] : [`GC-6: ${event.runs} runs are skipped, and there are ${runs}`];
  });
}

function isForgotten(version: Version, store: Store, lastRun: number, collects: boolean): boolean {
  const { state, createdAt } = version;
  const { abandonAfterSeconds, retentionSeconds } = store.settings;
  switch (state.kind) {
    case 'PENDING':
      return createdAt + abandonAfterSeconds <= lastRun;
    case 'COMMITTED': {
      const expiry = naiveExpiry(store, version);
      const held = isGeneratedNaively(store, version) || naiveProtections(store, version.id).length > 0;
      return expiry !== null && expiry <= lastRun && !held;
    }
    case 'PENDING_DELETION':
      return collects && state.deletedAt + retentionSeconds <= lastRun;
    case 'DELETED':
      return false;
  }
}
