import { isCommand } from '../../../src/simulator/action.ts';
import { statusOf } from '../../../src/bucket/blob.ts';
import { BUCKET_CALLS, FAULT_KINDS } from '../../../src/bucket/faults.ts';
import type { Command } from '../../../src/decider/command.ts';
import type { StoreEvent } from '../../../src/decider/event.ts';
import { verify } from '../../../src/insight/verify.ts';
import type { Refusal } from '../../../src/lifecycle/decision.ts';
import { collectionIdOf } from '../../../src/store/artifact-collection.ts';
import { versionAt } from '../../../src/store/look-up.ts';
import { DEPLOYMENTS } from '../../../src/store/settings.ts';
import type { Store } from '../../../src/store/store.ts';
import { roleOf } from '../naive/permission.ts';
import {
  isGeneratedNaively,
  isReferredToNaively,
  naiveExpiry,
  naiveProtections,
  naiveTargets,
} from '../naive/look-ups.ts';
import type { Played } from '../histories/play-history.ts';

/** What histories must do at least once, besides logging and deleting: to buckets, among people, over time. */
export const WANTED_LATER = [
  ...(['stored', 'noncurrent', 'soft-deleted', 'gone'] as const).map(
    (status) => `an object is ${status}` as const,
  ),
  ...BUCKET_CALLS.flatMap((call) => FAULT_KINDS.map((fault) => `the bucket ${fault} at a ${call}` as const)),
  ...DEPLOYMENTS.map((deployment) => `garbage collection frees something on ${deployment}` as const),
  ...DEPLOYMENTS.filter((deployment) => !deployment.endsWith('-cloud')).map(
    (deployment) => `garbage collection is skipped on ${deployment}` as const,
  ),
  'garbage collection is refused with gc-not-enabled',
  'garbage collection is refused with bucket-not-protected',
  'a version expires with its aliases',
  'a linked version expires',
  'a version expires by the default of the team',
  'a protected alias holds up an expiry',
  'a version of a generated type outlives the default of the team',
  'an upload is abandoned by the clock',
  'a version is restored',
  'a deleted sequence exists again with a restored version',
  'a version is restored that garbage collection had reviewed',
  'a restore comes too late',
  'a restore finds that a file was taken away',
  'a version is recovered after garbage collection',
  'a version is recovered that garbage collection had released',
  'a committed version gets a file back',
  'a recovery finds that the bucket no longer has an object',
  'what was never committed does not come back',
  'the bucket drops a copy',
  'the newer of two copies is brought back',
  'a newer copy of an object takes the place of an older one',
  'a stricter rule drops a copy at once',
  'a copy is kept that no lifecycle rule removes',
  'a lifecycle rule soft-deletes a copy on GCP',
  'an object leaves a copy after versioning was switched off',
  'an object is swept that was deleted out of band',
  'an object that was swept is undeleted out of band',
  'an artifact collection takes the name of a deleted one',
  'a new artifact collection takes a former name of another one',
  'a renamed artifact collection exists again after its deletion',
  'a version is restored whose artifact collection lost its name',
  'a rename is refused, since the name is taken',
  'verify finds a missing file',
  'a run is deleted with what it logged',
  'a run is deleted with what it logged, and what it used stays',
  'a run is deleted with what it logged, and what another run created stays',
  'a run logs again what another run created',
  'a start is refused, since the run was deleted',
  'a run that ends logs its history',
  'a run is resumed',
  'a project is deleted with its versions',
  'a protected alias holds up the removal of a link',
  'a protected alias holds up the deletion of its source',
  'a protected alias holds up a wider deletion',
  'a protected alias holds up one version of a bulk deletion',
  'a TTL stays as it was, since somebody may not set one',
  'linking takes a TTL away',
  ...(['ACL-1', 'ACL-2', 'ACL-3', 'ACL-4', 'ALI-7'] as const).map(
    (rule) => `somebody is forbidden something by ${rule}` as const,
  ),
  'a member deletes a run of their own',
  'a member of a registry links',
  'a reference dangles after a deletion',
  'a reference dangles after an expiry',
  'a restore ends the dangling of a reference',
  'a reference points to nothing when it is logged',
  'a reference holds up the deletion of its target',
  'a reference holds up a wider deletion',
  'a reference holds up one version of a bulk deletion',
  'with hold, what refers goes with what it refers to',
] as const;

