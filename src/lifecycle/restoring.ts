import type { Draft } from 'immer';
import { isStored } from '../bucket/bucket.ts';
import { collectionById, nameOfCollection, nameOfVersion, versionAt, versionById } from '../store/look-up.ts';
import type { Store } from '../store/store.ts';
import { objectsOf } from '../store/stored-object.ts';
import type { Version } from '../store/version.ts';
import type { VersionId, VersionName } from '../values/names.ts';
import { assert } from '../values/result.ts';
import type { Bytes } from '../values/units.ts';
import { accepted, type Decision, type Refusal, refused } from './decision.ts';
import type { CollectionCreated } from './founding.ts';
import { notFound } from './targeting.ts';

/** Undoes the soft deletion of a version, which is named by its index. */
export interface RestoreVersion {
  readonly type: 'restoreVersion';
  readonly version: VersionName;
}

export type RestoringCommand = RestoreVersion;

/** A soft-deleted version is COMMITTED again, at its index, without its former aliases (DEL-15; basis: doc, chosen). */
export interface VersionRestored {
  readonly type: 'versionRestored';
  readonly versionId: VersionId;
}

/**
 * Decides a restore (DEL-15; basis: doc, chosen): it goes through as long as garbage collection has released none
 * of the version's files. A sequence that was deleted stands again with it; restoring what is COMMITTED changes
 * nothing. Refused: `not-found`, `not-pending` for an upload, `not-restorable`, `objects-missing`.
 */
export function decideRestoring(
  command: RestoringCommand,
  store: Store,
): Decision<VersionRestored | CollectionCreated> {
  const version = versionAt(store, command.version);
  if (version === undefined) return { ok: false, refusal: notFound(store, command.version) };
  if (version.state.kind === 'COMMITTED') return accepted([]);
  const refusal = whyNot(store, version);
  if (refusal !== undefined) return refusal;
  return accepted<VersionRestored | CollectionCreated>([
    ...standingAgain(store, version),
    { type: 'versionRestored', versionId: version.id },
  ]);
}

function whyNot(
  store: Store,
  version: Version,
): { readonly ok: false; readonly refusal: Refusal } | undefined {
  const { state } = version;
  const name = nameOfVersion(store, version.id);
  const collection = collectionById(store, version.collectionId);
  if (state.kind === 'PENDING') return refused('stillUploading', { version: name });
  if (state.kind !== 'PENDING_DELETION' || state.stage === 'released') {
    return refused('notRestorable', { version: name, state: state.kind });
  }
  if (state.committedAt === null) return refused('neverCommitted', { version: name });
  if (collection.kind === 'portfolio') {
    return refused('nameTaken', { version: name, collection: nameOfCollection(store, collection.id) });
  }
  const missing = missingPaths(store, version);
  return missing.length === 0
    ? undefined
    : refused('objectsMissing', { version: name, paths: missing.join(', ') }, missing);
}

/** The paths of a version whose objects the bucket does not have, one for each object. */
export function missingPaths(store: Store, version: Version): readonly string[] {
  return objectsOf(version.scope, version.manifest)
    .filter(([objectId]) => !isStored(store.bucket, objectId))
    .map(([, file]) => file.path);
}

function standingAgain(store: Store, version: Version): readonly CollectionCreated[] {
  const {
    id: collectionId,
    name,
    kind,
    artifactType,
    standing,
  } = collectionById(store, version.collectionId);
  if (standing) return [];
  return [{ type: 'collectionCreated', collectionId, name, kind, artifactType, again: true }];
}

/** Plays a restore on the draft of a store. */
export function evolveRestoring(store: Draft<Store>, event: VersionRestored): void {
  const { collectionId, index, state, manifest } = versionById(store, event.versionId);
  assert(state.kind === 'PENDING_DELETION', 'only a soft-deleted version is restored');
  const { garbageCollection } = store;
  store.trash = store.trash.remove(state.trashNumber);
  garbageCollection.reviewed = garbageCollection.reviewed.remove(state.trashNumber);
  const committedAt = state.committedAt ?? store.now;
  store.versions = store.versions.amend(event.versionId, (version) => {
    version.state = { kind: 'COMMITTED', committedAt, aliases: [] };
  });
  store.collections = store.collections.amend(collectionId, (collection) => {
    collection.listed = collection.listed.insert(index, true);
  });
  store.logicalBytes = (store.logicalBytes + manifest.sizeBytes) as Bytes;
}
