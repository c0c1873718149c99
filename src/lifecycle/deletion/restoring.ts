import { isStored } from '../../bucket/bucket.ts';
import { collectionById, nameOfCollection, nameOfVersion, versionAt } from '../../store/look-up.ts';
import type { Evolvers, Store } from '../../store/store.ts';
import { objectsOf } from '../../store/stored-object.ts';
import type { Version } from '../../store/version.ts';
import type { VersionId, VersionName } from '../../values/names.ts';
import { accepted, type Decision, type Refusal, refused } from '../decision.ts';
import type { CollectionCreated } from '../logging/collection-creation.ts';
import { notFound } from '../targeting.ts';
import { reinstate } from './soft-deletion.ts';

/** Undoes the soft deletion of a version, named by its index. */
export interface RestoreVersion {
  readonly type: 'restoreVersion';
  readonly version: VersionName;
}

/** A soft-deleted version is COMMITTED again at its index, without its former aliases (DEL-15). */
export interface VersionRestored {
  readonly type: 'versionRestored';
  readonly versionId: VersionId;
}

type Refused = { readonly ok: false; readonly refusal: Refusal };

/**
 * Decides a restore (DEL-15): possible until garbage collection has released the version's files. A deleted sequence is
 * created again; restoring a COMMITTED version changes nothing. Refuses with `not-found`; `not-restorable`;
 * `objects-missing`, listing them.
 */
export function decideRestoring(
  command: RestoreVersion,
  store: Store,
): Decision<VersionRestored | CollectionCreated> {
  const version = versionAt(store, command.version);
  if (version === undefined) return { ok: false, refusal: notFound(store, command.version) };
  const { state } = version;
  if (state.kind === 'COMMITTED') return accepted([]);
  const never = neverComesBack(store, version);
  if (never !== undefined) return never;
  const name = nameOfVersion(store, version.id);
  if (state.kind === 'DELETED' || (state.kind === 'PENDING_DELETION' && state.stage === 'released')) {
    return refused('notRestorable', { version: name, state: state.kind });
  }
  const missing = objectsOf(version.scope, version.manifest)
    .filter(([objectId]) => !isStored(store.bucket, objectId))
    .map(([, file]) => file.path);
  if (missing.length > 0)
    return refused('objectsMissing', { version: name, paths: missing.join(', ') }, missing);
  return accepted<VersionRestored | CollectionCreated>([
    ...recreated(store, version),
    { type: 'versionRestored', versionId: version.id },
  ]);
}

/** Refuses what can never come back: a pending or abandoned upload, and a version whose name is taken. */
export function neverComesBack(store: Store, version: Version): Refused | undefined {
  const name = nameOfVersion(store, version.id);
  const { state } = version;
  if (state.kind === 'PENDING') return refused('stillUploading', { version: name });
  if (state.committedAt === null) return refused('neverCommitted', { version: name });
  const collection = collectionById(store, version.collectionId);
  return collection.exists && collection.kind === 'portfolio'
    ? refused('nameTaken', { version: name, collection: nameOfCollection(store, collection.id) })
    : undefined;
}

/** The event that creates the deleted sequence of a version again. */
export function recreated(store: Store, version: Version): readonly CollectionCreated[] {
  // A portfolio may have used the name in the meantime.
  const { id, name, artifactType, exists } = collectionById(store, version.collectionId);
  return exists
    ? []
    : [{ type: 'collectionCreated', collectionId: id, name, kind: 'sequence', artifactType, again: true }];
}

/** The evolver of this chapter. */
export const EVOLVE_RESTORING: Evolvers<VersionRestored> = {
  versionRestored: (store, event) => reinstate(store, event.versionId),
};
