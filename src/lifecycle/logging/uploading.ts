import { withLists } from '../../store/artifact-collection.ts';
import { collectionById, nameOfVersion, objectById, versionById } from '../../store/look-up.ts';
import {
  entryAt,
  isSameEntry,
  laterManifest,
  type Manifest,
  type ManifestEntry,
  manifestOf,
} from '../../store/manifest.ts';
import type { Who } from '../../store/people.ts';
import { addReferrer } from '../../store/references/referrers.ts';
import type { Evolvers, Store, StoreDraft } from '../../store/store.ts';
import { heldBy, objectsOf } from '../../store/stored-object.ts';
import type { TimeToLive } from '../../store/time-to-live.ts';
import { inState, type Version, type VersionFacts, versionIdOf } from '../../store/version.ts';
import type { Alias, CollectionId, ObjectId, RunName, ScopeId, VersionId } from '../../values/names.ts';
import { emptySortedTable } from '../../values/sorted-table.ts';
import { type Bytes, formatSize, type Instant, LARGEST_EXACT, later } from '../../values/units.ts';
import { type AliasPut, aliasesPut, withLatest } from '../aliasing.ts';
import { accepted, type Decision, type Refusal, type Refused, refused } from '../decision.ts';
import { softDelete } from '../deletion/soft-deletion.ts';
import { requeueExpiry } from '../expiry/expiry-queue.ts';
import { type BucketCallFaulted, callBucket, faultsUntilDone } from './bucket-calls.ts';
import type { Place } from './collection-creation.ts';
import { type Contents, contentsOf } from './contents.ts';
import { type LineageRecorded, outputOf, wrongRun } from './lineage.ts';
import { resolvedManifest } from './resolving.ts';

/** Adds files to an upload, as any run may do until the commit (LOG-5). */
export interface AddFiles {
  readonly type: 'addFiles';
  readonly versionId: VersionId;
  readonly files: readonly ManifestEntry[];
  readonly run: RunName | null;
  readonly by?: Who;
}

/** Commits an upload: the version can be found from now on. */
export interface CommitVersion {
  readonly type: 'commitVersion';
  readonly versionId: VersionId;
}

/** Abandons an upload: the version waits for garbage collection like a deleted one. */
export interface AbandonVersion {
  readonly type: 'abandonVersion';
  readonly versionId: VersionId;
}

/** Abandons every upload older than the setting `abandonAfter`, as the scheduled job does. */
export interface AbandonStaleUploads {
  readonly type: 'abandonStaleUploads';
}

/** The commands of this chapter. */
export type UploadingCommand = AddFiles | CommitVersion | AbandonVersion | AbandonStaleUploads;

/** A PENDING version was created; it holds every object that it lists (LOG-5). */
export interface VersionBegun {
  readonly type: 'versionBegun';
  readonly versionId: VersionId;
  readonly collectionId: CollectionId;
  /** Its place among the uploads of its sequence; its index is given at the commit (LOG-5). */
  readonly serial: number;
  readonly manifest: Manifest;
  readonly scope: ScopeId;
  readonly requestedAliases: readonly Alias[];
  readonly tags: readonly string[];
  readonly facts: VersionFacts | null;
  readonly ttl: TimeToLive;
  /** The objects that were uploaded. */
  readonly uploaded: readonly ObjectId[];
  /** The objects that were already stored and are shared (LOG-6). */
  readonly alreadyStored: readonly ObjectId[];
}

/** Files were added to a PENDING version; it holds them from now on (LOG-5). */
export interface FilesAdded {
  readonly type: 'filesAdded';
  readonly versionId: VersionId;
  /** Its content from now on. */
  readonly manifest: Manifest;
  /** The objects that were uploaded. */
  readonly uploaded: readonly ObjectId[];
  /** The objects that were already stored, by this upload or others (LOG-6). */
  readonly alreadyStored: readonly ObjectId[];
}

/** A client continued the upload that its id names, which gets these aliases at its commit (LOG-11). */
export interface UploadJoined {
  readonly type: 'uploadJoined';
  readonly versionId: VersionId;
  readonly requestedAliases: readonly Alias[];
}

/** A version became COMMITTED, got its index, and can be found (LOG-5). */
export interface VersionCommitted {
  readonly type: 'versionCommitted';
  readonly versionId: VersionId;
  readonly index: number;
}

/** An upload was abandoned: its version became PENDING_DELETION. */
export interface VersionAbandoned {
  readonly type: 'versionAbandoned';
  readonly versionId: VersionId;
}

