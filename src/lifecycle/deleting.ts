import type { Draft } from 'immer';
import type { ArtifactCollection } from '../store/artifact-collection.ts';
import { linkIdOf } from '../store/link.ts';
import { collectionById, nameOfVersion, versionById } from '../store/look-up.ts';
import { projectIdOf } from '../store/project.ts';
import { runIdOf } from '../store/run.ts';
import type { Store } from '../store/store.ts';
import { aliasesOf, type Version, versionIdOf } from '../store/version.ts';
import {
  type Alias,
  type CollectionId,
  type CollectionName,
  type ProjectName,
  type RunId,
  type RunName,
  shortProjectName,
  shortRunName,
  type VersionId,
} from '../values/names.ts';
import { byCodePoint } from '../values/order.ts';
import type { Bytes } from '../values/units.ts';
import { accepted, type Decision, type Refusal, refused } from './decision.ts';
import { type LinkRemoved, linkRemoved, linksRemoved } from './linking.ts';
import { type Filter, matchingIndexes } from './selecting.ts';
import { lookUp, lookUpCollection, type VersionTarget } from './targeting.ts';
import { discard } from './trash.ts';

/** Deletes a version, softly; through the name of a link, the link only. */
export interface DeleteVersion {
  readonly type: 'deleteVersion';
  readonly target: VersionTarget;
  readonly deleteAliases: boolean;
}

/** Deletes an artifact collection with everything in it. */
export interface DeleteCollection {
  readonly type: 'deleteCollection';
  readonly collection: CollectionName;
}

/** Deletes each version, or each link, of an artifact collection that a filter picks. */
export interface DeleteMatching {
  readonly type: 'deleteMatching';
  readonly collection: CollectionName;
  readonly where: Filter;
  readonly deleteAliases: boolean;
}

/** Deletes a run; with `artifacts`, what it logged too. */
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

/** Everything that can be asked for in this chapter. */
export type DeletingCommand = DeleteVersion | DeleteCollection | DeleteMatching | DeleteRun | DeleteProject;

/** A version is PENDING_DELETION: its aliases went with it, its files stay untouched (DEL-1; basis: doc). */
export interface VersionDeleted {
  readonly type: 'versionDeleted';
  readonly versionId: VersionId;
  readonly aliases: readonly Alias[];
}

/** One version of a bulk deletion was refused; the others were not (DEL-14; basis: chosen). */
export interface DeletionRefused {
  readonly type: 'deletionRefused';
  readonly versionId: VersionId;
  readonly refusal: Refusal;
}

/** An artifact collection no longer stands; its record keeps the next index (DEL-16; basis: chosen). */
export interface CollectionDeleted {
  readonly type: 'collectionDeleted';
  readonly collectionId: CollectionId;
}

/** A run is gone; what it logged and used stays in the lineage (DEL-12; basis: chosen). */
export interface RunDeleted {
  readonly type: 'runDeleted';
  readonly runId: RunId;
}

/** Everything that can happen in this chapter. */
export type DeletingEvent = VersionDeleted | DeletionRefused | CollectionDeleted | RunDeleted;

type DeletingDecision = Decision<DeletingEvent | LinkRemoved>;

/**
 * Decides the deletions. Refused: `not-found`; `has-aliases`, naming them (DEL-2; basis: doc); by id, what is
 * not COMMITTED with `not-committed`, saying its state (DEL-4; basis: chosen).
 */
export function decideDeleting(command: DeletingCommand, store: Store): DeletingDecision {
  switch (command.type) {
    case 'deleteVersion':
      return decideDelete(command, store);
    case 'deleteCollection':
      return decideDeleteCollection(command, store);
    case 'deleteMatching':
      return decideDeleteMatching(command, store);
    case 'deleteRun':
      return decideDeleteRun(command, store);
    case 'deleteProject':
      return decideDeleteProject(command, store);
  }
}

function decideDelete(command: DeleteVersion, store: Store): DeletingDecision {
  if (command.target.by === 'id') {
    return deletion(store, versionById(store, command.target.versionId), command.deleteAliases);
  }
  const found = lookUp(store, command.target.name);
  if (!found.ok) return found;
  // DEL-5: on a link only the link goes, and the alias flag is ignored.
  if (found.value.kind === 'link') return accepted([linkRemoved(found.value.link)]);
  return deletion(store, found.value.version, command.deleteAliases);
}

function deletion(store: Store, version: Version, deleteAliases: boolean): DeletingDecision {
  const name = nameOfVersion(store, version.id);
  if (version.state.kind === 'PENDING') return refused('deletingAnUpload', { version: name });
  if (version.state.kind !== 'COMMITTED') {
    return refused('notCommitted', { version: name, state: version.state.kind });
  }
  const { aliases } = version.state;
  if (aliases.length > 0 && !deleteAliases) {
    const named = `the ${aliases.length === 1 ? 'alias' : 'aliases'} ${aliases.join(', ')}`;
    return refused('hasAliases', { version: name, aliases: named }, aliases);
  }
  return accepted<DeletingEvent | LinkRemoved>([
    ...linksRemoved(store, version.links),
    {
      type: 'versionDeleted',
      versionId: version.id,
      aliases,
    },
  ]);
}

