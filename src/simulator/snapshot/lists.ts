import type { ArtifactCollection } from '../../store/artifact-collection.ts';
import type { Version } from '../../store/version.ts';
import type { CollectionId, VersionId } from '../../values/names.ts';
import { emptySortedTable, sortedTableOf } from '../../values/sorted-table.ts';
import { UnreadableSnapshot } from './format.ts';

type Listing = Pick<ArtifactCollection, 'nextSerial' | 'listed' | 'deleted' | 'uploading'>;

/** The lists of an artifact collection without versions and links. */
export const NOTHING_LISTED: Listing = Object.freeze({
  nextSerial: 0,
  listed: emptySortedTable<number, VersionId>(),
  deleted: emptySortedTable<number, VersionId>(),
  uploading: emptySortedTable<number, VersionId>(),
});

interface Growing {
  nextSerial: number;
  readonly listed: Map<number, VersionId>;
  readonly deleted: Map<number, VersionId>;
  readonly uploading: Map<number, VersionId>;
}

/** Collects what each artifact collection lists, which a snapshot stores only with the versions and links. */
export class Lists {
  readonly #growing = new Map<CollectionId, Growing>();

  /** Adds a version. Throws `UnreadableSnapshot` if another one has its index. */
  addVersion({ id, collectionId, serial, index, state }: Version): void {
    const growing = this.#of(collectionId);
    growing.nextSerial = serial + 1;
    if (state.kind === 'PENDING') growing.uploading.set(serial, id);
    if (index === null) return;
    if (growing.listed.has(index) || growing.deleted.has(index)) {
      throw new UnreadableSnapshot('nonsense', `two versions with the index ${index}`);
    }
    (state.kind === 'COMMITTED' ? growing.listed : growing.deleted).set(index, id);
  }

  /** Adds a link to a version. Throws `UnreadableSnapshot` if another one has its index. */
  addLink(portfolioId: CollectionId, index: number, versionId: VersionId): void {
    const { listed } = this.#of(portfolioId);
    if (listed.has(index)) throw new UnreadableSnapshot('nonsense', `two links with the index ${index}`);
    listed.set(index, versionId);
  }

  /** The finished lists. */
  of(collectionId: CollectionId): Listing {
    const growing = this.#growing.get(collectionId);
    if (growing === undefined) return NOTHING_LISTED;
    const { nextSerial, listed, deleted, uploading } = growing;
    return {
      nextSerial,
      listed: sortedTableOf(listed),
      deleted: sortedTableOf(deleted),
      uploading: sortedTableOf(uploading),
    };
  }

  #of(collectionId: CollectionId): Growing {
    const known = this.#growing.get(collectionId);
    if (known !== undefined) return known;
    const growing: Growing = { nextSerial: 0, listed: new Map(), deleted: new Map(), uploading: new Map() };
    this.#growing.set(collectionId, growing);
    return growing;
  }
}