/** The events of this chapter. */
export type UploadingEvent = VersionBegun | UploadJoined | FilesAdded | VersionCommitted | VersionAbandoned;

/**
 * Decides what happens to uploads after their start. Refuses with `not-pending`; added files also with `content-conflict`,
 * `bad-name`, `too-large`, `not-found` for a reference (DEL-18), `run-deleted` (RUN-2). Committing twice, and adding what is there already, changes nothing.
 */
export function decideUploading(
  command: UploadingCommand,
  store: Store,
): Decision<UploadingEvent | AliasPut | LineageRecorded | BucketCallFaulted> {
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
    if (command.type === 'addFiles') return decideAdding(command, store, version);
    const collection = collectionById(store, version.collectionId);
    return accepted([...committed(collection, version.id, version.state.requestedAliases)]);
  }
  if (command.type === 'commitVersion' && version.state.kind === 'COMMITTED') return accepted([]);
  return refused('notPending', {
    version: nameOfVersion(store, version.id),
    state: version.state.kind,
  });
}

/** Decides the addition of files to a PENDING version. Refuses as `decideUploading` does. */
export function decideAdding(
  { files, run, by = null }: Pick<AddFiles, 'files' | 'run' | 'by'>,
  store: Store,
  { id: versionId, manifest: before, scope }: Version,
): Decision<FilesAdded | LineageRecorded | BucketCallFaulted> {
  const wrong = run === null ? undefined : wrongRun(store, run);
  if (wrong !== undefined) return wrong;
  const resolved = resolvedManifest(store, manifestOf(files));
  if (!resolved.ok) return resolved;
  const taken = resolved.value.entries.find((entry) => {
    const known = entryAt(before, entry.path);
    return known !== undefined && !isSameEntry(known, entry);
  });
  if (taken !== undefined) {
    return refused('pathTaken', { version: nameOfVersion(store, versionId), path: taken.path });
  }
  const compared = contentsOf(store, scope, resolved.value);
  if (!compared.ok) return compared;
  const { uploaded, alreadyStored } = compared.contents;
  const more = resolved.value.entries.filter(({ path, extra }) => {
    const known = entryAt(before, path);
    return known === undefined || (extra !== undefined && extra !== known.extra);
  });
  const manifest = more.length > 0 ? laterManifest(before, [...before.entries, ...more]) : before;
  const tooLarge = beyondLimit(store, manifest.sizeBytes - before.sizeBytes);
  if (tooLarge !== undefined) return tooLarge;
  const added: FilesAdded = {
    type: 'filesAdded',
    versionId,
    manifest,
    uploaded: uploaded.map(({ objectId }) => objectId),
    alreadyStored,
  };
  return accepted<FilesAdded | LineageRecorded | BucketCallFaulted>([
    ...faultsUntilDone(store, 'put', uploaded),
    ...(more.length > 0 ? [added] : []),
    ...(run === null ? [] : outputOf(store, run, versionId, by)),
  ]);
}

// LOG-8: the queue is in order of upload start, so the first upload that is young enough ends the search.
function staleUploads(store: Store): readonly VersionId[] {
  const stale: VersionId[] = [];
  for (const [, versionId] of store.uploads.entries()) {
    if (abandonedAt(store, versionId) > store.now) break;
    stale.push(versionId);
  }
  return stale;
}

/** When the scheduled job may abandon an upload, under the current switch (LOG-8). */
export function abandonedAt(store: Store, versionId: VersionId): Instant {
  return later(versionById(store, versionId).createdAt, store.settings.abandonAfterSeconds);
}

/** The event that starts an upload, after the faults of bucket calls that were repeated. Refuses with `too-large`. */
export function beginning(
  store: Store,
  { id, nextSerial }: Place['collection'],
  { scope, uploaded, alreadyStored }: Contents,
  upload: Pick<VersionBegun, 'manifest' | 'requestedAliases' | 'tags' | 'facts' | 'ttl'>,
):
  | { readonly ok: true; readonly begun: VersionBegun; readonly faults: readonly BucketCallFaulted[] }
  | { readonly ok: false; readonly refusal: Refusal } {
  const tooLarge = beyondLimit(store, upload.manifest.sizeBytes);
  if (tooLarge !== undefined) return tooLarge;
  const begun: VersionBegun = {
    type: 'versionBegun',
    versionId: versionIdOf(id, nextSerial),
    collectionId: id,
    serial: nextSerial,
    ...upload,
    scope,
    uploaded: uploaded.map(({ objectId }) => objectId),
    alreadyStored,
  };
  return { ok: true, begun, faults: faultsUntilDone(store, 'put', uploaded) };
}

