import { isStored } from '../bucket/bucket.ts';
import { withLists } from '../store/artifact-collection.ts';
import { collectionById, nameOfVersion, objectById, versionById } from '../store/look-up.ts';
import type { Manifest, ManifestEntry } from '../store/manifest.ts';
import type { Evolvers, Store } from '../store/store.ts';
import { heldBy, objectIdOf, objectsOf, type StoredObject } from '../store/stored-object.ts';
import type { TimeToLive } from '../store/time-to-live.ts';
import { inState, versionIdOf } from '../store/version.ts';
import type { ContentDigest } from '../values/digest.ts';
import type { Alias, CollectionId, ObjectId, ScopeId, VersionId } from '../values/names.ts';
import { emptySortedTable } from '../values/sorted-table.ts';
import { type Bytes, formatSize, type Instant, LARGEST_EXACT, later } from '../values/units.ts';
import { type AliasPut, aliasesPut, withLatest } from './aliasing.ts';
import { type BucketCallFaulted, type Called, callBucket, faultsUntilDone } from './bucket-calls.ts';
import type { Place } from './collection-creation.ts';
import { accepted, type Decision, type Refusal, refused } from './decision.ts';
import { requeueExpiry } from './expiry-queue.ts';
import { softDelete } from './soft-deletion.ts';

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
    if (abandonedAt(store, versionId) > store.now) break;
    stale.push(versionId);
  }
  return stale;
}

/** When the scheduled job may give an upload up, as the switch stands now (LOG-8; basis: chosen). */
export function abandonedAt(store: Store, versionId: VersionId): Instant {
  return later(versionById(store, versionId).createdAt, store.settings.abandonAfterSeconds);
}

/** What a manifest's files are to the store: to be uploaded, or stored already. */
export interface Contents {
  readonly scope: ScopeId;
  readonly uploaded: readonly Called[];
  readonly alreadyStored: readonly ObjectId[];
}

/**
 * Compares a manifest with what the store has. Refused: `bad-name` for a path, an address or a checksum that UTF-8 cannot say, and
 * `content-conflict` where one of its digests stands for another size, here or within the manifest: a store that took
 * it would free other bytes than it counted.
 */
export function contentsOf(
  store: Store,
  scope: ScopeId,
  manifest: Manifest,
): { readonly ok: true; readonly contents: Contents } | { readonly ok: false; readonly refusal: Refusal } {
  const halved = manifest.entries.find(isHalved);
  if (halved !== undefined) return refused('badPath', { path: halved.path });
  const sizes = new Map<ContentDigest, Bytes>();
  const uploaded: Called[] = [];
  const alreadyStored: ObjectId[] = [];
  for (const file of manifest.entries) {
    if (file.kind !== 'file') continue;
    const { digest, sizeBytes } = file;
    const objectId = objectIdOf(scope, digest);
    const seen = sizes.get(digest);
    const object = seen === undefined ? store.objects.get(objectId) : undefined;
    const known = seen ?? object?.sizeBytes ?? store.bucket.blobs.get(objectId)?.sizeBytes ?? sizeBytes;
    if (known !== sizeBytes) {
      const facts = { digest, path: file.path, stored: formatSize(known), given: formatSize(sizeBytes) };
      return refused('contentConflict', facts);
    }
    if (seen !== undefined) continue;
    sizes.set(digest, sizeBytes);
    if (isKnownStored(store, objectId, object)) alreadyStored.push(objectId);
    else uploaded.push({ objectId, sizeBytes });
  }
  return { ok: true, contents: { scope, uploaded, alreadyStored } };
}

// Halves of characters cannot be told apart in UTF-8, and so not in the digest either.
const HALF = /\p{Cs}/u;

function isHalved(entry: ManifestEntry): boolean {
  if (HALF.test(entry.path)) return true;
  return entry.kind === 'reference' && [entry.address, entry.checksum].some((text) => HALF.test(text));
}

