import type { Draft } from 'immer';
import { versionById } from '../store/look-up.ts';
import type { Store } from '../store/store.ts';
import type { VersionId } from '../values/names.ts';

/**
 * Takes a version out of what its sequence lists, and puts it at the end of the queue that garbage collection
 * reviews: it is PENDING_DELETION, and its files stay in the bucket, untouched (DEL-1; basis: doc).
 */
export function discard(store: Draft<Store>, versionId: VersionId): void {
  const { collectionId, index, state } = versionById(store, versionId);
  if (state.kind === 'PENDING') store.uploads = store.uploads.remove(state.uploadNumber);
  store.collections = store.collections.amend(collectionId, (collection) => {
    collection.listed = collection.listed.remove(index);
    collection.uploading = collection.uploading.remove(index);
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
}
