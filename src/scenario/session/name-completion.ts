import { type ArtifactCollection, collectionNamed } from '../../store/artifact-collection.ts';
import { versionsOf } from '../../store/holders.ts';
import { existingCollection, find } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import {
  parseCollectionName,
  parseVersionName,
  shortCollectionName,
  shortProjectName,
  shortRunName,
} from '../../values/names.ts';
import { byCodePoint } from '../../values/order.ts';

/** The names of the existing artifact collections. */
export function collectionNames(store: Store): readonly string[] {
  return sorted([...store.collections.unorderedRows()].filter(({ exists }) => exists).map(nameOf));
}

/** The names of the existing runs. */
export function runNames(store: Store): readonly string[] {
  return sorted(
    [...store.runs.unorderedRows()].filter(({ exists }) => exists).map(({ name }) => shortRunName(name)),
  );
}

/** The names of the projects. */
export function projectNames(store: Store): readonly string[] {
  return sorted([...store.projects.unorderedRows()].map(({ name }) => shortProjectName(name)));
}

/** Completions of a version's name: first the artifact collection with a colon, then the selector; `deleted` by index. */
export function versionNames(store: Store, typed: string, deleted: boolean): readonly string[] {
  const colon = typed.indexOf(':');
  if (colon < 0) {
    const known = deleted
      ? sorted([...store.collections.unorderedRows()].map(nameOf))
      : collectionNames(store);
    return known.map((name) => `${name}:`);
  }
  const name = typed.slice(0, colon);
  return selectors(store, name, deleted).map((selector) => `${name}:${selector}`);
}

/** Completions of a path's name: first the version, then the path. */
export function fileNames(store: Store, typed: string): readonly string[] {
  const slash = typed.indexOf('/', Math.max(typed.indexOf(':'), 0));
  if (!typed.includes(':') || slash < 0) {
    return versionNames(store, typed, false).map((name) => (name.endsWith(':') ? name : `${name}/`));
  }
  const version = typed.slice(0, slash);
  return pathsOf(store, version).map((path) => `${version}/${path}`);
}

/** The paths of a version. */
export function pathsOf(store: Store, version: string): readonly string[] {
  const name = parseVersionName(version);
  const found = name.ok ? find(store, name.value) : undefined;
  return found?.version.manifest.entries.map(({ path }) => path) ?? [];
}

/** The aliases of an artifact collection, or of the named version. */
export function aliasNames(store: Store, named: string): readonly string[] {
  const version = parseVersionName(named);
  const collection = collectionOf(store, named.split(':')[0] ?? '');
  const found = version.ok ? find(store, version.value) : undefined;
  const index = found?.kind === 'link' ? found.link.index : found?.version.index;
  const all = collection?.aliases.sortedIds(byCodePoint) ?? [];
  return version.ok ? all.filter((alias) => collection?.aliases.get(alias)?.index === index) : all;
}

function selectors(store: Store, name: string, deleted: boolean): readonly string[] {
  const parsed = parseCollectionName(name);
  const collection = deleted ? everCollection(store, name) : collectionOf(store, name);
  if (!parsed.ok || collection === undefined) return [];
  if (!deleted) {
    return [
      ...[...collection.listed.keys()].map((index) => `v${index}`),
      ...collection.aliases.sortedIds(byCodePoint),
    ];
  }
  return versionsOf(store, collection.id)
    .filter(({ state }) => state.kind === 'PENDING_DELETION' || state.kind === 'DELETED')
    .map(({ index }) => `v${index}`);
}

function collectionOf(store: Store, name: string): ArtifactCollection | undefined {
  const parsed = parseCollectionName(name);
  return parsed.ok ? existingCollection(store, parsed.value) : undefined;
}

function everCollection(store: Store, name: string): ArtifactCollection | undefined {
  const parsed = parseCollectionName(name);
  return parsed.ok ? collectionNamed(store, parsed.value) : undefined;
}

function nameOf(collection: ArtifactCollection): string {
  return shortCollectionName(collection.name);
}

function sorted(names: readonly string[]): readonly string[] {
  return [...names].sort(byCodePoint);
}
