import type { ArtifactCollection } from '../../../src/store/artifact-collection.ts';
import type { Store } from '../../../src/store/store.ts';
import type { Version } from '../../../src/store/version.ts';
import type { CollectionName, VersionId } from '../../../src/values/names.ts';

/** Something that must be so, and whether it is. */
export type Claim = readonly [string, boolean];

/** The claims that do not hold. */
export function claims(list: readonly Claim[]): readonly string[] {
  return list.flatMap(([claim, holds]) => (holds ? [] : [claim]));
}

/** The artifact collection of this name that exists, looked for among all. */
export function exists(store: Store, name: CollectionName): ArtifactCollection | undefined {
  return [...store.collections.unorderedRows()].find(
    (collection) =>
      collection.exists &&
      collection.name.entity === name.entity &&
      collection.name.project === name.project &&
      collection.name.collection === name.collection,
  );
}

/** A version by its id, which some event must have made. */
export function versionOf(store: Store, versionId: VersionId): Version {
  const version = store.versions.get(versionId);
  if (version === undefined) throw new Error(`there is no version ${versionId}`);
  return version;
}

/** The state of a version by its id. */
export function stateOf(store: Store, versionId: VersionId): Version['state'] {
  return versionOf(store, versionId).state;
}

/** Whether the bytes under a key can be read. */
export function stored(store: Store, key: string): boolean {
  return store.bucket.blobs.get(key)?.current === true;
}

/** Whether they can be read, or brought back. */
export function kept(store: Store, key: string): boolean {
  return stored(store, key) || (store.bucket.blobs.get(key)?.copies.length ?? 0) > 0;
}

/** Whether a list names just what is in a set. */
export function sameSet(listed: readonly string[], expected: ReadonlySet<string>): boolean {
  return new Set(listed).size === expected.size && listed.every((key) => expected.has(key));
}