/** Something of that. */
export type WantedLater = (typeof WANTED_LATER)[number];

/** What of it one call did. */
export function* metIn(played: Played): Generator<WantedLater> {
  const { call, outcome, before, after } = played;
  if (!outcome.ok) {
    if (isCommand(call)) yield* metInRefusal(call, outcome.refusal, before);
    if (call.type !== 'collectGarbage') return;
    const { code } = outcome.refusal;
    if (code === 'gc-not-enabled' || code === 'bucket-not-protected') {
      yield `garbage collection is refused with ${code}`;
    }
    return;
  }
  if (isCommand(call)) yield* metInCommand(call, outcome.events, before, after);
  if (call.type === 'wait') yield* metInWait(before, after);
  yield* metInReferences(outcome.events, before, after);
  for (const event of outcome.events) {
    if (event.type === 'versionAbandoned' && call.type === 'wait') yield 'an upload is abandoned by the clock';
    yield* metInEvent(event, before);
  }
  yield* metInBucket(before, after);
}

function* metInReferences(
  events: readonly StoreEvent[],
  before: Store,
  after: Store,
): Generator<WantedLater> {
  const deleted = new Set(
    events.flatMap((event) => (event.type === 'versionDeleted' ? [event.versionId] : [])),
  );
  for (const event of events) {
    if (event.type === 'versionRestored' && isReferredToNaively(after, [event.versionId])) {
      yield 'a restore ends the dangling of a reference';
    }
    if (event.type !== 'versionDeleted' && event.type !== 'versionExpired') continue;
    if (isReferredToNaively(after, [event.versionId])) {
      yield `a reference dangles after ${event.type === 'versionDeleted' ? 'a deletion' : 'an expiry'}`;
    } else if (deleted.size > 1 && before.settings.artifactReferences === 'hold') {
      const together = [...deleted].flatMap((id) => before.versions.get(id) ?? []).flatMap(naiveTargets);
      if (together.includes(event.versionId)) yield 'with hold, what refers goes with what it refers to';
    }
  }
}

function* metInBucket(before: Store, after: Store): Generator<WantedLater> {
  for (const blob of after.bucket.blobs.unorderedRows()) {
    yield `an object is ${statusOf(blob)}`;
    const { current = true, copies = [] } = before.bucket.blobs.get(blob.key) ?? {};
    if (blob.copies.some(({ until }) => until === null)) yield 'a copy is kept that no lifecycle rule removes';
    const left = blob.copies.find(({ number }) => number >= before.bucket.nextCopyNumber);
    if (left?.kind === 'noncurrent' && !before.settings.bucket.versioning) {
      yield 'an object leaves a copy after versioning was switched off';
    }
    const older = copies.at(-1);
    const newest = blob.copies.at(-1);
    if (older === undefined) continue;
    if (newest !== undefined && newest.number > older.number && !blob.copies.includes(older)) {
      yield 'a newer copy of an object takes the place of an older one';
    }
    if (blob.current && !current && copies.length > 1 && blob.copies.length < copies.length) {
      yield 'the newer of two copies is brought back';
    }
  }
}

