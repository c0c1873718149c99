import { keyOfName } from '../values/digest.ts';
import { type Alias, type CollectionId, type CollectionName, fullCollectionName } from '../values/names.ts';
import type { SortedTable } from '../values/sorted-table.ts';
import type { Table } from '../values/table.ts';

/** What an artifact collection holds: versions born in it, or links to versions born elsewhere. */
export type CollectionKind = 'sequence' | 'portfolio';

/** Where an alias points: the index of a version or of a link. */
export interface AliasTarget {
  readonly index: number;
}

/** A named series of versions, or of links to versions, of one type. */
export interface ArtifactCollection {
  readonly id: CollectionId;
  readonly name: CollectionName;
  readonly kind: CollectionKind;
  readonly artifactType: string;
  /** False after it was deleted: the record stays, so that its indexes go on (DEL-16; basis: chosen). */
  readonly exists: boolean;
  /** The index that the next version or link gets; it only grows (LOG-2; basis: said). */
  readonly nextIndex: number;
  /** The indexes that are listed: of COMMITTED versions in a sequence, of links in a portfolio. */
  readonly listed: SortedTable<number, true>;
  /** The indexes of versions under upload. */
  readonly uploading: SortedTable<number, true>;
  /** Each alias names exactly one index (ALI-2; basis: doc). */
  readonly aliases: Table<Alias, AliasTarget>;
  /** The aliases that are protected here, whether or not one names anything now (ALI-7; basis: doc). */
  readonly protectedAliases: SortedTable<Alias, true>;
}

/** The key of the artifact collection of this name, whether or not there is one. */
export function collectionIdOf(name: CollectionName): CollectionId {
  return keyOfName(fullCollectionName(name)) as CollectionId;
}

/** What changes of an artifact collection whenever something is done to one of its versions. */
export type ListChanges = Partial<Pick<ArtifactCollection, 'nextIndex' | 'listed' | 'uploading' | 'aliases'>>;

/** An artifact collection with other lists, and the same otherwise. */
export function withLists(collection: ArtifactCollection, changes: ListChanges): ArtifactCollection {
  return {
    id: collection.id,
    name: collection.name,
    kind: collection.kind,
    artifactType: collection.artifactType,
    exists: collection.exists,
    nextIndex: changes.nextIndex ?? collection.nextIndex,
    listed: changes.listed ?? collection.listed,
    uploading: changes.uploading ?? collection.uploading,
    aliases: changes.aliases ?? collection.aliases,
    protectedAliases: collection.protectedAliases,
  };
}

/** What an artifact collection's aliases are without some of them. */
export function withoutAliases(
  all: ArtifactCollection['aliases'],
  removed: readonly Alias[],
): ArtifactCollection['aliases'] {
  return removed.reduce((left, alias) => left.remove(alias), all);
}
