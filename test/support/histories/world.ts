import { isKept, isStored } from '../../../src/bucket/bucket.ts';
import type { Link } from '../../../src/store/link.ts';
import { collectionById, linkById, versionById } from '../../../src/store/look-up.ts';
import { isProtectedSource } from '../../../src/store/protection.ts';
import type { Run } from '../../../src/store/run.ts';
import type { Store } from '../../../src/store/store.ts';
import { objectsOf } from '../../../src/store/stored-object.ts';
import { aliasesOf, type Version, type VersionStateName } from '../../../src/store/version.ts';
import {
  type ObjectId,
  shortCollectionName,
  shortRunName,
  type VersionId,
} from '../../../src/values/names.ts';
import type { Table } from '../../../src/values/table.ts';

/** A number that picks one of what there is: modulo how many there are. */
export type Nth = number;

/** Picks a version, and one of the names that it has. */
export interface VersionPick {
  /**
   * The COMMITTED ones; those with links, named through one; those that a protected alias holds; those that were
   * deleted; those of whose files the bucket has only copies left; every one there ever was, where there is no other.
   */
  readonly among: 'committed' | 'linked' | 'protected' | 'deleted' | 'lacking' | 'ever';
  readonly at: Nth;
  /** Its index, one of its aliases, or one of its links. */
  readonly via: Nth;
}

/** Picks a version whose content is logged again. */
export interface ContentPick {
  /**
   * Those that are soft-deleted, preferably one that garbage collection has begun with; those of whose files the bucket
   * has only copies left; any, and where there is no other.
   */
  readonly among: 'deleted' | 'lacking' | 'ever';
  readonly at: Nth;
}

/** One of what there is: modulo how many there are, so that nearly every pick finds something. */
export function pickOf<Thing>(things: readonly Thing[], at: Nth): Thing | undefined {
  return things[at % Math.max(1, things.length)];
}

/** What there is in a store, in the order of its keys, for the next steps of a history to choose from. */
export class World {
  readonly #current: { readonly store: Store };
  readonly #ids: ReadonlyMap<VersionId, string>;

  /** The world of whatever store is the current one, with the ids that steps gave to versions. */
  constructor(current: { readonly store: Store }, ids: ReadonlyMap<VersionId, string> = new Map()) {
    this.#current = current;
    this.#ids = ids;
  }

  /** The store as it is now. */
  get store(): Store {
    return this.#current.store;
  }

  /** The id that a step gave to a version. */
  idOf(versionId: VersionId): string | undefined {
    return this.#ids.get(versionId);
  }

  /** One of the artifact collections that exist. */
  collection(at: Nth): string | undefined {
    const found = pickOf(
      rowsOf(this.store.collections).filter(({ exists }) => exists),
      at,
    );
    return found && shortCollectionName(found.name);
  }

  /** One of the runs that exist. */
  run(at: Nth): Run | undefined {
    return pickOf(
      rowsOf(this.store.runs).filter(({ exists }) => exists),
      at,
    );
  }

  /** The name of one of the runs that there ever were. */
  runName(at: Nth): string | undefined {
    const run = pickOf(rowsOf(this.store.runs), at);
    return run && shortRunName(run.name);
  }

  /** One of the objects that were ever uploaded. */
  object(at: Nth): ObjectId | undefined {
    return pickOf(rowsOf(this.store.bucket.blobs), at)?.key as ObjectId | undefined;
  }

  /** One of the links. */
  link(at: Nth): string | undefined {
    const link = pickOf(rowsOf(this.store.links), at);
    return link && this.#nameOfLink(link);
  }

  /** One of the versions in a state, or of all where there is none. */
  versionIn(kind: VersionStateName, at: Nth): VersionId | undefined {
    return pickOf(firstOf(this.#inState(kind), this.#all), at)?.id;
  }

  /** The version whose content is logged again. */
  content({ among, at }: ContentPick): Version | undefined {
    const deleted = among === 'deleted' ? this.#inState('PENDING_DELETION') : [];
    const begunWith = deleted.filter((version) => !isWaiting(version));
    const lacking = among === 'lacking' ? this.#lacking() : [];
    return pickOf(firstOf(begunWith, deleted, lacking, this.#all), at);
  }

  /** A version, and a name of it. */
  version({ among, at, via }: VersionPick): { readonly version: Version; readonly name: string } | undefined {
    const link = among === 'linked' ? pickOf(rowsOf(this.store.links), at) : undefined;
    if (link !== undefined) {
      return { version: versionById(this.store, link.versionId), name: this.#nameOfLink(link) };
    }
    const version = pickOf(firstOf(this.#among(among), this.#all), at);
    const name = version && pickOf(this.#namesOf(version), via);
    return version === undefined || name === undefined ? undefined : { version, name };
  }

  get #all(): readonly Version[] {
    return rowsOf(this.store.versions);
  }

  #inState(kind: VersionStateName): readonly Version[] {
    return this.#all.filter(({ state }) => state.kind === kind);
  }

  #among(among: VersionPick['among']): readonly Version[] {
    switch (among) {
      case 'ever':
        return [];
      case 'committed':
      case 'linked':
        return this.#inState('COMMITTED');
      case 'protected': {
        const held = this.#all.filter((version) => isProtectedSource(this.store, version));
        const linked = this.#all.filter(({ links }) => links.length > 0);
        return firstOf(held, linked, this.#inState('COMMITTED'));
      }
      case 'lacking':
        return firstOf(this.#lacking(), this.#deleted());
      case 'deleted':
        return this.#deleted();
    }
  }

  #deleted(): readonly Version[] {
    const deleted = [...this.#inState('PENDING_DELETION'), ...this.#inState('DELETED')];
    return firstOf(deleted.filter(wasCommitted), deleted);
  }

  #lacking(): readonly Version[] {
    const { bucket } = this.store;
    return this.#all.filter(({ scope, manifest }) =>
      objectsOf(scope, manifest).some(([id]) => !isStored(bucket, id) && isKept(bucket, id)),
    );
  }

  // Its index first, so that a shrunk step names it so; then its aliases, then its links.
  #namesOf(version: Version): readonly string[] {
    const collection = shortCollectionName(collectionById(this.store, version.collectionId).name);
    return [
      version.index === null ? `${collection}#${version.serial}` : `${collection}:v${version.index}`,
      ...aliasesOf(version).map((alias) => `${collection}:${alias}`),
      ...version.links.map((linkId) => this.#nameOfLink(linkById(this.store, linkId))),
    ];
  }

  #nameOfLink({ portfolioId, index }: Link): string {
    return `${shortCollectionName(collectionById(this.store, portfolioId).name)}:v${index}`;
  }
}

function rowsOf<Id extends string, Row extends object>(table: Table<Id, Row>): readonly Row[] {
  return table.sortedIds((left, right) => (left < right ? -1 : 1)).flatMap((id) => table.get(id) ?? []);
}

function firstOf<Thing>(...lists: readonly (readonly Thing[])[]): readonly Thing[] {
  return lists.find((list) => list.length > 0) ?? [];
}

function isWaiting({ state }: Version): boolean {
  return state.kind === 'PENDING_DELETION' && state.stage === 'waiting';
}

function wasCommitted({ state }: Version): boolean {
  return 'committedAt' in state && state.committedAt !== null;
}