function* metInEvent(event: StoreEvent, before: Store): Generator<WantedLater> {
  switch (event.type) {
    case 'bucketCallFaulted':
      yield `the bucket ${event.fault} at a ${event.call}`;
      return;
    case 'objectSwept':
      if (event.freedBytes > 0) yield `garbage collection frees something on ${before.settings.deployment}`;
      if (before.outOfBand.has(event.objectId))
        yield 'an object is swept that was deleted out of band';
      return;
    case 'garbageCollectionSkipped': {
      const { deployment } = before.settings;
      if (deployment === 'bring-your-own-bucket' || deployment === 'self-managed') {
        yield `garbage collection is skipped on ${deployment}`;
      }
      return;
    }
    case 'versionExpired': {
      const version = before.versions.get(event.versionId);
      if (event.aliases.length > 0) yield 'a version expires with its aliases';
      if ((version?.links.length ?? 0) > 0) yield 'a linked version expires';
      if (version?.ttl.kind === 'inherit') yield 'a version expires by the default of the team';
      return;
    }
    case 'versionRestored': {
      yield 'a version is restored';
      const state = before.versions.get(event.versionId)?.state;
      if (state?.kind === 'PENDING_DELETION' && state.stage === 'reviewed') {
        yield 'a version is restored that garbage collection had reviewed';
      }
      return;
    }
    case 'collectionRenamed':
      if (before.collections.get(event.collectionId)?.exists === false)
        yield 'an artifact collection takes the name of a deleted one';
      return;
    case 'collectionCreated': {
      const isFirst = event.collectionId === collectionIdOf(event.name);
      if (!isFirst && !event.again) yield 'a new artifact collection takes a former name of another one';
      if (!isFirst && event.again) yield 'a renamed artifact collection exists again after its deletion';
      if (event.name.collection.includes('~'))
        yield 'a version is restored whose artifact collection lost its name';
      return;
    }
    case 'versionRecovered': {
      const state = before.versions.get(event.versionId)?.state;
      if (state?.kind === 'DELETED') yield 'a version is recovered after garbage collection';
      if (state?.kind === 'COMMITTED') yield 'a committed version gets a file back';
      if (state?.kind === 'PENDING_DELETION' && state.stage === 'released') {
        yield 'a version is recovered that garbage collection had released';
      }
      return;
    }
    case 'copiesDropped':
      yield 'the bucket drops a copy';
      if (event.dropped.some(({ left }) => left !== null)) yield 'a lifecycle rule soft-deletes a copy on GCP';
      return;
    case 'undeletedOutOfBand':
      if (!before.objects.has(event.objectId))
        yield 'an object that was swept is undeleted out of band';
      return;
    case 'deletionRefused':
      if (event.refusal.code === 'protected-alias')
        yield 'a protected alias holds up one version of a bulk deletion';
      if (event.refusal.code === 'referred-to')
        yield 'a reference holds up one version of a bulk deletion';
      return;
    case 'lineageRecorded':
      if (event.edge === 'output') yield 'a run logs again what another run created';
      return;
    case 'runStarted':
      if (event.again) yield 'a run is resumed';
      return;
    case 'ttlKept':
      yield 'a TTL stays as it was, since somebody may not set one';
      return;
    case 'ttlSet':
      if (event.cause === 'linked') yield 'linking takes a TTL away';
      return;
    default:
      return;
  }
}

