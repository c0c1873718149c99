import {
  type CollectionFacts,
  collectionFacts,
  collectionNamed,
  retiredName,
  withName,
} from '../store/artifact-collection.ts';
import type { Who } from '../store/people.ts';
import type { Evolvers, Store } from '../store/store.ts';
import { isGenerated } from '../store/time-to-live.ts';
import {
  type CollectionId,
  type CollectionName,
  isCollectionName,
  shortCollectionName,
} from '../values/names.ts';
import { accepted, type Decision, refused } from './decision.ts';
import { lookUpCollection } from './targeting.ts';

/** Sets the description or tags of an artifact collection; what is not given stays (COL-3). */
export interface DescribeCollection {
  readonly type: 'describeCollection';
  readonly collection: CollectionName;
  readonly facts: Partial<CollectionFacts>;
  readonly by?: Who;
}

/** Gives an artifact collection another name in its project (COL-1). */
export interface RenameCollection {
  readonly type: 'renameCollection';
  readonly collection: CollectionName;
  /** The new name, without entity and project. */
  readonly to: string;
  readonly by?: Who;
}

/** Changes the type of a sequence with all its versions (COL-2). */
export interface ChangeCollectionType {
  readonly type: 'changeCollectionType';
  readonly collection: CollectionName;
  readonly artifactType: string;
  readonly by?: Who;
}

/** The commands of this chapter. */
export type CollectionCommand = DescribeCollection | RenameCollection | ChangeCollectionType;

/** The description or tags of an artifact collection changed; these are the new ones, null if there are none. */
export interface CollectionDescribed {
  readonly type: 'collectionDescribed';
  readonly collectionId: CollectionId;
  readonly facts: CollectionFacts | null;
}

/** An artifact collection has another name: it was renamed, or it is deleted and another one took its name. */
export interface CollectionRenamed {
  readonly type: 'collectionRenamed';
  readonly collectionId: CollectionId;
  readonly from: CollectionName;
  readonly to: CollectionName;
}

/** The type of a sequence changed. */
export interface CollectionTypeChanged {
  readonly type: 'collectionTypeChanged';
  readonly collectionId: CollectionId;
  readonly from: string;
  readonly to: string;
}

/** The events of this chapter. */
export type CollectionEvent = CollectionDescribed | CollectionRenamed | CollectionTypeChanged;

/**
 * Decides a change of an artifact collection. Refuses with `not-found`; a new name with `bad-name` or `name-taken`; a new
 * type with `not-a-sequence`, or with `reserved-type` if the service generates artifacts of that type, or of the present
 * one (DEL-17).
 */
export function decideCollectionChange(command: CollectionCommand, store: Store): Decision<CollectionEvent> {
  switch (command.type) {
    case 'describeCollection':
      return decideDescription(command, store);
    case 'renameCollection':
      return decideRenaming(command, store);
    case 'changeCollectionType':
      return decideTypeChange(command, store);
  }
}

function decideDescription(
  { collection, facts }: DescribeCollection,
  store: Store,
): Decision<CollectionDescribed> {
  const found = lookUpCollection(store, collection);
  if (!found.ok) return found;
  const { id: collectionId, facts: before } = found.value;
  const { description = before?.description ?? null, tags = before?.tags ?? [] } = facts;
  const after = collectionFacts(description, tags);
  const same = JSON.stringify(after) === JSON.stringify(before);
  return accepted(same ? [] : [{ type: 'collectionDescribed', collectionId, facts: after }]);
}

// COL-1: a deleted artifact collection loses its name to one that exists.
function decideRenaming({ collection, to }: RenameCollection, store: Store): Decision<CollectionRenamed> {
  const found = lookUpCollection(store, collection);
  if (!found.ok) return found;
  const { id: collectionId, name: from } = found.value;
  if (to === from.collection) return accepted([]);
  if (!isCollectionName(to)) return refused('badCollectionName', { name: to });
  const name = { ...from, collection: to };
  const other = collectionNamed(store, name);
  if (other?.exists === true) {
    return refused('collectionNameTaken', { from: shortCollectionName(from), to: shortCollectionName(name) });
  }
  const renamed: CollectionRenamed = { type: 'collectionRenamed', collectionId, from, to: name };
  if (other === undefined) return accepted([renamed]);
  const retired = { collectionId: other.id, from: other.name, to: retiredName(store, other.name) };
  return accepted([{ type: 'collectionRenamed', ...retired }, renamed]);
}

function decideTypeChange(
  { collection, artifactType: to }: ChangeCollectionType,
  store: Store,
): Decision<CollectionTypeChanged> {
  const found = lookUpCollection(store, collection);
  if (!found.ok) return found;
  const { id: collectionId, artifactType: from, kind } = found.value;
  const name = shortCollectionName(collection);
  if (kind === 'portfolio') return refused('notASequence', { collection: name });
  if (to === from) return accepted([]);
  const reserved = [from, to].find(isGenerated);
  if (reserved !== undefined) return refused('reservedType', { collection: name, from, to, reserved });
  return accepted([{ type: 'collectionTypeChanged', collectionId, from, to }]);
}

/** The evolvers of this chapter. */
export const EVOLVE_COLLECTION_CHANGES: Evolvers<CollectionEvent> = {
  collectionDescribed: (store, { collectionId, facts }) => {
    store.collections = store.collections.amend(collectionId, (collection) => ({ ...collection, facts }));
  },
  collectionRenamed: (store, { collectionId, to: name }) => {
    store.collections = store.collections.amend(collectionId, (collection) => ({ ...collection, name }));
    store.names = withName(store.names, name, collectionId);
  },
  collectionTypeChanged: (store, { collectionId, to: artifactType }) => {
    store.collections = store.collections.amend(collectionId, (collection) => ({
      ...collection,
      artifactType,
    }));
  },
};
