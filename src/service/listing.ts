import { refused } from '../lifecycle/decision.ts';
import { lookUpCollection } from '../lifecycle/targeting.ts';
import type { ArtifactCollection } from '../store/artifact-collection.ts';
import { collectionById, versionById } from '../store/look-up.ts';
import { projectIdOf } from '../store/project.ts';
import { type Run, runIdOf } from '../store/run.ts';
import type { Store } from '../store/store.ts';
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
import { type Answer, answered, following } from './answer.ts';
import type { Address } from './fetched.ts';

/** The address of a listed artifact, and its position in the list. */
export interface Listed extends Address {
  /** The full name of the artifact collection that lists it. */
  readonly collection: string;
  readonly index: number;
}

/** The artifact collection of this name and type. Refuses with `not-found` (DEL-3; basis: chosen) or `type-mismatch`. */
export function collectionOfType(
  store: Store,
  name: CollectionName,
  type: string,
): Answer<ArtifactCollection> {
  const found = lookUpCollection(store, name);
  if (!found.ok || found.value.artifactType === type) return found;
  return refused('otherTypeAsked', {
    name: shortCollectionName(name),
    current: found.value.artifactType,
    asked: type,
  });
}

/** The artifacts of an artifact collection, newest first (basis: sdk). */
export function artifactsIn({ id, kind, name, listed }: ArtifactCollection): readonly Listed[] {
  const collection = fullCollectionName(name);
  const all = Array.from(listed.entries(), ([index, versionId]): Listed => {
    const link = kind === 'sequence' ? null : { portfolioId: id, index };
    return { versionId, link, collection, index };
  });
  return all.reverse();
}

/** The order of `artifactsIn`: by index, descending. */
export function newestFirst(left: Listed, right: Listed): number {
  return right.index - left.index;
}

/** The run of this name. Refuses with `not-found`. */
export function existingRun(store: Store, name: RunName): Answer<Run> {
  const run = store.runs.get(runIdOf(name));
  return run?.exists === true ? answered(run) : refused('runNotFound', { run: shortRunName(name) });
}

/** The COMMITTED versions that a run logged, whether or not it created them (RUN-3), or used, by name and index. */
export function lineageListed(store: Store, run: Run, edge: 'logged' | 'used'): readonly Listed[] {
  const collections = new Map<CollectionId, Listed[]>();
  for (const versionId of run[edge].keys()) {
    const { collectionId, index, state } = versionById(store, versionId);
    if (index === null || state.kind !== 'COMMITTED') continue;
    const listed = collections.get(collectionId) ?? [];
    const collection = listed[0]?.collection ?? fullCollectionName(collectionById(store, collectionId).name);
    listed.push({ versionId, link: null, collection, index });
    collections.set(collectionId, listed);
  }
  // Numbers are much cheaper to compare than names, of which there are few.
  return [...collections.values()]
    .map((listed) => listed.sort((left, right) => left.index - right.index))
    .sort(([left], [right]) => byCodePoint(left?.collection ?? '', right?.collection ?? ''))
    .flat();
}

/** The order of `lineageListed`. */
export function byNameAndIndex(left: Listed, right: Listed): number {
  return byCodePoint(left.collection, right.collection) || left.index - right.index;
}

/** The existing artifact collections in a project, in no particular order. Refuses with `not-found`. */
export function collectionsIn(store: Store, name: ProjectName): Answer<readonly ArtifactCollection[]> {
  const project = store.projects.get(projectIdOf(name));
  if (project === undefined) return refused('projectNotFound', { project: shortProjectName(name) });
  const all = Array.from(project.collections.keys(), (id) => collectionById(store, id));
  return answered(all.filter(({ exists }) => exists));
}

/** The types of the existing artifact collections in a project, sorted by name. Refuses with `not-found`. */
export function typesIn(store: Store, project: ProjectName): Answer<readonly string[]> {
  return following(collectionsIn(store, project), (existing) =>
    answered([...new Set(existing.map(({ artifactType }) => artifactType))].sort(byCodePoint)),
  );
}

/** The type of this name. Refuses with `not-found` if nothing in the project has it. */
export function typeIn(store: Store, project: ProjectName, type: string): Answer<string> {
  return following(typesIn(store, project), (types) =>
    types.includes(type)
      ? answered(type)
      : refused('noSuchType', { type, project: shortProjectName(project) }),
  );
}

/** The existing artifact collections of a type in a project, sorted by name. Refuses with `not-found`. */
export function collectionsOfType(
  store: Store,
  project: ProjectName,
  type: string,
): Answer<readonly ArtifactCollection[]> {
  const ofType = following(typeIn(store, project, type), () => collectionsIn(store, project));
  return following(ofType, (existing) =>
    answered(existing.filter(({ artifactType }) => artifactType === type).sort(byName)),
  );
}

/** The order of `collectionsOfType`. */
export function byName({ name: left }: ArtifactCollection, { name: right }: ArtifactCollection): number {
  return byCodePoint(left.collection, right.collection);
}