function decideDeleteCollection(command: DeleteCollection, store: Store): DeletingDecision {
  const found = lookUpCollection(store, command.collection);
  return found.ok ? accepted(collectionDeletion(store, found.value)) : found;
}

// DEL-7 for a sequence, uploads included; DEL-8 for a portfolio.
function collectionDeletion(
  store: Store,
  collection: ArtifactCollection,
): readonly (DeletingEvent | LinkRemoved)[] {
  const gone: CollectionDeleted = { type: 'collectionDeleted', collectionId: collection.id };
  if (collection.kind === 'portfolio') {
    const linkIds = [...collection.listed.keys()].map((index) => linkIdOf(collection.id, index));
    return [...linksRemoved(store, linkIds), gone];
  }
  const versions = membersOf(collection).map((index) =>
    versionById(store, versionIdOf(collection.id, index)),
  );
  return [...versions.flatMap((version) => wholeDeletion(store, version)), gone];
}

// The deletion of a version whatever its aliases, as a wider deletion takes it along.
function wholeDeletion(store: Store, version: Version): readonly (DeletingEvent | LinkRemoved)[] {
  return [
    ...linksRemoved(store, version.links),
    { type: 'versionDeleted', versionId: version.id, aliases: aliasesOf(version) },
  ];
}

// DEL-10: the versions that it used are not touched, nor what was deleted before.
function decideDeleteRun(command: DeleteRun, store: Store): DeletingDecision {
  const run = store.runs.get(runIdOf(command.run));
  if (run?.standing !== true) return refused('runNotFound', { run: shortRunName(command.run) });
  const gone: RunDeleted = { type: 'runDeleted', runId: run.id };
  if (!command.artifacts) return accepted([gone]);
  const versions = [...run.logged.keys()]
    .map((versionId) => versionById(store, versionId))
    .filter(({ state }) => state.kind === 'COMMITTED' || state.kind === 'PENDING');
  return accepted([...versions.flatMap((version) => wholeDeletion(store, version)), gone]);
}

// DEL-11: portfolios of the project lose their links; links elsewhere to its versions go with their sources.
function decideDeleteProject(command: DeleteProject, store: Store): DeletingDecision {
  const project = store.projects.get(projectIdOf(command.project));
  const collections = [...(project?.collections.keys() ?? [])]
    .map((collectionId) => collectionById(store, collectionId))
    .filter((collection) => collection.standing)
    .sort((left, right) => byCodePoint(left.name.collection, right.name.collection));
  const runs = [...(project?.runs.keys() ?? [])].filter((runId) => store.runs.get(runId)?.standing === true);
  if (collections.length === 0 && runs.length === 0) {
    return refused('projectNotFound', { project: shortProjectName(command.project) });
  }
  const events = collections.flatMap((collection) => collectionDeletion(store, collection));
  const once = new Set<string>();
  // A link from one of the project's portfolios to one of its own sequences would be removed from both ends.
  const distinct = events.filter(
    (event) => event.type !== 'linkRemoved' || (!once.has(event.linkId) && once.add(event.linkId)),
  );
  return accepted([...distinct, ...runs.map((runId): RunDeleted => ({ type: 'runDeleted', runId }))]);
}

function membersOf(sequence: ArtifactCollection): readonly number[] {
  return [...sequence.listed.keys(), ...sequence.uploading.keys()].sort((left, right) => left - right);
}

function decideDeleteMatching(command: DeleteMatching, store: Store): DeletingDecision {
  const found = lookUpCollection(store, command.collection);
  if (!found.ok) return found;
  const collection = found.value;
  const events = matchingIndexes(store, collection, command.where).flatMap(
    (index): readonly (DeletingEvent | LinkRemoved)[] => {
      if (collection.kind === 'portfolio') return linksRemoved(store, [linkIdOf(collection.id, index)]);
      const version = versionById(store, versionIdOf(collection.id, index));
      const decision = deletion(store, version, command.deleteAliases);
      if (decision.ok) return decision.events;
      return [{ type: 'deletionRefused', versionId: version.id, refusal: decision.refusal }];
    },
  );
  return accepted(events);
}

/** Plays an event of this chapter on the draft of a store. */
export function evolveDeleting(store: Draft<Store>, event: DeletingEvent): void {
  switch (event.type) {
    case 'versionDeleted':
      evolveDeleted(store, event);
      return;
    case 'collectionDeleted':
      store.collections = store.collections.amend(event.collectionId, (collection) => {
        collection.standing = false;
      });
      return;
    case 'runDeleted':
      store.runs = store.runs.amend(event.runId, (run) => {
        run.standing = false;
      });
      return;
    case 'deletionRefused':
      return;
  }
}

function evolveDeleted(store: Draft<Store>, event: VersionDeleted): void {
  const { collectionId, state, manifest } = versionById(store, event.versionId);
  if (state.kind === 'COMMITTED') {
    store.logicalBytes = (store.logicalBytes - manifest.sizeBytes) as Bytes;
  }
  store.collections = store.collections.amend(collectionId, (collection) => {
    for (const alias of event.aliases) collection.aliases = collection.aliases.remove(alias);
  });
  discard(store, event.versionId);
}
