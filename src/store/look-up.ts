import {
  type CollectionId,
  type CollectionName,
  fullCollectionName,
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
import { type ArtifactCollection, collectionIdOf } from './artifact-collection.ts';
import { type Link, linkIdOf } from './link.ts';
import { type Project, projectIdOf } from './project.ts';
import type { Run } from './run.ts';
import type { Store } from './store.ts';
import type { StoredObject } from './stored-object.ts';
import { type Version, versionIdOf } from './version.ts';

/** What a name was found to mean: a version in its sequence, or a link in a portfolio with its source. */
export type Found =
  | { readonly kind: 'version'; readonly collection: ArtifactCollection; readonly version: Version }
  | {
      readonly kind: 'link';
      readonly collection: ArtifactCollection;
      readonly link: Link;
      readonly version: Version;
    };

/** The artifact collection of this name, if it stands. */
export function existingCollection(store: Store, name: CollectionName): ArtifactCollection | undefined {
  const collection = store.collections.get(collectionIdOf(name));
  return collection?.exists === true ? collection : undefined;
}

/**
 * What a name means now, or undefined: only COMMITTED versions, and links to them, are found (LOG-5, DEL-3;
 * basis: sdk, chosen).
 */
export function find(store: Store, name: VersionName): Found | undefined {
  const collection = existingCollection(store, name.collection);
  if (collection === undefined) return undefined;
  const index = indexOf(store, collection, name.selector);
  if (index === undefined || !collection.listed.has(index)) return undefined;
  if (collection.kind === 'sequence') {
    return { kind: 'version', collection, version: versionById(store, versionIdOf(collection.id, index)) };
  }
  const link = linkById(store, linkIdOf(collection.id, index));
  return { kind: 'link', collection, link, version: versionById(store, link.versionId) };
}

function indexOf(store: Store, collection: ArtifactCollection, selector: Selector): number | undefined {
  if (selector.kind === 'index') return selector.index;
  const index = aliasIndex(collection, selector.alias);
  if (index !== undefined) return index;
  // ALI-6: the switch changes what a look-up finds, never the aliases themselves.
  const resolves = selector.alias === LATEST && store.settings.latestAfterDelete === 'resolve-newest';
  return resolves ? newestIndex(collection) : undefined;
}

/** The index that an alias names, or undefined. Any text may be asked for. */
export function aliasIndex(
  collection: Pick<ArtifactCollection, 'aliases'>,
  alias: string,
): number | undefined {
  return collection.aliases.get(alias as typeof LATEST)?.index;
}

/** The greatest index that is listed, or undefined in an empty artifact collection. */
export function newestIndex(collection: ArtifactCollection): number | undefined {
  return collection.listed.lastKey();
}

/** A version by its id, in whatever state (DEL-3); an id that was never handed out is a bug, and stops. */
export function versionById(store: Pick<Store, 'versions'>, id: VersionId): Version {
  const version = store.versions.get(id);
  assert(version !== undefined, `there is a version ${id}`);
  return version;
}

/** An artifact collection by its id, standing or not; an id that was never handed out is a bug, and stops. */
export function collectionById(store: Pick<Store, 'collections'>, id: CollectionId): ArtifactCollection {
  const collection = store.collections.get(id);
  assert(collection !== undefined, `there is an artifact collection ${id}`);
  return collection;
}

/** A link by its id; one that is gone is a bug, and stops. */
export function linkById(store: Pick<Store, 'links'>, id: LinkId): Link {
  const link = store.links.get(id);
  assert(link !== undefined, `there is a link ${id}`);
  return link;
}

/** A run by its id, standing or not; an id that was never handed out is a bug, and stops. */
export function runById(store: Pick<Store, 'runs'>, id: RunId): Run {
  const run = store.runs.get(id);
  assert(run !== undefined, `there is a run ${id}`);
  return run;
}

/** An object by its id; one that the store does not know is a bug, and stops. */
export function objectById(store: Pick<Store, 'objects'>, id: ObjectId): StoredObject {
  const object = store.objects.get(id);
  assert(object !== undefined, `there is an object ${id}`);
  return object;
}

/**
 * The version of a name in whatever state: by index tombstones and uploads too, by alias and through a link
 * only what can be found. Undefined where there never was one.
 */
export function versionAt(store: Store, name: VersionName): Version | undefined {
  const { collection, selector } = name;
  const born =
    selector.kind === 'index'
      ? store.versions.get(versionIdOf(collectionIdOf(collection), selector.index))
      : undefined;
  return born ?? find(store, name)?.version;
}

/** The project of this name, as it is or as it would begin. */
export function projectOf(store: Store, name: ProjectName): Project {
  const id = projectIdOf(name);
  return store.projects.get(id) ?? { id, name, collections: emptySortedTable(), runs: emptySortedTable() };
}

/** The name of a version by its index, in the shortest form: `animals:v0`. It stays when the version is deleted. */
export function nameOfVersion(store: Store, id: VersionId): string {
  const version = versionById(store, id);
  const collection = collectionById(store, version.collectionId).name;
  return shortVersionName({ collection, selector: { kind: 'index', index: version.index } });
}

/** The full name of a version by its index: `team/demo/animals:v0`. */
export function fullNameOfVersion(store: Store, id: VersionId): string {
  const version = versionById(store, id);
  return `${fullCollectionName(collectionById(store, version.collectionId).name)}:v${version.index}`;
}

/** The name of a link by its index, in the shortest form: `models/prod:v0`. */
export function nameOfLink(
  store: Store,
  { portfolioId, index }: Pick<Link, 'portfolioId' | 'index'>,
): string {
  const collection = collectionById(store, portfolioId).name;
  return shortVersionName({ collection, selector: { kind: 'index', index } });
}

/** The name of an artifact collection in the shortest form. */
export function nameOfCollection(store: Store, id: CollectionId): string {
  return shortCollectionName(collectionById(store, id).name);
}
