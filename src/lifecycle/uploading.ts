import type { Draft } from 'immer';
import { isStored } from '../bucket/bucket.ts';
import { collectionById, nameOfVersion, objectById, versionById } from '../store/look-up.ts';
import type { FileEntry, Manifest } from '../store/manifest.ts';
import type { Store } from '../store/store.ts';
import { objectIdOf, objectsOf, scopeOf } from '../store/stored-object.ts';
import type { TimeToLive } from '../store/time-to-live.ts';
import { versionIdOf } from '../store/version.ts';
import type { Alias, CollectionId, CollectionName, ObjectId, ScopeId, VersionId } from '../values/names.ts';
import { emptySortedTable } from '../values/sorted-table.ts';
import { type Bytes, formatSize, type Instant, LARGEST_EXACT, later } from '../values/units.ts';
import { type AliasPut, aliasesPut, withLatest } from './aliasing.ts';
import { type BucketCallFaulted, type Called, callBucket, faultsUntilDone } from './bucket-calls.ts';
import { accepted, type Decision, type Refusal, refused } from './decision.ts';
import { requeueExpiry } from './expiry-queue.ts';
import type { Place } from './founding.ts';
import { discard } from './trash.ts';

/** Ends an upload: the version can be found from now on. */
export interface CommitVersion {
  readonly type: 'commitVersion';
  readonly versionId: VersionId;
}

/** Gives an upload up: the version waits for garbage collection like a deleted one. */
export interface AbandonVersion {
  readonly type: 'abandonVersion';
  readonly versionId: VersionId;
}

/** Gives up every upload that began longer ago than the switch `abandonAfter` allows, as the scheduled job does. */
export interface AbandonStaleUploads {
  readonly type: 'abandonStaleUploads';
}

/** Everything that can be asked for in this chapter. */
export type UploadingCommand = CommitVersion | AbandonVersion | AbandonStaleUploads;

/** A PENDING version exists, with its index, and holds every object that it lists (LOG-5; basis: sdk, chosen). */
export interface VersionBegun {
  readonly type: 'versionBegun';
  readonly versionId: VersionId;
  readonly collectionId: CollectionId;
  readonly index: number;
  readonly manifest: Manifest;
  readonly scope: ScopeId;
  readonly requestedAliases: readonly Alias[];
  readonly tags: readonly string[];
  readonly ttl: TimeToLive;
  /** The objects whose bytes were uploaded. */
  readonly uploaded: readonly ObjectId[];
  /** The objects that the store had already, and shares (LOG-6; basis: doc). */
  readonly alreadyStored: readonly ObjectId[];
}

/** A version is COMMITTED, and can be found by its index. */
export interface VersionCommitted {
  readonly type: 'versionCommitted';
  readonly versionId: VersionId;
}

/** An upload was given up: its version is PENDING_DELETION. */
export interface VersionAbandoned {
  readonly type: 'versionAbandoned';
  readonly versionId: VersionId;
}

/** Everything that can happen in this chapter. */
export type UploadingEvent = VersionBegun | VersionCommitted | VersionAbandoned;

/** Decides the end of an upload. Refused with `not-pending` when it is over; committing twice changes nothing. */
export function decideUploading(
  command: UploadingCommand,
  store: Store,
): Decision<VersionCommitted | VersionAbandoned | AliasPut> {
  if (command.type === 'abandonStaleUploads') {
    return accepted(
      staleUploads(store).map((versionId): VersionAbandoned => ({ type: 'versionAbandoned', versionId })),
    );
  }
  const version = versionById(store, command.versionId);
  if (version.state.kind === 'PENDING') {
    if (command.type === 'abandonVersion') {
      return accepted([{ type: 'versionAbandoned', versionId: version.id }]);
    }
    const collection = collectionById(store, version.collectionId);
    return accepted([...committed(collection, version.id, version.index, version.state.requestedAliases)]);
  }
  if (command.type === 'commitVersion' && version.state.kind === 'COMMITTED') return accepted([]);
  return refused('notPending', {
    version: nameOfVersion(store, version.id),
    state: version.state.kind,
  });
}

// LOG-8: the queue goes by the order of beginning, so that the first that is young enough ends the look.
function staleUploads(store: Store): readonly VersionId[] {
  const stale: VersionId[] = [];
  for (const [, versionId] of store.uploads.entries()) {
    if (givenUpAt(store, versionId) > store.now) break;
    stale.push(versionId);
  }
  return stale;
}

/** When the scheduled job may give an upload up, as the switch stands now (LOG-8; basis: chosen). */
export function givenUpAt(store: Store, versionId: VersionId): Instant {
  return later(versionById(store, versionId).createdAt, store.settings.abandonAfterSeconds);
}

/**
 * What a manifest's upload comes to: the event that begins it, after the calls of the bucket that went wrong on the
 * way and were made again, or a refusal of the content itself.
 */
