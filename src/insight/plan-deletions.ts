import type { Command } from '../decider/command.ts';
import { decide } from '../decider/decide.ts';
import type { StoreEvent } from '../decider/event.ts';
import { evolve } from '../decider/evolve.ts';
import type { Refusal } from '../lifecycle/decision.ts';
import type { Filter } from '../lifecycle/filter.ts';
import type { Action } from '../simulator/action.ts';
import { adviceFor } from '../simulator/advice.ts';
import { indexedName, nameOfCollection, nameOfLink, runById, versionById } from '../store/look-up.ts';
import type { Store } from '../store/store.ts';
import {
  type Alias,
  type CollectionId,
  type RunId,
  shortCollectionName,
  shortProjectName,
  shortRunName,
  shortVersionName,
} from '../values/names.ts';
import { type Bytes, formatDuration } from '../values/units.ts';
import { type NamedVersion, namedVersion } from './named-version.ts';

/** A command that soft-deletes something. */
export type DeletionCommand = Extract<
  Command,
  { readonly type: 'deleteVersion' | 'deleteMatching' | 'deleteCollection' | 'deleteRun' | 'deleteProject' }
>;

/** A version that would be deleted. */
export interface DeletedVersion extends NamedVersion {
  /** The size of its files in bytes, without references. */
  readonly sizeBytes: Bytes;
  readonly aliases: readonly Alias[];
  /** Whether it is an uncommitted upload, which cascading deletions include. */
  readonly wasUploading: boolean;
}

/** A link that would be deleted; the version is its source. */
export interface DeletedLink extends NamedVersion {
  readonly portfolioId: CollectionId;
  readonly index: number;
  /** Its name. */
  readonly link: string;
  readonly aliases: readonly Alias[];
}

/** An artifact collection that would be deleted, with its name. */
export interface DeletedCollection {
  readonly collectionId: CollectionId;
  readonly collection: string;
}

/** A run that would be deleted, with its name. */
export interface DeletedRun {
  readonly runId: RunId;
  readonly run: string;
}

/** A deletion, or one version or link of a bulk deletion, that would be refused. */
export interface RefusedDeletion {
  /** The deletion, as `deletionText` formats it. */
  readonly asked: string;
  /** The version within a bulk deletion; null if the whole deletion is refused. */
  readonly within: NamedVersion | null;
  readonly refusal: Refusal;
  /** The actions that would go through instead; none if none is known. */
  readonly advice: readonly Action[];
}

/** The results of deletions, one after the other. */
export interface Deletions {
  readonly after: Store;
  readonly refused: readonly RefusedDeletion[];
  /** Deletions that would succeed and change nothing, since their conditions match nothing. */
  readonly idle: readonly string[];
  readonly versions: readonly DeletedVersion[];
  readonly links: readonly DeletedLink[];
  readonly collections: readonly DeletedCollection[];
  readonly runs: readonly DeletedRun[];
}

/** Plays deletions in order on a copy of the store; a refusal does not stop the others. */
export function playDeletions(store: Store, commands: readonly DeletionCommand[]): Deletions {
  const refused: RefusedDeletion[] = [];
  const idle: string[] = [];
  const events: StoreEvent[] = [];
  let after = store;
  for (const command of commands) {
    const asked = deletionText(command);
    const decision = decide(command, after);
    if (!decision.ok) {
      const { refusal } = decision;
      refused.push({ asked, within: null, refusal, advice: adviceFor(command, refusal, after) });
      continue;
    }
    if (decision.events.length === 0) idle.push(asked);
    else after = evolve(after, decision.events);
    for (const event of decision.events) {
      events.push(event);
      if (event.type === 'deletionRefused') {
        const { versionId, refusal } = event;
        const name = indexedName(store, versionById(store, versionId));
        const one = { type: 'deleteVersion', target: { by: 'name', name }, deleteAliases: false } as const;
        refused.push({
          asked,
          within: namedVersion(store, versionId),
          refusal,
          advice: adviceFor(one, refusal, after),
        });
      }
    }
  }
  return {
    after,
    refused,
    idle,
    versions: events
      .filter((event) => event.type === 'versionDeleted')
      .map(({ versionId, aliases }) => {
        const { manifest, state } = versionById(store, versionId);
        return {
          ...namedVersion(store, versionId),
          sizeBytes: manifest.sizeBytes,
          aliases,
          wasUploading: state.kind === 'PENDING',
        };
      }),
    links: events
      .filter((event) => event.type === 'linkRemoved')
      .map(({ portfolioId, index, versionId, aliases }) => ({
        ...{ portfolioId, index, aliases },
        link: nameOfLink(store, { portfolioId, index }),
        ...namedVersion(store, versionId),
      })),
    collections: events
      .filter((event) => event.type === 'collectionDeleted')
      .map(({ collectionId }) => ({ collectionId, collection: nameOfCollection(store, collectionId) })),
    runs: events
      .filter((event) => event.type === 'runDeleted')
      .map(({ runId }) => ({ runId, run: shortRunName(runById(store, runId).name) })),
  };
}

/** A deletion as a person would type it: `delete animals:v0`. User-chosen names are not escaped. */
export function deletionText(command: DeletionCommand): string {
  switch (command.type) {
    case 'deleteVersion':
      return `delete ${command.target.by === 'name' ? shortVersionName(command.target.name) : command.target.versionId}`;
    case 'deleteMatching':
      return [`delete all of ${shortCollectionName(command.collection)}`, ...conditions(command.where)].join(
        ', ',
      );
    case 'deleteCollection':
      return `delete the artifact collection ${shortCollectionName(command.collection)}`;
    case 'deleteRun':
      return `delete the run ${shortRunName(command.run)}${command.artifacts ? ' with its artifacts' : ''}`;
    case 'deleteProject':
      return `delete the project ${shortProjectName(command.project)}`;
  }
}

function conditions(where: Filter): readonly string[] {
  return [
    ...(where.withoutAliases ? ['without aliases'] : []),
    ...(where.withAlias === null ? [] : [`with ${where.withAlias}`]),
    ...(where.olderThanSeconds === null ? [] : [`older than ${formatDuration(where.olderThanSeconds)}`]),
    ...(where.keepLast === null ? [] : [`keep last ${where.keepLast}`]),
  ];
}
