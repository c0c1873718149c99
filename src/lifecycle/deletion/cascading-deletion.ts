import type { ArtifactCollection } from '../../store/artifact-collection.ts';
import { type Link, linkIdOf } from '../../store/link.ts';
import { collectionById, linkById, nameOfCollection, versionById } from '../../store/look-up.ts';
import type { Who } from '../../store/people.ts';
import { projectIdOf } from '../../store/project.ts';
import { isManagedVersion, type Protection, protectionOf } from '../../store/protection.ts';
import { runIdOf } from '../../store/run.ts';
import type { Evolvers, Store } from '../../store/store.ts';
import { isSystemManaged } from '../../store/time-to-live.ts';
import { aliasesOf, type Version } from '../../store/version.ts';
import {
  type CollectionId,
  type CollectionName,
  fullCollectionName,
  type ProjectName,
  type RunId,
  type RunName,
  shortProjectName,
  shortRunName,
} from '../../values/names.ts';
import { byCodePoint } from '../../values/order.ts';
import { accepted, type Decision, refused } from '../decision.ts';
import {
  forbiddenRemoval,
  type LinkRemoved,
  linkRemoved,
  linksRemoved,
  protectedRefusal,
} from '../linking.ts';
import { lookUpCollection } from '../targeting.ts';
import type { VersionDeleted } from './deleting.ts';
import { refusedByReference } from './held-reference.ts';

/** Deletes an artifact collection with everything in it. */
export interface DeleteCollection {
  readonly type: 'deleteCollection';
  readonly collection: CollectionName;
  readonly by?: Who;
}

/** Deletes a run, with `artifacts` also the versions that it created. */
export interface DeleteRun {
  readonly type: 'deleteRun';
  readonly run: RunName;
  readonly artifacts: boolean;
}

/** Deletes a project with all its artifact collections and runs. */
export interface DeleteProject {
  readonly type: 'deleteProject';
  readonly project: ProjectName;
}

/** The commands of this chapter. */
export type CascadingDeletionCommand = DeleteCollection | DeleteRun | DeleteProject;

/** An artifact collection was deleted; its record keeps the next index (DEL-16). */
export interface CollectionDeleted {
  readonly type: 'collectionDeleted';
  readonly collectionId: CollectionId;
}

/** A run was deleted; its lineage stays (DEL-12). */
export interface RunDeleted {
  readonly type: 'runDeleted';
  readonly runId: RunId;
}

/** The events of this chapter, apart from deleted versions and removed links. */
export type CascadingDeletionEvent = CollectionDeleted | RunDeleted;

type CascadingDeletion = Decision<CascadingDeletionEvent | VersionDeleted | LinkRemoved>;

/**
 * Decides deletions that include versions with their aliases. Each succeeds or fails as a whole. Refuses with
 * `not-found`; `system-managed` for a sequence of such a type (DEL-17); `protected-alias` if one is on a link to a
 * version that would go; `forbidden` if one is on a link that would go, and the person is not an admin of the registry
 * (ALI-7); `referred-to` if references from elsewhere hold a version (DEL-18).
 */
export function decideCascadingDeletion(command: CascadingDeletionCommand, store: Store): CascadingDeletion {
  switch (command.type) {
    case 'deleteCollection':
      return decideDeleteCollection(command, store);
    case 'deleteRun':
      return decideDeleteRun(command, store);
    case 'deleteProject':
      return decideDeleteProject(command, store);
  }
}

function decideDeleteCollection(command: DeleteCollection, store: Store): CascadingDeletion {
  const found = lookUpCollection(store, command.collection);
  if (!found.ok) return found;
  const collection = found.value;
  const name = nameOfCollection(store, collection.id);
  const { artifactType: type } = collection;
  const blocked =
    collection.kind === 'portfolio'
      ? forbiddenRemoval(store, linksIn(store, collection), command.by ?? null, name)
      : isSystemManaged(type)
        ? refused('systemManaged', { deleted: name, type })
        : heldUp(store, sourceProtections(store, collection), name);
  if (blocked !== undefined) return blocked;
  const events = collectionDeletion(store, collection);
  return refusedByReference(store, events, name) ?? accepted(events);
}

// DEL-10, DEL-17, RUN-3: only versions that the run created and that the service does not manage are deleted.
function decideDeleteRun(command: DeleteRun, store: Store): CascadingDeletion {
  const run = store.runs.get(runIdOf(command.run));
  if (run?.exists !== true) return refused('runNotFound', { run: shortRunName(command.run) });
  const gone: RunDeleted = { type: 'runDeleted', runId: run.id };
  if (!command.artifacts) return accepted([gone]);
  const versions = [...run.logged.keys()]
    .map((versionId) => versionById(store, versionId))
    .filter(({ loggedBy }) => loggedBy === run.id)
    .filter(({ state }) => state.kind === 'COMMITTED' || state.kind === 'PENDING')
    .filter((version) => !isManagedVersion(store, version))
    .sort((left, right) => byNameAndUpload(store, left, right));
  const protections = versions.flatMap((version) => protectionOf(store, version) ?? []);
  const deleted = `the run ${shortRunName(command.run)} with its artifacts`;
  const events = versions.flatMap((version) => wholeDeletion(store, version));
  return (
    heldUp(store, protections, deleted) ??
    refusedByReference(store, events, deleted) ??
    accepted([...events, gone])
  );
}