export function beginning(
  store: Store,
  place: Place,
  collection: CollectionName,
  upload: Pick<VersionBegun, 'manifest' | 'requestedAliases' | 'tags' | 'ttl'>,
):
  | { readonly ok: true; readonly begun: VersionBegun; readonly faults: readonly BucketCallFaulted[] }
  | { readonly ok: false; readonly refusal: Refusal } {
  const { manifest } = upload;
  if (store.everBegunBytes + manifest.sizeBytes > LARGEST_EXACT) {
    return refused('tooLarge', { given: formatSize(manifest.sizeBytes) });
  }
  const scope = scopeOf(store.settings.sharing, place.collection.id, collection.entity);
  const objects = objectsOf(scope, manifest).map(
    ([objectId, { sizeBytes }]): Called => ({ objectId, sizeBytes }),
  );
  const uploaded = objects.filter(({ objectId }) => !isKnownStored(store, objectId));
  const alreadyStored = objects.filter(({ objectId }) => isKnownStored(store, objectId));
  const index = place.collection.nextIndex;
  const begun: VersionBegun = {
    type: 'versionBegun',
    versionId: versionIdOf(place.collection.id, index),
    collectionId: place.collection.id,
    index,
    ...upload,
    scope,
    uploaded: uploaded.map(({ objectId }) => objectId),
    alreadyStored: alreadyStored.map(({ objectId }) => objectId),
  };
  return { ok: true, begun, faults: faultsUntilDone(store, 'put', uploaded) };
}

// LOG-6: what a version holds counts as stored, by the store's own record, even where somebody took it out of the
// bucket (BKT-6). Of what is being collected the record may be behind, so that the bucket itself is asked.
function isKnownStored(store: Store, objectId: ObjectId): boolean {
  const holders = store.objects.get(objectId)?.holders;
  return holders !== undefined && (holders > 0 || isStored(store.bucket, objectId));
}

/** The events that end an upload: the version is found from now on, by its index and its aliases (ALI-1; basis: doc). */
export function committed(
  collection: Place['collection'],
  versionId: VersionId,
  index: number,
  aliases: readonly Alias[],
): readonly (VersionCommitted | AliasPut)[] {
  return [{ type: 'versionCommitted', versionId }, ...aliasesPut(collection, index, withLatest(aliases))];
}

const HALF = /\p{Cs}/u;

/**
 * Refuses a manifest with `bad-name` for a path that UTF-8 cannot say, and with `content-conflict` where one of its digests stands for another size, here or within
 * the manifest: a store that took it would free other bytes than it counted.
 */
export function contentConflict(
  store: Store,
  place: Place,
  collection: CollectionName,
  manifest: Manifest,
): { readonly ok: false; readonly refusal: Refusal } | undefined {
  const scope = scopeOf(store.settings.sharing, place.collection.id, collection.entity);
  const sizes = new Map<ObjectId, Bytes>();
  // Halves of characters cannot be told apart in UTF-8, and so not in the digest either.
  const halved = manifest.entries.find((entry) =>
    HALF.test(entry.kind === 'file' ? entry.path : entry.path + entry.address),
  );
  if (halved !== undefined) return refused('badPath', { path: halved.path });
  const files = manifest.entries.filter((entry): entry is FileEntry => entry.kind === 'file');
  for (const file of files) {
    const objectId = objectIdOf(scope, file.digest);
    const known = sizes.get(objectId) ?? store.bucket.blobs.get(objectId)?.sizeBytes ?? file.sizeBytes;
    if (known !== file.sizeBytes) {
      return refused('contentConflict', {
        digest: file.digest,
        path: file.path,
        stored: formatSize(known),
        given: formatSize(file.sizeBytes),
      });
    }
    sizes.set(objectId, known);
  }
  return undefined;
}

/** Plays an event of this chapter on the draft of a store. */
export function evolveUploading(store: Draft<Store>, event: UploadingEvent): void {
  switch (event.type) {
    case 'versionBegun':
      evolveBegun(store, event);
      return;
    case 'versionCommitted':
      evolveCommitted(store, event);
      return;
    case 'versionAbandoned':
      discard(store, event.versionId, []);
      return;
  }
}

function evolveBegun(store: Draft<Store>, event: VersionBegun): void {
  const uploadNumber = store.nextUploadNumber;
  store.nextUploadNumber += 1;
  store.uploads = store.uploads.insert(uploadNumber, event.versionId);
  store.versions = store.versions.insert(event.versionId, {
    id: event.versionId,
    collectionId: event.collectionId,
    index: event.index,
    state: { kind: 'PENDING', requestedAliases: event.requestedAliases, uploadNumber },
    manifest: event.manifest,
    scope: event.scope,
    createdAt: store.now,
    tags: event.tags,
    ttl: event.ttl,
    links: [],
    loggedBy: null,
    usedBy: emptySortedTable(),
  });
  store.collections = store.collections.amend(event.collectionId, (collection) => {
    collection.nextIndex = event.index + 1;
    collection.uploading = collection.uploading.insert(event.index, true);
  });
  store.everBegunBytes = (store.everBegunBytes + event.manifest.sizeBytes) as Bytes;
  for (const [id, file] of objectsOf(event.scope, event.manifest)) {
    const holders = (store.objects.get(id)?.holders ?? 0) + 1;
    store.objects = store.objects.insert(id, {
      id,
      digest: file.digest,
      sizeBytes: file.sizeBytes,
      holders,
    });
  }
  for (const id of event.uploaded) {
    callBucket(store, 'put', { objectId: id, sizeBytes: objectById(store, id).sizeBytes });
  }
}

function evolveCommitted(store: Draft<Store>, event: VersionCommitted): void {
  const { collectionId, index, manifest, state } = versionById(store, event.versionId);
  if (state.kind === 'PENDING') store.uploads = store.uploads.remove(state.uploadNumber);
  store.versions = store.versions.amend(event.versionId, (version) => {
    version.state = { kind: 'COMMITTED', committedAt: store.now, aliases: [] };
  });
  store.collections = store.collections.amend(collectionId, (collection) => {
    collection.uploading = collection.uploading.remove(index);
    collection.listed = collection.listed.insert(index, true);
  });
  store.logicalBytes = (store.logicalBytes + manifest.sizeBytes) as Bytes;
  requeueExpiry(store, event.versionId);
}
