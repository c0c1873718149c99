import { isKept, isStored } from '../../bucket/bucket.ts';
import { nameOfVersion, versionAt, versionById } from '../../store/look-up.ts';
import type { Evolvers, Store } from '../../store/store.ts';
import { heldBy, objectsOf } from '../../store/stored-object.ts';
import { holdsObjects } from '../../store/version.ts';
import type { ObjectId, VersionId, VersionName } from '../../values/names.ts';
import { accepted, type Decision, refused } from '../decision.ts';
import { type BucketCallFaulted, type Called, callBucket, faultsUntilDone } from '../logging/bucket-calls.ts';
import type { CollectionCreated } from '../logging/collection-creation.ts';
import { notFound } from '../targeting.ts';
import { neverComesBack, recreated } from './restoring.ts';
import { reinstate } from './soft-deletion.ts';

/** Brings a version back from the bucket, after garbage collection or an out-of-band deletion. */
export interface RecoverVersion {
  readonly type: 'recoverVersion';
  readonly version: VersionName;
}

/** A version is COMMITTED again with all its objects (BKT-5). */
export interface VersionRecovered {
  readonly type: 'versionRecovered';
  readonly versionId: VersionId;
  /** The objects that the bucket brought back. */
  readonly undeleted: readonly ObjectId[];
}

type RecoveringEvent = VersionRecovered | CollectionCreated | BucketCallFaulted;

/**
 * Decides a recovery (BKT-5): the bucket must have every object of the version, current or as a copy (BKT-2 to BKT-4).
 * Refuses with `not-found`; `not-restorable` for an upload; `objects-missing`, listing them.
 */
export function decideRecovering(command: RecoverVersion, store: Store): Decision<RecoveringEvent> {
  const version = versionAt(store, command.version);
  if (version === undefined) return { ok: false, refusal: notFound(store, command.version) };
  const never = neverComesBack(store, version);
  if (never !== undefined) return never;
  const objects = objectsOf(version.scope, version.manifest);
  const missing = objects
    .filter(([objectId]) => !isKept(store.bucket, objectId))
    .map(([, file]) => file.path);
  if (missing.length > 0) {
    const name = nameOfVersion(store, version.id);
    return refused('objectsLost', { version: name, paths: missing.join(', ') }, missing);
  }
  const deleted = objects
    .filter(([objectId]) => !isStored(store.bucket, objectId))
    .map(([objectId, { sizeBytes }]): Called => ({ objectId, sizeBytes }));
  if (version.state.kind === 'COMMITTED' && deleted.length === 0) return accepted([]);
  return accepted<RecoveringEvent>([
    ...recreated(store, version),
    ...faultsUntilDone(store, 'undelete', deleted),
    {
      type: 'versionRecovered',
      versionId: version.id,
      undeleted: deleted.map(({ objectId }) => objectId),
    },
  ]);
}

/** The evolver of this chapter. */
export const EVOLVE_RECOVERING: Evolvers<VersionRecovered> = {
  versionRecovered: (store, event) => {
    const version = versionById(store, event.versionId);
    const taken = holdsObjects(version) ? 0 : 1;
    const objects = objectsOf(version.scope, version.manifest);
    callBucket(
      store,
      'undelete',
      objects.map(([objectId, { sizeBytes }]) => ({ objectId, sizeBytes })),
    );
    store.objects = store.objects.putAll(objects, (object, { digest, sizeBytes }, id) =>
      heldBy(object ?? { id, digest, sizeBytes, holders: 0 }, taken),
    );
    reinstate(store, event.versionId);
  },
};
