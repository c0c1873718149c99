import {
  type ArtifactCollection,
  type CollectionKind,
  collectionNamed,
  newCollectionId,
  withName,
} from '../../store/artifact-collection.ts';
import { projectOf } from '../../store/look-up.ts';
import { isInRegistry } from '../../store/project.ts';
import type { Evolvers, Store } from '../../store/store.ts';
import {
  type Alias,
  type CollectionId,
  type CollectionName,
  isCollectionName,
  isOwnerName,
  shortCollectionName,
  shortProjectName,
} from '../../values/names.ts';
import { emptySortedTable } from '../../values/sorted-table.ts';
import { emptyTable } from '../../values/table.ts';
import { type Refusal, refused } from '../decision.ts';

/** An artifact collection was created, for the first time or again after its deletion (LOG-1, DEL-16). */
export interface CollectionCreated {
  readonly type: 'collectionCreated';
  readonly collectionId: CollectionId;
  readonly name: CollectionName;
  readonly kind: CollectionKind;
  readonly artifactType: string;
  /** Whether one of this name was deleted before, so that its indexes continue. */
  readonly again: boolean;
}

/** The artifact collection for a new version or link, with its next index and the event that creates it if needed. */
export interface Place {
  readonly collection: Pick<
    ArtifactCollection,
    'id' | 'name' | 'aliases' | 'protectedAliases' | 'nextIndex' | 'nextSerial'
  >;
  /** The artifact collection, or null if it does not exist yet. */
  readonly existing: ArtifactCollection | null;
  readonly created: readonly CollectionCreated[];
}

/** The artifact type of a new artifact collection if none is given. */
export const DEFAULT_TYPE = 'dataset';

/**
 * Finds the artifact collection for a new version or link, or creates it (LOG-1). The name of a deleted one can be used
 * again, under any type, and its indexes continue (DEL-16).
 *
 * Refuses with `bad-name`; `not-a-sequence` or `not-a-portfolio` if the name has the other kind, or in a registry, which
 * contains only portfolios (ACL-4); `type-mismatch` (LOG-4).
 */
export function placeFor(
  store: Store,
  name: CollectionName,
  kind: CollectionKind,
  artifactType: string | null,
): { readonly ok: true; readonly place: Place } | { readonly ok: false; readonly refusal: Refusal } {
  const known = collectionNamed(store, name);
  const badOwner = [name.entity, name.project].find((owner) => !isOwnerName(owner));
  if (badOwner !== undefined) return refused('badOwnerName', { name: badOwner });
  // One that lost its name has one that nobody can choose (COL-1).
  if (known === undefined && !isCollectionName(name.collection)) {
    return refused('badCollectionName', { name: name.collection });
  }
  if (kind === 'sequence' && isInRegistry(store, name)) {
    return refused('registryTakesLinks', {
      registry: shortProjectName(name),
      name: shortCollectionName(name),
    });
  }
  if (known?.exists === true) {
    const collection = shortCollectionName(name);
    if (known.kind !== kind) {
      return refused(kind === 'sequence' ? 'notASequence' : 'notAPortfolio', { collection });
    }
    if (artifactType !== null && artifactType !== known.artifactType) {
      return refused('typeMismatch', { collection, current: known.artifactType, given: artifactType });
    }
    return { ok: true, place: { collection: known, existing: known, created: [] } };
  }
  const id = known?.id ?? newCollectionId(store, name);
  const created: CollectionCreated = {
    type: 'collectionCreated',
    collectionId: id,
    name,
    kind,
    artifactType: artifactType ?? DEFAULT_TYPE,
    again: known !== undefined,
  };
  const collection = {
    id,
    name,
    aliases: emptyTable<Alias, { index: number }>(),
    protectedAliases: emptySortedTable<Alias, true>(),
    nextIndex: known?.nextIndex ?? 0,
    nextSerial: known?.nextSerial ?? 0,
  };
  return { ok: true, place: { collection, existing: null, created: [created] } };
}

/** The evolver of this chapter. */
export const EVOLVE_COLLECTION_CREATION: Evolvers<CollectionCreated> = {
  collectionCreated: (store, event) => {
    const { collections, now } = store;
    const known = collections.get(event.collectionId);
    store.collections = collections.insert(event.collectionId, {
      id: event.collectionId,
      name: event.name,
      kind: event.kind,
      artifactType: event.artifactType,
      createdAt: now,
      facts: null,
      exists: true,
      nextIndex: known?.nextIndex ?? 0,
      nextSerial: known?.nextSerial ?? 0,
      listed: emptySortedTable(),
      deleted: known?.deleted ?? emptySortedTable(),
      uploading: emptySortedTable(),
      aliases: emptyTable(),
      protectedAliases: emptySortedTable(),
    });
    store.names = withName(store.names, event.name, event.collectionId);
    const { entity, project: name } = event.name;
    const project = projectOf(store, { entity, project: name });
    store.projects = store.projects.insert(project.id, {
      ...project,
      collections: project.collections.insert(event.collectionId, true),
    });
  },
};
