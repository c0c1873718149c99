import type { ArtifactCollection } from '../store/artifact-collection.ts';
import { existingCollection, type Found, find, versionAt } from '../store/look-up.ts';
import type { Store } from '../store/store.ts';
import type { Version } from '../store/version.ts';
import {
  type CollectionName,
  LATEST,
  shortCollectionName,
  shortVersionName,
  type VersionId,
  type VersionName,
} from '../values/names.ts';
import { type Refusal, refused } from './decision.ts';

/** The version that a command is about: by name if it can be found, or by id in any state (DEL-3). */
export type VersionTarget =
  | { readonly by: 'name'; readonly name: VersionName }
  | { readonly by: 'id'; readonly versionId: VersionId };

type Look<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Finds a version or link by name. Refuses with `not-found`, saying whether it never existed, is still being uploaded
 * (LOG-5), or was deleted (DEL-3).
 */
export function lookUp(store: Store, name: VersionName): Look<Found> {
  const found = find(store, name);
  return found === undefined ? { ok: false, refusal: notFound(store, name) } : { ok: true, value: found };
}

/** The refusal of a name that cannot be resolved, with the reason if the store knows it. */
export function notFound(store: Store, name: VersionName): Refusal {
  const version = shortVersionName(name);
  const hidden = versionAt(store, name);
  const collection = existingCollection(store, name.collection);
  if (collection !== undefined && name.selector.kind === 'alias' && name.selector.alias === LATEST) {
    return refused('latestAbsent', { collection: shortCollectionName(collection.name) }).refusal;
  }
  if (hidden?.state.kind === 'PENDING') return refused('versionUploading', { version }).refusal;
  return hidden === undefined
    ? refused('versionNotFound', { version }).refusal
    : refused('versionDeletedAlready', { version, state: hidden.state.kind }).refusal;
}

/** Finds the version of a name; for a link, its source. Refuses with `not-found`. */
export function lookUpVersion(store: Store, name: VersionName): Look<Version> {
  const found = lookUp(store, name);
  return found.ok ? { ok: true, value: found.value.version } : found;
}

/** Finds an artifact collection. Refuses with `not-found`. */
export function lookUpCollection(store: Store, name: CollectionName): Look<ArtifactCollection> {
  const collection = existingCollection(store, name);
  if (collection !== undefined) return { ok: true, value: collection };
  return refused('collectionNotFound', { collection: shortCollectionName(name) });
}
