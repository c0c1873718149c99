import { withLists, withoutAliases } from '../../store/artifact-collection.ts';
import { versionById } from '../../store/look-up.ts';
import { addReferrer, removeReferrer } from '../../store/references/referrers.ts';
import type { StoreDraft } from '../../store/store.ts';
import { inState } from '../../store/version.ts';
import type { Alias, VersionId } from '../../values/names.ts';
import type { Bytes } from '../../values/units.ts';
import { requeueExpiry } from '../expiry/expiry-queue.ts';

/**
 * Makes a version PENDING_DELETION: its sequence no longer lists it, its aliases are gone, its files stay untouched, and
 * it joins the queue for review (DEL-1).
 */
export function softDelete(store: StoreDraft, versionId: VersionId, aliases: readonly Alias[]): void {
  const { now, versions, nextTrashNumber: trashNumber } = store;
  const { collectionId, index, serial, state, manifest } = versionById({ versions }, versionId);
  if (state.kind === 'PENDING') store.uploads = store.uploads.remove(state.uploadNumber);
  if (state.kind === 'COMMITTED') store.logicalBytes = (store.logicalBytes - manifest.sizeBytes) as Bytes;
  store.collections = store.collections.amend(collectionId, (collection) =>
    withLists(collection, {
      ...(index === null
        ? { uploading: collection.uploading.remove(serial) }
        : { listed: collection.listed.remove(index), deleted: collection.deleted.insert(index, versionId) }),
      aliases: withoutAliases(collection.aliases, aliases),
    }),
  );
  store.nextTrashNumber = trashNumber + 1;
  store.trash = store.trash.insert(trashNumber, versionId);
  store.versions = versions.amend(versionId, (version) =>
    inState(version, {
      kind: 'PENDING_DELETION',
      deletedAt: now,
      trashNumber,
      stage: 'waiting',
      committedAt: state.kind === 'COMMITTED' ? state.committedAt : null,
    }),
  );
  removeReferrer(store, versionId);
  requeueExpiry(store, versionId);
}

/** Makes a version COMMITTED again and removes it from the queues of garbage collection. */
export function reinstate(store: StoreDraft, versionId: VersionId): void {
  const { versions } = store;
  const { collectionId, index, state, manifest } = versionById({ versions }, versionId);
  if (index === null || state.kind === 'PENDING' || state.kind === 'COMMITTED') return;
  if (state.kind === 'PENDING_DELETION') {
    const { garbageCollection } = store;
    store.trash = store.trash.remove(state.trashNumber);
    garbageCollection.reviewed = garbageCollection.reviewed.remove(state.trashNumber);
    garbageCollection.released = garbageCollection.released.remove(state.trashNumber);
  }
  const committedAt = state.committedAt ?? store.now;
  store.versions = versions.amend(versionId, (version) =>
    inState(version, { kind: 'COMMITTED', committedAt, aliases: [] }),
  );
  store.collections = store.collections.amend(collectionId, (collection) =>
    withLists(collection, {
      listed: collection.listed.insert(index, versionId),
      deleted: collection.deleted.remove(index),
    }),
  );
  store.logicalBytes = (store.logicalBytes + manifest.sizeBytes) as Bytes;
  addReferrer(store, versionId);
  requeueExpiry(store, versionId);
}
