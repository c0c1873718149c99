import type { Command } from '../../decider/command.ts';
import { decide } from '../../decider/decide.ts';
import type { StoreEvent } from '../../decider/event.ts';
import { evolve } from '../../decider/evolve.ts';
import type { Refusal } from '../../lifecycle/decision.ts';
import type { Action } from '../../simulator/action.ts';
import { adviceFor } from '../../simulator/advice/advice.ts';
import { indexedName, nameOfCollection, nameOfLink, runById, versionById } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import { type Alias, type CollectionId, type RunId, shortRunName } from '../../values/names.ts';
import type { Bytes } from '../../values/units.ts';
import { type NamedVersion, namedVersion } from '../named-version.ts';

/** A command that soft-deletes something. */
export type DeletionCommand = Extract<
  Command,
  { readonly type: 'deleteVersion' | 'deleteMatching' | 'deleteCollection' | 'deleteRun' | 'deleteProject' }
>;

/** Whether an action is a command that soft-deletes something. */
export function isDeletion(action: Action): action is DeletionCommand {
  return /^delete(Version|Matching|Collection|Run|Project)$/.test(action.type);
}

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
  readonly asked: DeletionCommand;
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
  readonly idle: readonly DeletionCommand[];
  readonly versions: readonly DeletedVersion[];
  readonly links: readonly DeletedLink[];
  readonly collections: readonly DeletedCollection[];
  readonly runs: readonly DeletedRun[];
}

/** Plays deletions in order on a copy of the store; a refusal does not stop the others. */
export function playDeletions(store: Store, commands: readonly DeletionCommand[]): Deletions {
  const refused: RefusedDeletion[] = [];
  const idle: DeletionCommand[] = [];
  const events: StoreEvent[] = [];
  let after = store;
  for (const asked of commands) {
    const decision = decide(asked, after);
    if (!decision.ok) {
      const { refusal } = decision;
      refused.push({ asked, within: null, refusal, advice: adviceFor(asked, refusal, after) });
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
  return { after, refused, idle, ...deletedIn(events, store, after) };
}

/** What events deleted, with the names after them. */
export function deletedIn(
  events: readonly StoreEvent[],
  before: Store,
  after: Store,
): Pick<Deletions, 'versions' | 'links' | 'collections' | 'runs'> {
  return {
    versions: events
      .filter((event) => event.type === 'versionDeleted')
      .map(({ versionId, aliases }) => ({
        ...namedVersion(after, versionId),
        sizeBytes: versionById(after, versionId).manifest.sizeBytes,
        aliases,
        wasUploading: before.versions.get(versionId)?.state.kind === 'PENDING',
      })),
    links: events
      .filter((event) => event.type === 'linkRemoved')
      .map(({ portfolioId, index, versionId, aliases }) => ({
        ...{ portfolioId, index, aliases },
        link: nameOfLink(after, { portfolioId, index }),
        ...namedVersion(after, versionId),
      })),
    collections: events
      .filter((event) => event.type === 'collectionDeleted')
      .map(({ collectionId }) => ({ collectionId, collection: nameOfCollection(after, collectionId) })),
    runs: events
      .filter((event) => event.type === 'runDeleted')
      .map(({ runId }) => ({ runId, run: shortRunName(runById(after, runId).name) })),
  };
}
