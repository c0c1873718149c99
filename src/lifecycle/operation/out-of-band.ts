import { isKept, isStored } from '../../bucket/bucket.ts';
import { nameOfVersion, versionAt } from '../../store/look-up.ts';
import { entryAt } from '../../store/manifest.ts';
import type { Evolvers, Store, StoreDraft } from '../../store/store.ts';
import { objectIdOf } from '../../store/stored-object.ts';
import type { FileName, ObjectId } from '../../values/names.ts';
import { accepted, type Decision, type Refusal, refused } from '../decision.ts';
import { callBucket } from '../logging/bucket-calls.ts';
import { notFound } from '../targeting.ts';

/** Deletes an object in the bucket itself, or brings it back there, without telling the store. */
export interface ChangeBucketOutOfBand {
  readonly type: 'deleteOutOfBand' | 'undeleteOutOfBand';
  readonly file: FileName;
}

/** An object was deleted in the bucket itself; the versions that hold it do not know (BKT-6). */
export interface DeletedOutOfBand {
  readonly type: 'deletedOutOfBand';
  readonly objectId: ObjectId;
}

/** An object was brought back in the bucket itself (BKT-2, BKT-4). */
export interface UndeletedOutOfBand {
  readonly type: 'undeletedOutOfBand';
  readonly objectId: ObjectId;
}

/** The events of this chapter. */
export type OutOfBandEvent = DeletedOutOfBand | UndeletedOutOfBand;

/**
 * Decides changes in the bucket itself. Deleting what is not stored, or bringing back what is, changes nothing. Refuses
 * with `not-found` for a path without an object; `objects-missing` if the bucket has no copy.
 */
export function decideOutOfBand(command: ChangeBucketOutOfBand, store: Store): Decision<OutOfBandEvent> {
  const found = objectNamed(store, command.file);
  if (!found.ok) return found;
  const { objectId, name } = found;
  const stored = isStored(store.bucket, objectId);
  if (command.type === 'deleteOutOfBand') {
    return accepted(stored ? [{ type: 'deletedOutOfBand', objectId }] : []);
  }
  if (stored) return accepted([]);
  if (!isKept(store.bucket, objectId)) return refused('copyGone', { file: name }, [name]);
  return accepted([{ type: 'undeletedOutOfBand', objectId }]);
}

function objectNamed(
  store: Store,
  file: FileName,
):
  | { readonly ok: true; readonly objectId: ObjectId; readonly name: string }
  | { readonly ok: false; readonly refusal: Refusal } {
  const version = versionAt(store, file.version);
  if (version === undefined) return { ok: false, refusal: notFound(store, file.version) };
  const entry = entryAt(version.manifest, file.path);
  const facts = { version: nameOfVersion(store, version.id), path: file.path };
  if (entry === undefined) return refused('pathNotFound', facts);
  if (entry.kind === 'reference') return refused('pathIsReference', facts);
  return {
    ok: true,
    objectId: objectIdOf(version.scope, entry.digest),
    name: `${facts.version}/${file.path}`,
  };
}

/** The evolvers of this chapter. */
export const EVOLVE_OUT_OF_BAND: Evolvers<OutOfBandEvent> = {
  deletedOutOfBand: (store, { objectId }) => {
    if (!callKnown(store, 'delete', objectId)) return;
    store.outOfBand = store.objects.has(objectId)
      ? store.outOfBand.insert(objectId, true)
      : store.outOfBand.remove(objectId);
  },
  undeletedOutOfBand: (store, { objectId }) => {
    if (!callKnown(store, 'undelete', objectId)) return;
    // A swept object is back in the bucket, and the store does not know it.
    if (!store.objects.has(objectId)) store.outOfBand = store.outOfBand.insert(objectId, true);
  },
};

// Whether the bucket ever had bytes under this key.
function callKnown(store: StoreDraft, call: 'delete' | 'undelete', objectId: ObjectId): boolean {
  const blob = store.bucket.blobs.get(objectId);
  if (blob !== undefined) callBucket(store, call, [{ objectId, sizeBytes: blob.sizeBytes }]);
  return blob !== undefined;
}