// DEL-11: portfolios of the project lose their links; links elsewhere go with their sources.
function decideDeleteProject(command: DeleteProject, store: Store): CascadingDeletion {
  const project = store.projects.get(projectIdOf(command.project));
  const name = shortProjectName(command.project);
  const collections = [...(project?.collections.keys() ?? [])]
    .map((collectionId) => collectionById(store, collectionId))
    .filter((collection) => collection.exists)
    .sort((left, right) => byCodePoint(left.name.collection, right.name.collection));
  const runs = [...(project?.runs.keys() ?? [])].filter((runId) => store.runs.get(runId)?.exists === true);
  if (collections.length === 0 && runs.length === 0) return refused('projectNotFound', { project: name });
  const protections = collections.flatMap((collection) => sourceProtections(store, collection));
  const events = collections.flatMap((collection) => collectionDeletion(store, collection));
  return (
    heldUp(store, protections, `the project ${name}`) ??
    refusedByReference(store, events, `the project ${name}`) ??
    accepted([...onceEach(events), ...runs.map((runId): RunDeleted => ({ type: 'runDeleted', runId }))])
  );
}

// A link within the project would be removed twice: with its portfolio and with its source.
function onceEach<Event extends { readonly type: string }>(
  events: readonly (Event | LinkRemoved)[],
): readonly (Event | LinkRemoved)[] {
  const seen = new Set<string>();
  return events.filter((event) => {
    if (!('linkId' in event)) return true;
    const first = !seen.has(event.linkId);
    seen.add(event.linkId);
    return first;
  });
}

// DEL-7 for a sequence, uploads included; DEL-8 for a portfolio.
function collectionDeletion(
  store: Store,
  collection: ArtifactCollection,
): readonly (CascadingDeletionEvent | VersionDeleted | LinkRemoved)[] {
  const gone: CollectionDeleted = { type: 'collectionDeleted', collectionId: collection.id };
  if (collection.kind === 'portfolio') return [...linksIn(store, collection).map(linkRemoved), gone];
  return [...membersOf(store, collection).flatMap((version) => wholeDeletion(store, version)), gone];
}

// Deletes a version whatever its aliases, as part of a larger deletion.
function wholeDeletion(store: Store, version: Version): readonly (VersionDeleted | LinkRemoved)[] {
  return [
    ...linksRemoved(store, version.links),
    { type: 'versionDeleted', versionId: version.id, aliases: aliasesOf(version) },
  ];
}

function membersOf(store: Store, sequence: ArtifactCollection): readonly Version[] {
  return [...sequence.listed.entries(), ...sequence.uploading.entries()].map(([, versionId]) =>
    versionById(store, versionId),
  );
}

function linksIn(store: Store, portfolio: ArtifactCollection): readonly Link[] {
  return Array.from(portfolio.listed.keys(), (index) => linkById(store, linkIdOf(portfolio.id, index)));
}

// The protected aliases that hold versions of a sequence; those of a registry do not hold its own links (ALI-7).
function sourceProtections(store: Store, collection: ArtifactCollection): readonly Protection[] {
  if (collection.kind === 'portfolio') return [];
  return membersOf(store, collection).flatMap((version) => protectionOf(store, version) ?? []);
}

function heldUp(
  store: Store,
  protections: readonly Protection[],
  deleted: string,
): ReturnType<typeof protectedRefusal> | undefined {
  const [first, ...others] = protections;
  return first === undefined ? undefined : protectedRefusal(store, first, deleted, others);
}

function byNameAndUpload(store: Store, left: Version, right: Version): number {
  if (left.collectionId === right.collectionId) return left.serial - right.serial;
  const [one, other] = [left, right].map(({ collectionId }) =>
    fullCollectionName(collectionById(store, collectionId).name),
  );
  return byCodePoint(one ?? '', other ?? '');
}

/** The evolvers of this chapter. */
export const EVOLVE_CASCADING_DELETION: Evolvers<CascadingDeletionEvent> = {
  collectionDeleted: (store, event) => {
    store.collections = store.collections.amend(event.collectionId, (collection) => ({
      ...collection,
      exists: false,
    }));
  },
  runDeleted: (store, event) => {
    store.runs = store.runs.amend(event.runId, (run) => ({ ...run, exists: false }));
  },
};
