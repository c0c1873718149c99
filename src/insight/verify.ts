import { type BlobStatus, statusOf } from '../bucket/blob.ts';
import { isKept } from '../bucket/bucket.ts';
import { keptUntilOf } from '../bucket/copies.ts';
import { decideRecovering } from '../lifecycle/deletion/recovering.ts';
import type { Action } from '../simulator/action.ts';
import { allVersions, holdersOfAll } from '../store/holders.ts';
import { INVARIANTS } from '../store/invariants/invariants.ts';
import { indexedName } from '../store/look-up.ts';
import type { FileEntry } from '../store/manifest.ts';
import { type ArtifactReference, referencesFrom } from '../store/references/referrers.ts';
import type { Store } from '../store/store.ts';
import { digestOfObjectId, objectIdOf } from '../store/stored-object.ts';
import type { Version } from '../store/version.ts';
import type { UnixTime } from '../values/dates.ts';
import type { ObjectId, VersionId } from '../values/names.ts';
import { byCodePoint } from '../values/order.ts';
import type { Bytes, Instant } from '../values/units.ts';
import { type NamedVersion, namedVersion } from './named-version.ts';
import { type NamedReference, namedReference, recoveryOf } from './references.ts';

/** A problem that a recount found. */
export type Finding =
  | (NamedVersion & {
      /** A committed version cannot be downloaded (BKT-6; basis: doc). */
      readonly kind: 'file missing';
      readonly path: string;
      readonly digest: string;
      readonly sizeBytes: Bytes;
      /** What the bucket has instead of the object. */
      readonly bucket: Exclude<BlobStatus, 'stored'>;
      /** When the bucket drops its last copy; null if it has none, or no rule drops it. */
      readonly keptUntil: Instant | null;
      /** The action that recovers the file; null if it is lost. */
      readonly recovery: Action | null;
    })
  | (NamedReference & {
      /** A committed version refers to a version that was deleted (DEL-18; basis: chosen). */
      readonly kind: 'reference dangles';
      /** The action that brings back what it points to; null if none does. */
      readonly recovery: Action | null;
    })
  | {
      /** The bucket stores an object that no version holds. */
      readonly kind: 'held by nothing';
      readonly objectId: ObjectId;
      readonly digest: string;
      readonly sizeBytes: Bytes;
      /** The first version and path that had it, or null. */
      readonly once: (NamedVersion & { readonly path: string }) | null;
      /** Whether the next garbage collection deletes it, or the store does not know it. */
      readonly fate: 'waits for its sweep' | 'unknown to the store';
    }
  | {
      /** An invariant of the store is violated: a bug. */
      readonly kind: 'miscounted';
      /** The violated invariant. */
      readonly invariant: string;
      readonly what: string;
    };

/** How much a verification checked. */
export interface Checked {
  readonly committedVersions: number;
  /** The files of those versions, each looked up in the bucket. */
  readonly files: number;
  /** The references of those versions to other versions (DEL-18; basis: chosen). */
  readonly artifactReferences: number;
  /** Their other references, which are not checked (GC-5; basis: doc). */
  readonly references: number;
  /** The objects that the bucket stores. */
  readonly objects: number;
  /** The invariants, each recounted over the whole store. */
  readonly invariants: number;
}

/** What a verification found and checked. */
export interface Verification {
  readonly findings: readonly Finding[];
  readonly checked: Checked;
  /** The real time of day 0, or null. */
  readonly begins: UnixTime | null;
}

/**
 * Recounts everything and finds committed versions with missing files (BKT-6; basis: doc), stored objects that nothing
 * holds, and wrong counts (GC-4; basis: ours). Walks the whole store.
 */
