import { linkIdOf } from '../../store/link.ts';
import { collectionById, linkById, nameOfVersion, versionById } from '../../store/look-up.ts';
import type { Who } from '../../store/people.ts';
import { isManagedVersion, protectionOf } from '../../store/protection.ts';
import type { Evolvers, Store } from '../../store/store.ts';
import type { Version } from '../../store/version.ts';
import type { Alias, CollectionName, VersionId } from '../../values/names.ts';
import { accepted, type Decision, type Refusal, refused } from '../decision.ts';
import { decideRemoval, type LinkRemoved, linksRemoved, protectedRefusal } from '../linking.ts';
import { lookUp, lookUpCollection, type VersionTarget } from '../targeting.ts';
import { type Filter, matching } from './filter.ts';
import { refusedByReference } from './held-reference.ts';
import { softDelete } from './soft-deletion.ts';

/** Soft-deletes a version; on a link, removes only the link. */
export interface DeleteVersion {
  readonly type: 'deleteVersion';
  readonly target: VersionTarget;
  readonly deleteAliases: boolean;
  readonly by?: Who;
}

/** Deletes every version, or link, of an artifact collection that a filter selects. */
export interface DeleteMatching {
  readonly type: 'deleteMatching';
  readonly collection: CollectionName;
  readonly where: Filter;
  readonly deleteAliases: boolean;
  readonly by?: Who;
}

/** The commands of this chapter. */
export type DeletingCommand = DeleteVersion | DeleteMatching;

/** A version became PENDING_DELETION and lost its aliases; its files stay untouched (DEL-1). */
export interface VersionDeleted {
  readonly type: 'versionDeleted';
  readonly versionId: VersionId;
  readonly aliases: readonly Alias[];
}

/** A version or link of a bulk deletion was refused; the others were not affected (DEL-14). */
export interface DeletionRefused {
  readonly type: 'deletionRefused';
  readonly versionId: VersionId;
  readonly refusal: Refusal;
}

/** The events of this chapter, apart from removed links. */
export type DeletingEvent = VersionDeleted | DeletionRefused;

type DeletingDecision = Decision<DeletingEvent | LinkRemoved>;

/**
 * Decides the deletion of versions. Refuses with `not-found`; `has-aliases`, naming them (DEL-2); `not-committed` by id,
 * with its state (DEL-4); `system-managed`
 * (DEL-17); `protected-alias` for everybody; `referred-to` if references hold it (DEL-18); `forbidden` for a link with a
 * protected alias, except for a registry admin (ALI-7).
 */
export function decideDeleting(command: DeletingCommand, store: Store): DeletingDecision {
  return command.type === 'deleteVersion'
    ? decideDelete(command, store)
    : decideDeleteMatching(command, store);
}

function decideDelete(command: DeleteVersion, store: Store): DeletingDecision {
  if (command.target.by === 'id') {
    return deletion(store, versionById(store, command.target.versionId), command.deleteAliases);
  }
  const found = lookUp(store, command.target.name);
  if (!found.ok) return found;
  // DEL-5: only the link is removed, and the alias flag is ignored.
  if (found.value.kind === 'link') return decideRemoval(store, found.value.link, command.by);
  return deletion(store, found.value.version, command.deleteAliases);
}

function deletion(
  store: Store,
  version: Version,
  deleteAliases: boolean,
  before?: ReadonlySet<VersionId>,
): DeletingDecision {
  const { state } = version;
  if (state.kind !== 'COMMITTED') {
    return refused('notCommitted', { version: nameOfVersion(store, version.id), state: state.kind });
  }
  if (isManagedVersion(store, version)) {
    const { artifactType: type } = collectionById(store, version.collectionId);
    return refused('systemManaged', { deleted: nameOfVersion(store, version.id), type });
  }
  const protection = protectionOf(store, version);
  const { aliases } = state;
  if (protection !== undefined) {
    return protectedRefusal(store, protection, nameOfVersion(store, version.id));
  }
  const deleted: VersionDeleted = { type: 'versionDeleted', versionId: version.id, aliases };
  const held = refusedByReference(store, [deleted], nameOfVersion(store, version.id), before);
  if (held !== undefined) return held;
  if (aliases.length > 0 && !deleteAliases) {
    const named = `the ${aliases.length === 1 ? 'alias' : 'aliases'} ${aliases.join(', ')}`;
    return refused('hasAliases', { version: nameOfVersion(store, version.id), aliases: named }, aliases);
  }
  return accepted<DeletingEvent | LinkRemoved>([...linksRemoved(store, version.links), deleted]);
}

function decideDeleteMatching(command: DeleteMatching, store: Store): DeletingDecision {
  const found = lookUpCollection(store, command.collection);
  if (!found.ok) return found;
  const { id, kind } = found.value;
  const deleted = new Set<VersionId>();
  // DEL-18: a version refers only to older ones. So the newest comes first, and does not hold what is deleted with it.
  const outcomes = matching(store, found.value, command.where)
    .toReversed()
    .map(([index, versionId]) => {
      if (kind === 'portfolio') {
        const link = linkById(store, linkIdOf(id, index));
        return outcome(versionId, decideRemoval(store, link, command.by));
      }
      const decision = deletion(store, versionById(store, versionId), command.deleteAliases, deleted);
      if (decision.ok) deleted.add(versionId);
      return outcome(versionId, decision);
    });
  return accepted(outcomes.reverse().flat());
}

function outcome(versionId: VersionId, decision: DeletingDecision): readonly (DeletingEvent | LinkRemoved)[] {
  return decision.ok ? decision.events : [{ type: 'deletionRefused', versionId, refusal: decision.refusal }];
}

/** The evolvers of this chapter. */
export const EVOLVE_DELETING: Evolvers<DeletingEvent> = {
  versionDeleted: (store, event) => softDelete(store, event.versionId, event.aliases),
  deletionRefused: () => {},
};
