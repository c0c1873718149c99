import { accepted } from '../lifecycle/decision.ts';
import { faultOfNext } from '../lifecycle/logging/bucket-calls.ts';
import type { Store } from '../store/store.ts';
import type { Version } from '../store/version.ts';
import type { ObjectId, VersionId } from '../values/names.ts';
import { byCodePoint } from '../values/order.ts';
import type { Bytes, Instant } from '../values/units.ts';
import type { Collector, GarbageCollectionStep } from './collector.ts';

/**
 * A collector without counts and queues: each step walks all versions and marks what they hold; unmarked objects may be
 * deleted. It shares only the state's types with the reference counter, so that each can verify the other. Its cost
 * grows with the store.
 */
export const MARK_AND_SWEEP: Collector = {
  nextStep,
  due,
  review: (_command, store) => {
    const due = versionsIn(store, 'waiting').filter((version) => reviewTime(store, version) <= store.now);
    return accepted(
      due.length === 0 ? [] : [{ type: 'versionsReviewed', versionIds: due.map(({ id }) => id) }],
    );
  },
  release: ({ versionId }, store) => {
    const version = store.versions.get(versionId);
    if (version === undefined || stageOf(version) !== 'reviewed') return accepted([]);
    if (reviewTime(store, version) > store.now) return accepted([]);
    const held = markedBy(store, versionId);
    const listed = [...objectsListed(version)].sort(byCodePoint);
    return accepted([
      {
        type: 'holdsReleased',
        versionId,
        stillHeld: listed.filter((objectId) => held.has(objectId)),
        unreferenced: listed.filter((objectId) => !held.has(objectId)),
      },
    ]);
  },
  sweep: ({ objectId }, store) => {
    const object = store.objects.get(objectId);
    if (object === undefined) return accepted([]);
    const holders = [...store.versions.unorderedRows()].filter(
      (version) => isRoot(version) && objectsListed(version).has(objectId),
    ).length;
    if (holders > 0) {
      const waits = store.garbageCollection.unreferenced.has(objectId);
      return accepted(waits ? [{ type: 'objectRetained', objectId, holders }] : []);
    }
    const fault = faultOfNext(store, 'delete', { objectId, sizeBytes: object.sizeBytes });
    if (fault !== null && fault.fault !== 'answers twice') return accepted([fault]);
    const freedBytes = store.outOfBand.has(objectId) ? (0 as Bytes) : object.sizeBytes;
    return accepted([
      ...(fault === null ? [] : [fault]),
      { type: 'objectSwept' as const, objectId, freedBytes },
    ]);
  },
  close: ({ versionId }, store) => {
    const version = store.versions.get(versionId);
    if (version === undefined || stageOf(version) !== 'released') return accepted([]);
    const marked = markedBy(store, null);
    const waits = [...objectsListed(version)].some(
      (objectId) => store.objects.has(objectId) && !marked.has(objectId),
    );
    return accepted(waits ? [] : [{ type: 'versionClosed', versionId }]);
  },
  forgetsAtCrash: false,
};

/** The objects without a holder, found by a walk over everything. */
export function unmarkedObjects(store: Store): readonly ObjectId[] {
  const marked = markedBy(store, null);
  return [...store.objects.unorderedRows()]
    .map(({ id }) => id)
    .filter((objectId) => !marked.has(objectId))
    .sort(byCodePoint);
}

function nextStep(store: Store): GarbageCollectionStep | null {
  const reviewed = versionsIn(store, 'reviewed').find((version) => reviewTime(store, version) <= store.now);
  if (reviewed !== undefined) return { type: 'releaseHolds', versionId: reviewed.id };
  const [unmarked] = [...unmarkedObjects(store), ...store.garbageCollection.unreferenced.keys()];
  if (unmarked !== undefined) return { type: 'sweepObject', objectId: unmarked };
  const [released] = versionsIn(store, 'released');
  if (released !== undefined) return { type: 'closeVersion', versionId: released.id };
  const waits = versionsIn(store, 'waiting').some((version) => reviewTime(store, version) <= store.now);
  return waits ? { type: 'reviewVersions' } : null;
}

function due(store: Store): Instant | null {
  const begun = versionsIn(store, 'released').length + unmarkedObjects(store).length;
  if (begun + store.garbageCollection.unreferenced.size > 0) return store.now;
  const times = [...versionsIn(store, 'reviewed'), ...versionsIn(store, 'waiting')].map((version) =>
    Math.max(store.now, reviewTime(store, version)),
  );
  return times.length === 0 ? null : (Math.min(...times) as Instant);
}

// The roots of the marking: versions that are uploading, live, or deleted and not yet released (GC-3).
function isRoot({ state }: Version): boolean {
  return (
    state.kind === 'PENDING' ||
    state.kind === 'COMMITTED' ||
    (state.kind === 'PENDING_DELETION' && state.stage !== 'released')
  );
}

function markedBy(store: Store, except: VersionId | null): ReadonlySet<ObjectId> {
  const marked = new Set<ObjectId>();
  for (const version of store.versions.unorderedRows()) {
    if (version.id === except || !isRoot(version)) continue;
    for (const objectId of objectsListed(version)) marked.add(objectId);
  }
  return marked;
}

// Builds the key from scope and digest itself, to share no code with the reference counter.
function objectsListed({ scope, manifest }: Version): ReadonlySet<ObjectId> {
  const listed = new Set<ObjectId>();
  for (const entry of manifest.entries) {
    if (entry.kind === 'file') listed.add(`${scope}/${entry.digest}` as ObjectId);
  }
  return listed;
}

function stageOf({ state }: Version): 'waiting' | 'reviewed' | 'released' | null {
  return state.kind === 'PENDING_DELETION' ? state.stage : null;
}

function versionsIn(store: Store, stage: 'waiting' | 'reviewed' | 'released'): readonly Version[] {
  return [...store.versions.unorderedRows()]
    .filter((version) => stageOf(version) === stage)
    .sort((left, right) => byCodePoint(left.id, right.id));
}

function reviewTime(store: Store, { state }: Version): number {
  return state.kind === 'PENDING_DELETION'
    ? state.deletedAt + store.settings.retentionSeconds
    : Number.POSITIVE_INFINITY;
}