// LOG-6: what a version holds counts as stored, by the store's own record, even where somebody took it out of the
// bucket (BKT-6). Of what is being collected the record may be behind, so that the bucket itself is asked.
function isKnownStored(store: Store, objectId: ObjectId, object: StoredObject | undefined): boolean {
  return object !== undefined && (object.holders > 0 || isStored(store.bucket, objectId));
}

/**
 * What an upload comes to: the event that begins it, after the calls of the bucket that went wrong on the way and were
 * made again. Refused with `too-large`.
 */
export function beginning(
  store: Store,
  { id, nextIndex }: Place['collection'],
  { scope, uploaded, alreadyStored }: Contents,
  upload: Pick<VersionBegun, 'manifest' | 'requestedAliases' | 'tags' | 'ttl'>,
):
  | { readonly ok: true; readonly begun: VersionBegun; readonly faults: readonly BucketCallFaulted[] }
  | { readonly ok: false; readonly refusal: Refusal } {
  const { sizeBytes } = upload.manifest;
  if (store.everBegunBytes + sizeBytes > LARGEST_EXACT) {
    return refused('tooLarge', { given: formatSize(sizeBytes) });
  }
  const begun: VersionBegun = {
    type: 'versionBegun',
    versionId: versionIdOf(id, nextIndex),
    collectionId: id,
    index: nextIndex,
    ...upload,
    scope,
    uploaded: uploaded.map(({ objectId }) => objectId),
    alreadyStored,
  };
  return { ok: true, begun, faults: faultsUntilDone(store, 'put', uploaded) };
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

/** What the events of this chapter change. */
export const EVOLVE_UPLOADING: Evolvers<UploadingEvent> = {
  versionBegun: (store, event) => {
    const { now, nextUploadNumber: uploadNumber } = store;
    store.nextUploadNumber = uploadNumber + 1;
    store.uploads = store.uploads.insert(uploadNumber, event.versionId);
    store.versions = store.versions.insert(event.versionId, {
      id: event.versionId,
      collectionId: event.collectionId,
      index: event.index,
      state: { kind: 'PENDING', requestedAliases: event.requestedAliases, uploadNumber },
      manifest: event.manifest,
      scope: event.scope,
      createdAt: now,
      tags: event.tags,
      ttl: event.ttl,
      links: [],
      loggedBy: null,
      usedBy: emptySortedTable(),
    });
    store.collections = store.collections.amend(event.collectionId, (collection) =>
      withLists(collection, {
        nextIndex: event.index + 1,
        uploading: collection.uploading.insert(event.index, true),
      }),
    );
    store.everBegunBytes = (store.everBegunBytes + event.manifest.sizeBytes) as Bytes;
    const objects = store.objects.putAll(
      objectsOf(event.scope, event.manifest),
      (object, { digest, sizeBytes }, id) => heldBy(object ?? { id, digest, sizeBytes, holders: 0 }, 1),
    );
    store.objects = objects;
    const uploaded = event.uploaded.map((objectId) => {
      return { objectId, sizeBytes: objectById({ objects }, objectId).sizeBytes };
    });
    if (uploaded.length > 0) callBucket(store, 'put', uploaded);
  },
  versionCommitted: (store, event) => {
    const { now, versions } = store;
    const { collectionId, index, manifest, state } = versionById({ versions }, event.versionId);
    if (state.kind === 'PENDING') store.uploads = store.uploads.remove(state.uploadNumber);
    store.versions = versions.amend(event.versionId, (version) =>
      inState(version, { kind: 'COMMITTED', committedAt: now, aliases: [] }),
    );
    store.collections = store.collections.amend(collectionId, (collection) =>
      withLists(collection, {
        uploading: collection.uploading.remove(index),
        listed: collection.listed.insert(index, true),
      }),
    );
    store.logicalBytes = (store.logicalBytes + manifest.sizeBytes) as Bytes;
    requeueExpiry(store, event.versionId);
  },
  versionAbandoned: (store, event) => softDelete(store, event.versionId, []),
};
