import { EmptyBTree, type ISortedMapF } from 'sorted-btree';

/**
 * A persistent table that keeps its keys in order: the queues of what waits for expiry and for garbage
 * collection, and the indexes that an artifact collection lists. Finding the first or last key, adding and
 * removing cost the logarithm of its size; the old table stays as it was.
 */
export interface SortedTable<Key extends string | number, Value> {
  /** How many keys there are. */
  readonly size: number;
  /** The value of `key`, or undefined. */
  get(key: Key): Value | undefined;
  /** Whether there is a value of `key`. */
  has(key: Key): boolean;
  /** The least key, or undefined in an empty table. */
  firstKey(): Key | undefined;
  /** The greatest key, or undefined in an empty table. */
  lastKey(): Key | undefined;
  /** A table in which `key` has this value. */
  insert(key: Key, value: Value): SortedTable<Key, Value>;
  /** A table without `key`; the same one where there was none. */
  remove(key: Key): SortedTable<Key, Value>;
  /** Every key in ascending order, lazily, so that who stops early pays for no more than was read. */
  keys(): Iterable<Key>;
  /** Every key and value in ascending order, lazily. */
  entries(): Iterable<readonly [Key, Value]>;
}

/** A sorted table without keys; numbers come in numerical order, texts in the order of their UTF-16 units. */
export function emptySortedTable<Key extends string | number, Value>(): SortedTable<Key, Value> {
  return new PersistentSortedTable<Key, Value>(EmptyBTree);
}

class PersistentSortedTable<Key extends string | number, Value> implements SortedTable<Key, Value> {
  readonly #tree: ISortedMapF<Key, Value>;

  constructor(tree: ISortedMapF<Key, Value>) {
    this.#tree = tree;
  }

  get size(): number {
    return this.#tree.size;
  }

  get(key: Key): Value | undefined {
    return this.#tree.get(key);
  }

  has(key: Key): boolean {
    return this.#tree.has(key);
  }

  firstKey(): Key | undefined {
    return this.#tree.minKey();
  }

  lastKey(): Key | undefined {
    return this.#tree.maxKey();
  }

  insert(key: Key, value: Value): SortedTable<Key, Value> {
    return new PersistentSortedTable<Key, Value>(this.#tree.with(key, value, true));
  }

  remove(key: Key): SortedTable<Key, Value> {
    return this.#tree.has(key) ? new PersistentSortedTable(this.#tree.without(key)) : this;
  }

  keys(): Iterable<Key> {
    return this.#tree.keys();
  }

  entries(): Iterable<readonly [Key, Value]> {
    return this.#tree.entries();
  }
}
