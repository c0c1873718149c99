import { keyOfName } from '../values/digest.ts';
import {
  type Alias,
  type CollectionId,
  type CollectionName,
  fullCollectionName,
  type VersionId,
} from '../values/names.ts';
import type { SortedTable } from '../values/sorted-table.ts';
import type { Table } from '../values/table.ts';

/** The kind of an artifact collection: a sequence contains versions, a portfolio contains links to versions. */
export type CollectionKind = 'sequence' | 'portfolio';

/** The target of an alias: the index of a version or link. */
export interface AliasTarget {
  readonly index: number;
}

/** A named series of versions, or of links to versions, all of one artifact type. */
export interface ArtifactCollection {
  readonly id: CollectionId;
  readonly name: CollectionName;
  readonly kind: CollectionKind;
  readonly artifactType: string;
  /** False after its deletion. The record stays, so that its indexes continue (DEL-16). */
  readonly exists: boolean;
  /** The index of the next version or link; it only grows (LOG-2). */
  readonly nextIndex: number;
  /** The serial of the next upload; it only grows. */
  readonly nextSerial: number;
  /** What is listed, by index: COMMITTED versions of a sequence, the sources of the links of a portfolio. */
  readonly listed: SortedTable<number, VersionId>;
  /** The versions that were committed and are deleted, by index. */
  readonly deleted: SortedTable<number, VersionId>;
  /** The PENDING versions, by serial. */
  readonly uploading: SortedTable<number, VersionId>;
  /** Each alias names exactly one index (ALI-2). */
  readonly aliases: Table<Alias, AliasTarget>;
  /** The aliases that are protected here, whether or not they name anything now (ALI-7). */
  readonly protectedAliases: SortedTable<Alias, true>;
}

/** The key of an artifact collection by its name, whether or not it exists. */
export function collectionIdOf(name: CollectionName): CollectionId {
  return keyOfName(fullCollectionName(name)) as CollectionId;
}

/** The fields of an artifact collection that change with its versions. */
export type ListChanges = Partial<
  Pick<ArtifactCollection, 'nextIndex' | 'nextSerial' | 'listed' | 'deleted' | 'uploading' | 'aliases'>
>;

/** An artifact collection with changed lists. */
export function withLists(collection: ArtifactCollection, changes: ListChanges): ArtifactCollection {
  return {
    id: collection.id,
    name: collection.name,
    kind: collection.kind,
    artifactType: collection.artifactType,
    exists: collection.exists,
    nextIndex: changes.nextIndex ?? collection.nextIndex,
    nextSerial: changes.nextSerial ?? collection.nextSerial,
    listed: changes.listed ?? collection.listed,
    deleted: changes.deleted ?? collection.deleted,
    uploading: changes.uploading ?? collection.uploading,
    aliases: changes.aliases ?? collection.aliases,
    protectedAliases: collection.protectedAliases,
  };
}

/** The aliases of an artifact collection without some of them. */
export function withoutAliases(
  all: ArtifactCollection['aliases'],
  removed: readonly Alias[],
): ArtifactCollection['aliases'] {
  return removed.reduce((left, alias) => left.remove(alias), all);
}