function* metInCommand(
  command: Command,
  events: readonly StoreEvent[],
  before: Store,
  after: Store,
): Generator<WantedLater> {
  const kinds = new Set(events.map(({ type }) => type));
  const by = command.by ?? null;
  switch (command.type) {
    case 'restoreVersion':
      if (kinds.has('collectionCreated')) yield 'a deleted sequence exists again with a restored version';
      return;
    case 'changeSettings':
      if (copiesIn(after) < copiesIn(before)) yield 'a stricter rule drops a copy at once';
      return;
    case 'deleteOutOfBand':
      if (verify(after).findings.some(({ kind }) => kind === 'file missing'))
        yield 'verify finds a missing file';
      return;
    case 'deleteRun': {
      if (by !== null && roleOf(before, 'team', by) === 'member') yield 'a member deletes a run of their own';
      if (!kinds.has('versionDeleted')) return;
      yield 'a run is deleted with what it logged';
      const runIds = events.flatMap((event) => (event.type === 'runDeleted' ? [event.runId] : []));
      const used = runIds.flatMap((runId) => [...(after.runs.get(runId)?.used.keys() ?? [])]);
      if (used.some((versionId) => after.versions.get(versionId)?.state.kind === 'COMMITTED')) {
        yield 'a run is deleted with what it logged, and what it used stays';
      }
      const outputs = runIds.flatMap((runId) => [...(after.runs.get(runId)?.logged.keys() ?? [])]);
      const others = outputs
        .flatMap((versionId) => after.versions.get(versionId) ?? [])
        .filter(({ loggedBy }) => loggedBy === null || !runIds.includes(loggedBy));
      if (others.some(({ state }) => state.kind === 'COMMITTED')) {
        yield 'a run is deleted with what it logged, and what another run created stays';
      }
      return;
    }
    case 'finishRun':
      if (kinds.has('versionCommitted')) yield 'a run that ends logs its history';
      return;
    case 'deleteProject':
      if (kinds.has('versionDeleted')) yield 'a project is deleted with its versions';
      return;
    case 'linkVersion':
      if (by !== null && kinds.has('versionLinked') && roleOf(before, command.to, by) === 'member') {
        yield 'a member of a registry links';
      }
      return;
    default:
      return;
  }
}

function* metInRefusal(command: Command, refusal: Refusal, before: Store): Generator<WantedLater> {
  const { code, rule } = refusal;
  if (code === 'forbidden') {
    const forbidden = WANTED_LATER.find((text) => text === `somebody is forbidden something by ${rule}`);
    if (forbidden !== undefined) yield forbidden;
  }
  if (rule === 'DEL-18' && code === 'not-found') yield 'a reference points to nothing when it is logged';
  switch (command.type) {
    case 'unlinkVersion':
      if (code === 'forbidden' && rule === 'ALI-7') yield 'a protected alias holds up the removal of a link';
      return;
    case 'renameCollection':
      if (code === 'name-taken') yield 'a rename is refused, since the name is taken';
      return;
    case 'startRun':
      if (code === 'run-deleted') yield 'a start is refused, since the run was deleted';
      return;
    case 'deleteVersion':
      if (code === 'protected-alias') yield 'a protected alias holds up the deletion of its source';
      if (code === 'referred-to') yield 'a reference holds up the deletion of its target';
      return;
    case 'deleteCollection':
    case 'deleteRun':
    case 'deleteProject':
      if (code === 'protected-alias') yield 'a protected alias holds up a wider deletion';
      if (code === 'referred-to') yield 'a reference holds up a wider deletion';
      return;
    case 'restoreVersion':
    case 'recoverVersion': {
      const state = versionAt(before, command.version)?.state;
      const never = state !== undefined && 'committedAt' in state && state.committedAt === null;
      if (code === 'not-restorable' && never) yield 'what was never committed does not come back';
      if (code === 'not-restorable' && !never && state?.kind === 'DELETED') yield 'a restore comes too late';
      if (code !== 'objects-missing') return;
      yield command.type === 'restoreVersion'
        ? 'a restore finds that a file was taken away'
        : 'a recovery finds that the bucket no longer has an object';
      return;
    }
    default:
      return;
  }
}

// What is still there though the last run came after its time.
function* metInWait(before: Store, after: Store): Generator<WantedLater> {
  const { gcEverySeconds } = after.settings;
  const lastRun = Math.floor(after.now / gcEverySeconds) * gcEverySeconds;
  if (lastRun <= before.now) return;
  for (const version of after.versions.unorderedRows()) {
    const expiry = naiveExpiry(after, version);
    if (version.state.kind !== 'COMMITTED' || expiry === null || expiry > lastRun) continue;
    if (isGeneratedNaively(after, version)) {
      yield 'a version of a generated type outlives the default of the team';
    } else if (naiveProtections(after, version.id).length > 0) {
      yield 'a protected alias holds up an expiry';
    }
  }
}

function copiesIn(store: Store): number {
  return [...store.bucket.blobs.unorderedRows()].reduce((sum, { copies }) => sum + copies.length, 0);
}
