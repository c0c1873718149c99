import { type BlobStatus, statusOf } from '../bucket/blob.ts';
import { allVersions, holdersOfAll } from '../store/holders.ts';
import { brokenInvariants } from '../store/invariants.ts';
import { nameOfVersion } from '../store/look-up.ts';
import type { Store } from '../store/store.ts';
import { digestOfObjectId, objectIdOf } from '../store/stored-object.ts';
import type { ObjectId } from '../values/names.ts';
import { byCodePoint } from '../values/order.ts';
import type { Bytes } from '../values/units.ts';

/** Something that a recount of everything found to be wrong. */
export type Finding =
  | {
      /** A committed version cannot be downloaded (BKT-6; basis: doc). */
      readonly kind: 'file missing';
      readonly version: string;
      readonly path: string;
      readonly digest: string;
      readonly sizeBytes: Bytes;
      /** What the bucket has instead of the object. */
      readonly bucket: BlobStatus;
    }
  | {
      /** The bucket stores an object that no version holds. */
      readonly kind: 'held by nothing';
      readonly digest: string;
      readonly sizeBytes: Bytes;
      /** A version and path that had it once, or null. */
      readonly once: string | null;
      /** Whether garbage collection has come to it, and will sweep it in its next run. */
      readonly waitsForSweep: boolean;
    }
  | {
      /** The store's books do not agree with a recount: a bug. */
      readonly kind: 'miscounted';
      readonly what: string;
    };

/**
 * Recounts everything: each committed version whose file is missing (BKT-6; basis: doc), each stored object that
 * nothing holds, each count that is off (GC-4; basis: ours). It walks the whole store, and changes nothing.
 */
export function verify(store: Store): readonly Finding[] {
  return [...missingFiles(store), ...unheldObjects(store), ...miscounts(store)];
}

function missingFiles(store: Store): readonly Finding[] {
  return allVersions(store)
    .filter((version) => version.state.kind === 'COMMITTED')
    .flatMap((version) =>
      version.manifest.entries.flatMap((entry): readonly Finding[] => {
        if (entry.kind === 'reference') return [];
        const blob = store.bucket.blobs.get(objectIdOf(version.scope, entry.digest));
        if (blob?.current === true) return [];
        const { path, digest, sizeBytes } = entry;
        return [
          {
            kind: 'file missing',
            version: nameOfVersion(store, version.id),
            path,
            digest,
            sizeBytes,
            bucket: statusOf(blob),
          },
        ];
      }),
    );
}

function unheldObjects(store: Store): readonly Finding[] {
  const held = holdersOfAll(store);
  const once = firstPaths(store);
  return [...store.bucket.blobs.unorderedRows()]
    .filter(({ key, current }) => current && !held.has(key as ObjectId))
    .sort((left, right) => byCodePoint(left.key, right.key))
    .map(({ key, sizeBytes }): Finding => {
      const objectId = key as ObjectId;
      return {
        kind: 'held by nothing',
        digest: digestOfObjectId(objectId),
        sizeBytes,
        once: once.get(objectId) ?? null,
        waitsForSweep: store.garbageCollection.unheld.has(objectId),
      };
    });
}

function firstPaths(store: Store): ReadonlyMap<ObjectId, string> {
  const paths = new Map<ObjectId, string>();
  for (const version of allVersions(store)) {
    for (const entry of version.manifest.entries) {
      if (entry.kind === 'reference') continue;
      const objectId = objectIdOf(version.scope, entry.digest);
      if (!paths.has(objectId)) paths.set(objectId, `${nameOfVersion(store, version.id)}/${entry.path}`);
    }
  }
  return paths;
}

function miscounts(store: Store): readonly Finding[] {
  return brokenInvariants(store).map((what): Finding => ({ kind: 'miscounted', what }));
}
