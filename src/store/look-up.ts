import {
  type CollectionId,
  type CollectionName,
  fullVersionName,
  LATEST,
  type LinkId,
  type ObjectId,
  type ProjectName,
  type RunId,
  type Selector,
  shortCollectionName,
  shortVersionName,
  type VersionId,
  type VersionName,
} from '../values/names.ts';
import { assert } from '../values/result.ts';
import { emptySortedTable } from '../values/sorted-table.ts';
import { type ArtifactCollection, collectionNamed } from './artifact-collection.ts';
import { type Link, linkIdOf } from './link.ts';
import { type Project, projectIdOf } from './project.ts';
import type { Run } from './run.ts';
import type { Store } from './store.ts';
import type { StoredObject } from './stored-object.ts';
import { clientIdKeyOf, type Version, versionIdOf } from './version.ts';

/** What a name resolves to: a version of a sequence, or a link with its source. */
export type Found =
  | {
      readonly kind: 'version';
      readonly collection: ArtifactCollection;
      readonly index: number;
      readonly version: Version;
    }
  | {
      readonly kind: 'link';
      readonly collection: ArtifactCollection;
      readonly index: number;
      readonly link: Link;
      /** Its source. */
      readonly version: Version;
    };

/** The artifact collection of this name, if it exists. */
export function existingCollection(store: Store, name: CollectionName): ArtifactCollection | undefined {
  const collection = collectionNamed(store, name);
  return collection?.exists === true ? collection : undefined;
}

/** What a name resolves to now, or undefined. Only COMMITTED versions and links to them are found (LOG-5, DEL-3). */
export function find(store: Store, name: VersionName): Found | undefined {
  const collection = existingCollection(store, name.collection);
  if (collection === undefined) return undefined;
  const index = indexOf(store, collection, name.selector);
  const versionId = index === undefined ? undefined : collection.listed.get(index);
  if (index === undefined || versionId === undefined) return undefined;
  const version = versionById(store, versionId);
  if (collection.kind === 'sequence') return { kind: 'version', collection, index, version };
  return { kind: 'link', collection, index, link: linkById(store, linkIdOf(collection.id, index)), version };
}

function indexOf(store: Store, collection: ArtifactCollection, selector: Selector): number | undefined {
  if (selector.kind === 'index') return selector.index;
  if (selector.kind === 'upload') {
    return store.versions.get(versionIdOf(collection.id, selector.serial))?.index ?? undefined;
  }
  const index = aliasIndex(collection, selector.alias);
  if (index !== undefined) return index;
  // ALI-6: the setting changes look-ups, not the aliases themselves.
  const resolves = selector.alias === LATEST && store.settings.latestAfterDelete === 'resolve-newest';
  return resolves ? newestIndex(collection) : undefined;
}

/** The index that an alias names, or undefined; for any text. */
export function aliasIndex(
  collection: Pick<ArtifactCollection, 'aliases'>,
  alias: string,
): number | undefined {
  return collection.aliases.get(alias as typeof LATEST)?.index;
}

/** The highest listed index, or undefined in an empty artifact collection. */
export function newestIndex(collection: ArtifactCollection): number | undefined {
  return collection.listed.lastKey();
}

/** A version by its id, in any state (DEL-3). Throws on an unknown id, which is a bug. */
export function versionById(store: Pick<Store, 'versions'>, id: VersionId): Version {
  const version = store.versions.get(id);
  assert(version !== undefined, `there is a version ${id}`);
  return version;
}

/** An artifact collection by its id, deleted or not. Throws on an unknown id, which is a bug. */
export function collectionById(store: Pick<Store, 'collections'>, id: CollectionId): ArtifactCollection {
  const collection = store.collections.get(id);
  assert(collection !== undefined, `there is an artifact collection ${id}`);
  return collection;
}

/** A link by its id. Throws on an unknown id, which is a bug. */
export function linkById(store: Pick<Store, 'links'>, id: LinkId): Link {
  const link = store.links.get(id);
  assert(link !== undefined, `there is a link ${id}`);
  return link;
}

