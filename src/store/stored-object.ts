import { type ContentDigest, keyOfName } from '../values/digest.ts';
import type { CollectionId, ObjectId, ScopeId } from '../values/names.ts';
import type { Bytes } from '../values/units.ts';
import { distinctFiles, type FileEntry, type Manifest } from './manifest.ts';
import type { Sharing } from './settings.ts';

/** The stored content behind files, with the number of versions that hold it (GC-4). */
export interface StoredObject {
  readonly id: ObjectId;
  readonly digest: ContentDigest;
  readonly sizeBytes: Bytes;
  /** How many versions hold it; always equal to a recount over all manifests (GC-4). */
  readonly holders: number;
}

/** An object with a changed number of holders (GC-4). */
export function heldBy({ id, digest, sizeBytes, holders }: StoredObject, more: number): StoredObject {
  return { id, digest, sizeBytes, holders: holders + more };
}

/** The scope within which a version of this sequence shares its objects (LOG-7). */
export function scopeOf(sharing: Sharing, collectionId: CollectionId, entity: string): ScopeId {
  return (sharing === 'collection' ? collectionId : `entity-${keyOfName(entity)}`) as ScopeId;
}

/** The key of the object behind some content. */
export function objectIdOf(scope: ScopeId, digest: ContentDigest): ObjectId {
  return `${scope}/${digest}` as ObjectId;
}

/** The key of each distinct object of a manifest, with a file that has it. */
export function objectsOf(scope: ScopeId, manifest: Manifest): readonly (readonly [ObjectId, FileEntry])[] {
  return distinctFiles(manifest).map((file) => [objectIdOf(scope, file.digest), file]);
}

/** The digest in the key of an object. */
export function digestOfObjectId(id: ObjectId): ContentDigest {
  return id.slice(id.indexOf('/') + 1) as ContentDigest;
}

/** The scope in the key of an object. */
export function scopeOfObjectId(id: ObjectId): ScopeId {
  return id.slice(0, id.indexOf('/')) as ScopeId;
}