export function verify(store: Store): Verification {
  const versions = allVersions(store);
  const committed = versions.filter((version) => version.state.kind === 'COMMITTED');
  const entries = committed.flatMap((version) => version.manifest.entries);
  const files = entries.filter(({ kind }) => kind === 'file').length;
  const pointing = committed.flatMap(({ id, manifest }) => [...referencesFrom(id, manifest)]);
  const stored = [...store.bucket.blobs.unorderedRows()].filter(({ current }) => current);
  return {
    findings: [
      ...committed.flatMap((version) => missingFiles(store, version)),
      ...danglingReferences(store, pointing),
      ...unreferencedObjects(store, versions),
      ...miscounts(store),
    ],
    checked: {
      committedVersions: committed.length,
      files,
      artifactReferences: pointing.length,
      references: entries.length - files - pointing.length,
      objects: stored.length,
      invariants: INVARIANTS.length,
    },
    begins: store.begins,
  };
}

function missingFiles(store: Store, version: Version): readonly Finding[] {
  const missing = version.manifest.entries.filter(
    (entry): entry is FileEntry =>
      entry.kind === 'file' &&
      store.bucket.blobs.get(objectIdOf(version.scope, entry.digest))?.current !== true,
  );
  if (missing.length === 0) return [];
  const name = indexedName(store, version);
  const whole = { type: 'recoverVersion', version: name } as const;
  const recovery = decideRecovering(whole, store).ok ? whole : null;
  return missing.map(({ path, digest, sizeBytes }): Finding => {
    const objectId = objectIdOf(version.scope, digest);
    const blob = store.bucket.blobs.get(objectId);
    const status = statusOf(blob);
    const kept = blob !== undefined && isKept(store.bucket, objectId);
    // A version is recovered whole or not at all (BKT-5): if another of its files is lost, recover this one alone.
    const alone = kept ? ({ type: 'undeleteOutOfBand', file: { version: name, path } } as const) : null;
    return {
      kind: 'file missing',
      ...namedVersion(store, version.id),
      path,
      digest,
      sizeBytes,
      bucket: status === 'stored' ? 'gone' : status,
      keptUntil: kept ? keptUntilOf(blob, store.settings.bucket) : null,
      recovery: recovery ?? alone,
    };
  });
}

// Many references can point to one version, and a recovery has to be tried.
function danglingReferences(store: Store, all: readonly ArtifactReference[]): readonly Finding[] {
  const recoveries = new Map<VersionId, Action | null>();
  return all
    .map((reference) => namedReference(store, reference))
    .filter(({ target }) => target.state !== 'COMMITTED')
    .map((dangling): Finding => {
      const { versionId } = dangling.target;
      const known = recoveries.get(versionId);
      const recovery = known === undefined ? recoveryOf(store, versionId) : known;
      recoveries.set(versionId, recovery);
      return { kind: 'reference dangles', ...dangling, recovery };
    });
}

function unreferencedObjects(store: Store, versions: readonly Version[]): readonly Finding[] {
  const held = holdersOfAll(store);
  const unreferenced = [...store.bucket.blobs.unorderedRows()].filter(
    ({ key, current }) => current && !held.has(key as ObjectId),
  );
  if (unreferenced.length === 0) return [];
  const once = firstPaths(store, versions);
  return unreferenced
    .sort((left, right) => byCodePoint(left.key, right.key))
    .map(({ key, sizeBytes }): Finding => {
      const objectId = key as ObjectId;
      return {
        kind: 'held by nothing',
        objectId,
        digest: digestOfObjectId(objectId),
        sizeBytes,
        once: once.get(objectId) ?? null,
        fate: store.garbageCollection.unreferenced.has(objectId)
          ? 'waits for its sweep'
          : 'unknown to the store',
      };
    });
}

function firstPaths(store: Store, versions: readonly Version[]) {
  const paths = new Map<ObjectId, NamedVersion & { readonly path: string }>();
  for (const version of versions) {
    for (const entry of version.manifest.entries) {
      if (entry.kind === 'reference') continue;
      const objectId = objectIdOf(version.scope, entry.digest);
      if (paths.has(objectId)) continue;
      paths.set(objectId, { ...namedVersion(store, version.id), path: entry.path });
    }
  }
  return paths;
}

function miscounts(store: Store): readonly Finding[] {
  return INVARIANTS.flatMap(({ name: invariant, broken }) =>
    broken(store).map((what): Finding => ({ kind: 'miscounted', invariant, what })),
  );
}
