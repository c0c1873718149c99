import { nameOfVersion } from '../store/look-up.ts';
import type { Store } from '../store/store.ts';
import type { VersionId } from '../values/names.ts';

/** A version with its shortest name: answers carry both, so that nobody must look the name up. */
export interface NamedVersion {
  readonly versionId: VersionId;
  readonly version: string;
}

/** A version of the store by its id, with its name. */
export function namedVersion(store: Store, versionId: VersionId): NamedVersion {
  return { versionId, version: nameOfVersion(store, versionId) };
}
