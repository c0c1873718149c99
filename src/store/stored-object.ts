import { type ContentDigest, keyOfName } from '../values/digest.ts';
import type { CollectionId, ObjectId, ScopeId } from '../values/names.ts';
import type { Bytes } from '../values/units.ts';
import { distinctFiles, type FileEntry, type Manifest } from './manifest.ts';
import type { Sharing } from './settings.ts';

/** The stored bytes behind a file, and the count of the versions that hold them (GC-4). */
export interface StoredObject {
  readonly id: ObjectId;
  readonly digest: ContentDigest;
  readonly sizeBytes: Bytes;
  /** How many versions hold it; always equal to a recount over all manifests (GC-4; basis: ours). */
  readonly holders: number;
}

/** An object that so many more versions hold, or fewer (GC-4). */
export function heldBy({ id, digest, sizeBytes, holders }: StoredObject, more: number): StoredObject {
  return { id, digest, sizeBytes, holders: holders + more };
}

/** Within what a version of this sequence shares its objects (LOG-7; basis: doc, and sdk for `entity`). */
export function scopeOf(sharing: Sharing, collectionId: CollectionId, entity: string): ScopeId {
  return (sharing === 'collection' ? collectionId : `entity-${keyOfName(entity)}`) as ScopeId;
}

/** The key of the object behind some content. */
export function objectIdOf(scope: ScopeId, digest: ContentDigest): ObjectId {
  return `${scope}/${digest}` as ObjectId;
}

/** The key of each object of a manifest, once, with the file that it stands behind. */
export function objectsOf(scope: ScopeId, manifest: Manifest): readonly (readonly [ObjectId, FileEntry])[] {
  return distinctFiles(manifest).map((file) => [objectIdOf(scope, file.digest), file]);
}

/** The digest of the content that a key stands for. */
export function digestOfObjectId(id: ObjectId): ContentDigest {
  return id.slice(id.indexOf('/') + 1) as ContentDigest;
}

/** Within what the object behind a key is shared. */
export function scopeOfObjectId(id: ObjectId): ScopeId {
  return id.slice(0, id.indexOf('/')) as ScopeId;
}
