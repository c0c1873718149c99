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
import type { Instant } from '../values/units.ts';

/** The kind of an artifact collection: a sequence contains versions, a portfolio contains links to versions. */
export type CollectionKind = 'sequence' | 'portfolio';

/** The target of an alias: the index of a version or link. */
export interface AliasTarget {
  readonly index: number;
}

/** What people say of an artifact collection; no rule reads it. */
export interface CollectionFacts {
  /** Null for none, which differs from an empty text. */
  readonly description: string | null;
  /** Each once, in the order in which they were given. */
  readonly tags: readonly string[];
}

/** A named series of versions, or of links to versions, all of one artifact type. */
export interface ArtifactCollection {
  readonly id: CollectionId;
  readonly name: CollectionName;
  readonly kind: CollectionKind;
  readonly artifactType: string;
  /** When it was created, or created again after its deletion (DEL-16). */
  readonly createdAt: Instant;
  /** Its description and tags; null if it has neither. */
  readonly facts: CollectionFacts | null;
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

/** The artifact collections, and what their names say of their ids. */
export interface NamedCollections {
  readonly collections: Table<CollectionId, ArtifactCollection>;
  /**
   * The artifact collection that took a name last, by the key of the name, unless the key is its id. It may have another
   * name since.
   */
  readonly names: SortedTable<CollectionId, CollectionId>;
}

/** The key of a name. It is the id of the first artifact collection that was created with the name. */
export function collectionIdOf(name: CollectionName): CollectionId {
  return keyOfName(fullCollectionName(name)) as CollectionId;
}

/** The artifact collection that has this name now, deleted or not; undefined if none has. */
export function collectionNamed(
  { collections, names }: NamedCollections,
  name: CollectionName,
): ArtifactCollection | undefined {
  const key = collectionIdOf(name);
  const found = collections.get(names.get(key) ?? key);
  return found !== undefined && isSameName(found.name, name) ? found : undefined;
}

function isSameName(left: CollectionName, right: CollectionName): boolean {
  return (
    left.collection === right.collection && left.project === right.project && left.entity === right.entity
  );
}

/** The id of an artifact collection that is created with a name. Others may have been created with it, and renamed. */
export function newCollectionId({ collections }: NamedCollections, name: CollectionName): CollectionId {
  const key = collectionIdOf(name);
  if (!collections.has(key)) return key;
  const idOf = (number: number) => keyOfName(`${fullCollectionName(name)}#${number}`) as CollectionId;
  return idOf(firstFree((number) => collections.has(idOf(number))));
}

/** A name for a deleted artifact collection whose name another one takes (COL-1): `animals~1`, which nobody can choose. */
export function retiredName({ names }: NamedCollections, name: CollectionName): CollectionName {
  const nameOf = (number: number) => ({ ...name, collection: `${name.collection}~${number}` });
  return nameOf(firstFree((number) => names.has(collectionIdOf(nameOf(number)))));
}

/** The names after an artifact collection took one. */
export function withName(
  names: NamedCollections['names'],
  name: CollectionName,
  id: CollectionId,
): NamedCollections['names'] {
  const key = collectionIdOf(name);
  return key === id ? names.remove(key) : names.insert(key, id);
}

// Numbers are given from 1 on and never again, so a search by halves finds the first that is free.
function firstFree(isTaken: (number: number) => boolean): number {
  let free = 1;
  while (isTaken(free)) free *= 2;
  let taken = Math.floor(free / 2);
  while (free - taken > 1) {
    const middle = Math.floor((taken + free) / 2);
    if (isTaken(middle)) taken = middle;
    else free = middle;
  }
  return free;
}

/** A description and tags, each once, as an artifact collection has them; null for neither. */
export function collectionFacts(description: string | null, tags: readonly string[]): CollectionFacts | null {
  return description === null && tags.length === 0 ? null : { description, tags: [...new Set(tags)] };
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
    createdAt: collection.createdAt,
    facts: collection.facts,
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
