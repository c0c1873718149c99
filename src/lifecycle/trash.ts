import type { Draft } from 'immer';
import { versionById } from '../store/look-up.ts';
import type { Store } from '../store/store.ts';
import type { Alias, VersionId } from '../values/names.ts';
import type { Bytes } from '../values/units.ts';
import { requeueExpiry } from './expiry-queue.ts';

/**
 * Takes a version out of what its sequence lists, and puts it at the end of the queue that garbage collection
 * reviews: it is PENDING_DELETION, its aliases are gone, and its files stay in the bucket, untouched (DEL-1; basis:
 * doc).
 */
export function discard(store: Draft<Store>, versionId: VersionId, aliases: readonly Alias[]): void {
  const { collectionId, index, state, manifest } = versionById(store, versionId);
  if (state.kind === 'PENDING') store.uploads = store.uploads.remove(state.uploadNumber);
  if (state.kind === 'COMMITTED') store.logicalBytes = (store.logicalBytes - manifest.sizeBytes) as Bytes;
  store.collections = store.collections.amend(collectionId, (collection) => {
    collection.listed = collection.listed.remove(index);
    collection.uploading = collection.uploading.remove(index);
    for (const alias of aliases) collection.aliases = collection.aliases.remove(alias);
  });
  const trashNumber = store.nextTrashNumber;
  store.nextTrashNumber += 1;
  store.trash = store.trash.insert(trashNumber, versionId);
  store.versions = store.versions.amend(versionId, (version) => {
    const committedAt = version.state.kind === 'COMMITTED' ? version.state.committedAt : null;
    version.state = {
      kind: 'PENDING_DELETION',
      deletedAt: store.now,
      trashNumber,
      stage: 'waiting',
      committedAt,
    };
  });
  requeueExpiry(store, versionId);
}

/** Makes a version COMMITTED again that was on its way out, and takes it out of the queues of garbage collection. */
export function bringBack(store: Draft<Store>, versionId: VersionId): void {
  const { collectionId, index, state, manifest } = versionById(store, versionId);
  if (state.kind === 'PENDING' || state.kind === 'COMMITTED') return;
  const { garbageCollection } = store;
  if (state.kind === 'PENDING_DELETION') {
    store.trash = store.trash.remove(state.trashNumber);
    garbageCollection.reviewed = garbageCollection.reviewed.remove(state.trashNumber);
    garbageCollection.released = garbageCollection.released.remove(state.trashNumber);
  }
  const committedAt = state.committedAt ?? store.now;
  store.versions = store.versions.amend(versionId, (version) => {
    version.state = { kind: 'COMMITTED', committedAt, aliases: [] };
  });
  store.collections = store.collections.amend(collectionId, (collection) => {
    collection.listed = collection.listed.insert(index, true);
  });
  store.logicalBytes = (store.logicalBytes + manifest.sizeBytes) as Bytes;
  requeueExpiry(store, versionId);
}
