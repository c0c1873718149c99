import type { Blob } from '../../bucket/blob.ts';
import type { Store } from '../../store/store.ts';
import { digestOfObjectId, type StoredObject } from '../../store/stored-object.ts';
import type { ObjectId, ScopeId } from '../../values/names.ts';
import { assert } from '../../values/result.ts';
import type { SortedTable } from '../../values/sorted-table.ts';
import type { Bytes } from '../../values/units.ts';
import { Numbers } from './numbers.ts';
import type { CollectionNumbers, SnapshotVersions } from './versions.ts';

/** An object with its blob in the bucket; one of the two may be missing. */
interface Known {
  readonly scope: number;
  readonly content: number;
  readonly object: StoredObject | undefined;
  readonly blob: Blob | undefined;
}

/** Writes the objects of a store with their blobs, after its versions. */
export class SnapshotObjects {
  readonly #store: Store;
  readonly #collections: CollectionNumbers;
  readonly #versions: SnapshotVersions;
  readonly #scopes = new Numbers<ScopeId>();

  constructor(store: Store, collections: CollectionNumbers, versions: SnapshotVersions) {
    this.#store = store;
    this.#collections = collections;
    this.#versions = versions;
  }

  /** The scopes of objects. */
  *scopeRows(): Generator<number | readonly [string]> {
    for (const [scope, owner] of this.#versions.scopes) {
      this.#scopes.add(scope);
      yield typeof owner === 'string' ? this.#collections.of(owner) : [owner.entity];
    }
  }

  /** Every object that the store or the bucket knows, by scope and content. */
  *rows(): Generator<unknown> {
    for (const { scope, content, object, blob } of this.#known()) yield rowOf([scope, content], object, blob);
  }

  /** The objects of a list. */
  *listed(list: SortedTable<ObjectId, true>): Generator<readonly unknown[]> {
    for (const id of list.keys()) yield this.#thing(id, null);
  }

  // Each object is looked up only once: with a million of them, look-ups dominate.
  #known(): readonly Known[] {
    const { objects, bucket } = this.#store;
    const known: Known[] = [];
    let stored = 0;
    for (const object of objects.unorderedRows()) {
      const blob = bucket.blobs.get(object.id);
      if (blob !== undefined) stored += 1;
      const [scope, content] = this.#thing(object.id, object.sizeBytes);
      known.push({ scope, content, object, blob });
    }
    if (stored < bucket.blobs.size) {
      for (const blob of bucket.blobs.unorderedRows()) {
        const id = blob.key as ObjectId;
        if (objects.has(id)) continue;
        const [scope, content] = this.#thing(id, blob.sizeBytes);
        known.push({ scope, content, object: undefined, blob });
      }
    }
    return known.sort((left, right) => left.scope - right.scope || left.content - right.content);
  }

  #thing(id: ObjectId, sizeBytes: Bytes | null): readonly [number, number] {
    const scope = id.slice(0, id.indexOf('/')) as ScopeId;
    return [this.#scopes.of(scope), this.#versions.manifests.contentOf(digestOfObjectId(id), sizeBytes)];
  }
}

function rowOf(
  thing: readonly [number, number],
  object: StoredObject | undefined,
  blob: Blob | undefined,
): unknown {
  assert(
    object === undefined || blob === undefined || object.sizeBytes === blob.sizeBytes,
    'an object has the size of its bytes in the bucket',
  );
  if (object !== undefined && blob?.current === true && blob.copies.length === 0) {
    return [...thing, object.holders, blob.since, ...(blob.versioned ? [true] : [])];
  }
  return {
    object: thing,
    holders: object?.holders ?? null,
    bucket:
      blob === undefined
        ? null
        : {
            current: blob.current,
            versioned: blob.versioned,
            since: blob.since,
            copies: blob.copies.map(({ kind, number, since, until, versioned }) => [
              kind,
              number,
              since,
              until,
              versioned,
            ]),
          },
  };
}
