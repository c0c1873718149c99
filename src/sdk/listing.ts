import { refused } from '../lifecycle/decision.ts';
import { lookUpCollection } from '../lifecycle/targeting.ts';
import type { ArtifactCollection } from '../store/artifact-collection.ts';
import { linkIdOf } from '../store/link.ts';
import { collectionById, linkById, versionById } from '../store/look-up.ts';
import { projectIdOf } from '../store/project.ts';
import { type Run, runIdOf } from '../store/run.ts';
import type { Store } from '../store/store.ts';
import { versionIdOf } from '../store/version.ts';
import {
  type CollectionId,
  type CollectionName,
  fullCollectionName,
  type ProjectName,
  type RunName,
  shortCollectionName,
  shortProjectName,
  shortRunName,
} from '../values/names.ts';
import { byCodePoint } from '../values/order.ts';
import { type Address, linkAddress } from './artifact-facts.ts';
import { errorOf } from './errors.ts';

/** The address of a listed artifact, and its position in the list. */
export interface Listed extends Address {
  /** The full name of the artifact collection that lists it. */
  readonly collection: string;
  readonly index: number;
}

/** The artifact collection of this name and type. Throws `not-found` if there is none (DEL-3; basis: chosen). */
export function collectionOfType(store: Store, name: CollectionName, type: string): ArtifactCollection {
  const found = lookUpCollection(store, name);
  if (!found.ok) throw errorOf(found.refusal);
  if (found.value.artifactType !== type) {
    const facts = { name: shortCollectionName(name), stands: found.value.artifactType, asked: type };
    throw errorOf(refused('otherTypeAsked', facts).refusal);
  }
  return found.value;
}

/** The artifacts of an artifact collection, newest first (basis: sdk). Throws if the collection was deleted. */
export function listedIn(store: Store, name: CollectionName, type: string): readonly Listed[] {
  const { id, kind, listed } = collectionOfType(store, name, type);
  const collection = fullCollectionName(name);
  const addresses = Array.from(listed.keys(), (index): Listed => {
    if (kind === 'sequence') return { versionId: versionIdOf(id, index), link: null, collection, index };
    const link = linkById(store, linkIdOf(id, index));
    return { versionId: link.versionId, link: linkAddress(link), collection, index };
  });
  return addresses.reverse();
}

/** The order of `listedIn`: by index, descending. */
export function newestFirst(left: Listed, right: Listed): number {
  return right.index - left.index;
}

/** The run of this name. Throws `not-found` if it logged and used nothing, or was deleted. */
export function existingRun(store: Store, name: RunName): Run {
  const run = store.runs.get(runIdOf(name));
  if (run?.exists === true) return run;
  throw errorOf(refused('runNotFound', { run: shortRunName(name) }).refusal);
}

/** The COMMITTED versions that a run logged, or used, by name and index. */
export function lineageListed(store: Store, name: RunName, edge: 'logged' | 'used'): readonly Listed[] {
  return [...existingRun(store, name)[edge].keys()]
    .map((versionId) => versionById(store, versionId))
    .filter(({ state }) => state.kind === 'COMMITTED')
    .map(({ id, collectionId, index }) => {
      const collection = fullCollectionName(collectionById(store, collectionId).name);
      return { versionId: id, link: null, collection, index };
    })
    .sort(byNameAndIndex);
}

/** The order of `lineageListed`. */
export function byNameAndIndex(left: Listed, right: Listed): number {
  return byCodePoint(left.collection, right.collection) || left.index - right.index;
}

/** The types of the existing artifact collections in a project, sorted by name. Throws if there are none. */
export function typesIn(store: Store, project: ProjectName): readonly string[] {
  const types = new Set(existingIn(store, project).map(({ artifactType }) => artifactType));
  return [...types].sort(byCodePoint);
}

/** The type of this name. Throws `not-found` if nothing in the project has it. */
export function typeIn(store: Store, project: ProjectName, type: string): string {
  if (typesIn(store, project).includes(type)) return type;
  throw errorOf(refused('noSuchType', { type, project: shortProjectName(project) }).refusal);
}

/** The existing artifact collections of a type in a project, sorted by name. */
export function collectionsOfType(
  store: Store,
  project: ProjectName,
  type: string,
): readonly { readonly id: CollectionId; readonly name: string }[] {
  typeIn(store, project, type);
  return existingIn(store, project)
    .filter(({ artifactType }) => artifactType === type)
    .map(({ id, name }) => ({ id, name: name.collection }))
    .sort((left, right) => byCodePoint(left.name, right.name));
}

function existingIn(store: Store, name: ProjectName): readonly ArtifactCollection[] {
  const project = store.projects.get(projectIdOf(name));
  if (project === undefined) {
    throw errorOf(refused('projectNotFound', { project: shortProjectName(name) }).refusal);
  }
  return [...project.collections.keys()]
    .map((id) => collectionById(store, id))
    .filter(({ exists }) => exists);
}