/** A run by its id, deleted or not. Throws on an unknown id, which is a bug. */
export function runById(store: Pick<Store, 'runs'>, id: RunId): Run {
  const run = store.runs.get(id);
  assert(run !== undefined, `there is a run ${id}`);
  return run;
}

/** An object by its id. Throws on an unknown id, which is a bug. */
export function objectById(store: Pick<Store, 'objects'>, id: ObjectId): StoredObject {
  const object = store.objects.get(id);
  assert(object !== undefined, `there is an object ${id}`);
  return object;
}

/**
 * The version of a name: by index or as an upload in any state, tombstones included; by alias or through a link only what
 * `find` finds. Undefined if it never existed.
 */
export function versionAt(store: Store, name: VersionName): Version | undefined {
  const { collection: collectionName, selector } = name;
  const collection = collectionNamed(store, collectionName);
  if (collection === undefined) return undefined;
  switch (selector.kind) {
    case 'upload':
      return store.versions.get(versionIdOf(collection.id, selector.serial));
    case 'alias':
      return find(store, name)?.version;
    case 'index': {
      const versionId = versionIdAt(collection, selector.index);
      return versionId === undefined ? find(store, name)?.version : versionById(store, versionId);
    }
  }
}

/** The version of a sequence that has, or had, this index. Undefined if none ever had it. */
export function versionIdAt(
  { kind, listed, deleted }: ArtifactCollection,
  index: number,
): VersionId | undefined {
  return (kind === 'sequence' ? listed.get(index) : undefined) ?? deleted.get(index);
}

/** The version of the upload that a client id names, in any state (LOG-11); undefined if no upload began with it. */
export function versionOfClientId(store: Store, clientId: string): Version | undefined {
  const upload = store.clientIds.get(clientIdKeyOf(clientId));
  return upload && versionById(store, upload.versionId);
}

/** The project of this name, or a new one. */
export function projectOf(store: Store, name: ProjectName): Project {
  const id = projectIdOf(name);
  return store.projects.get(id) ?? { id, name, collections: emptySortedTable(), runs: emptySortedTable() };
}

/** The name of a version by its index, or as an upload if it has none. It survives the deletion of the version. */
export function indexedName(
  store: Pick<Store, 'collections'>,
  { collectionId, index, serial }: Pick<Version, 'collectionId' | 'index' | 'serial'>,
): VersionName {
  return {
    collection: collectionById(store, collectionId).name,
    selector: index === null ? { kind: 'upload', serial } : { kind: 'index', index },
  };
}

/** The name of a version as an upload, which it had before its commit, or has if it was never committed (LOG-5). */
export function uploadName(store: Pick<Store, 'collections' | 'versions'>, id: VersionId): VersionName {
  return indexedName(store, { ...versionById(store, id), index: null });
}

/** The name of a link by its index. */
export function linkNameOf(
  store: Pick<Store, 'collections'>,
  { portfolioId, index }: Pick<Link, 'portfolioId' | 'index'>,
): VersionName {
  return { collection: collectionById(store, portfolioId).name, selector: { kind: 'index', index } };
}

/** The short name of a version: `animals:v0`, or `animals#0` if it was never committed. */
export function nameOfVersion(store: Store, id: VersionId): string {
  return shortVersionName(indexedName(store, versionById(store, id)));
}

/** The full name of a version: `team/demo/animals:v0`, or `team/demo/animals#0` if it was never committed. */
export function fullNameOfVersion(store: Store, id: VersionId): string {
  return fullVersionName(indexedName(store, versionById(store, id)));
}

/** The short name of a link by its index: `models/prod:v0`. */
export function nameOfLink(
  store: Store,
  { portfolioId, index }: Pick<Link, 'portfolioId' | 'index'>,
): string {
  return shortVersionName(linkNameOf(store, { portfolioId, index }));
}

/** The short name of an artifact collection. */
export function nameOfCollection(store: Store, id: CollectionId): string {
  return shortCollectionName(collectionById(store, id).name);
}
