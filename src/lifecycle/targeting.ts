import type { ArtifactCollection } from '../store/artifact-collection.ts';
import { existingCollection, type Found, find, versionAt } from '../store/look-up.ts';
import type { Store } from '../store/store.ts';
import type { Version } from '../store/version.ts';
import {
  type Alias,
  type CollectionName,
  LATEST,
  shortCollectionName,
  shortVersionName,
  type VersionId,
  type VersionName,
} from '../values/names.ts';
import { type Refusal, refused } from './decision.ts';

/** Which version a command is about: one that can be found by name, or one in any state by its id (DEL-3). */
export type VersionTarget =
  | { readonly by: 'name'; readonly name: VersionName }
  | { readonly by: 'id'; readonly versionId: VersionId };

type Look<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Finds a version or a link by name. Refused with `not-found`, saying whether it never was, is still being
 * uploaded (LOG-5; basis: sdk) or was deleted (DEL-3; basis: chosen).
 */
export function lookUp(store: Store, name: VersionName): Look<Found> {
  const found = find(store, name);
  return found === undefined ? { ok: false, refusal: notFound(store, name) } : { ok: true, value: found };
}

/** The refusal of a name that means nothing now, saying as much of the reason as the store knows. */
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

/** Finds the version of a name: a link's name means its source. Refused with `not-found`. */
export function lookUpVersion(store: Store, name: VersionName): Look<Version> {
  const found = lookUp(store, name);
  return found.ok ? { ok: true, value: found.value.version } : found;
}

/** Finds an artifact collection that stands. Refused with `not-found`. */
export function lookUpCollection(store: Store, name: CollectionName): Look<ArtifactCollection> {
  const collection = existingCollection(store, name);
  if (collection !== undefined) return { ok: true, value: collection };
  return refused('collectionNotFound', { collection: shortCollectionName(name) });
}

/** The step that deletes a version, with its aliases where it has any. */
export function deleteCall(version: string, aliases: readonly Alias[]): string {
  return `delete: ${version}${aliases.length > 0 ? ', deleteAliases: true' : ''}`;
}