function beyondLimit(store: Store, moreBytes: number): Refused | undefined {
  const isTooLarge = store.everBegunBytes + moreBytes > LARGEST_EXACT;
  return isTooLarge ? refused('tooLarge', { given: formatSize(moreBytes) }) : undefined;
}

/** The events of a commit: the version gets its index, and can be found by it and by its aliases (LOG-5, ALI-1). */
export function committed(
  collection: Place['collection'],
  versionId: VersionId,
  aliases: readonly Alias[],
): readonly (VersionCommitted | AliasPut)[] {
  const { nextIndex: index } = collection;
  return [
    { type: 'versionCommitted', versionId, index },
    ...aliasesPut(collection, index, withLatest(aliases)),
  ];
}

/** The evolvers of this chapter. */
export const EVOLVE_UPLOADING: Evolvers<UploadingEvent> = {
  versionBegun: (store, event) => {
    const { now, nextUploadNumber: uploadNumber } = store;
    store.nextUploadNumber = uploadNumber + 1;
    store.uploads = store.uploads.insert(uploadNumber, event.versionId);
    store.versions = store.versions.insert(event.versionId, {
      id: event.versionId,
      collectionId: event.collectionId,
      serial: event.serial,
      index: null,
      state: { kind: 'PENDING', requestedAliases: event.requestedAliases, uploadNumber },
      manifest: event.manifest,
      scope: event.scope,
      createdAt: now,
      tags: event.tags,
      facts: event.facts,
      ttl: event.ttl,
      links: [],
      loggedBy: null,
      usedBy: emptySortedTable(),
    });
    store.collections = store.collections.amend(event.collectionId, (collection) =>
      withLists(collection, {
        nextSerial: event.serial + 1,
        uploading: collection.uploading.insert(event.serial, event.versionId),
      }),
    );
    addReferrer(store, event.versionId);
    store.everBegunBytes = (store.everBegunBytes + event.manifest.sizeBytes) as Bytes;
    hold(store, objectsOf(event.scope, event.manifest), event.uploaded);
  },
  uploadJoined: (store, { versionId, requestedAliases }) => {
    store.versions = store.versions.amend(versionId, (version) =>
      version.state.kind === 'PENDING' ? inState(version, { ...version.state, requestedAliases }) : version,
    );
  },
  filesAdded: (store, { versionId, manifest, uploaded }) => {
    const { versions } = store;
    const before = versionById({ versions }, versionId);
    store.versions = versions.amend(versionId, (version) => ({ ...version, manifest }));
    addReferrer(store, versionId);
    store.everBegunBytes = (store.everBegunBytes + manifest.sizeBytes - before.manifest.sizeBytes) as Bytes;
    const held = new Set(objectsOf(before.scope, before.manifest).map(([objectId]) => objectId));
    const added = objectsOf(before.scope, manifest).filter(([objectId]) => !held.has(objectId));
    hold(store, added, uploaded);
  },
  versionCommitted: (store, { versionId, index }) => {
    const { now, versions } = store;
    const { collectionId, serial, manifest, state } = versionById({ versions }, versionId);
    if (state.kind === 'PENDING') store.uploads = store.uploads.remove(state.uploadNumber);
    store.versions = versions.amend(versionId, (version) =>
      inState({ ...version, index }, { kind: 'COMMITTED', committedAt: now, aliases: [] }),
    );
    store.collections = store.collections.amend(collectionId, (collection) =>
      withLists(collection, {
        nextIndex: index + 1,
        uploading: collection.uploading.remove(serial),
        listed: collection.listed.insert(index, versionId),
      }),
    );
    store.logicalBytes = (store.logicalBytes + manifest.sizeBytes) as Bytes;
    requeueExpiry(store, versionId);
  },
  versionAbandoned: (store, event) => softDelete(store, event.versionId, []),
};

// GC-3: a PENDING version holds every object that was added so far.
function hold(store: StoreDraft, held: ReturnType<typeof objectsOf>, uploadedIds: readonly ObjectId[]): void {
  const objects = store.objects.putAll(held, (object, { digest, sizeBytes }, id) =>
    heldBy(object ?? { id, digest, sizeBytes, holders: 0 }, 1),
  );
  store.objects = objects;
  const uploaded = uploadedIds.map((objectId) => {
    return { objectId, sizeBytes: objectById({ objects }, objectId).sizeBytes };
  });
  if (uploaded.length > 0) callBucket(store, 'put', uploaded);
}
