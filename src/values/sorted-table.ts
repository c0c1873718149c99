import type sorted from 'sorted-btree';
import { EmptyBTree } from 'sorted-btree';

type Tree<Key, Value> = sorted.default<Key, Value>;

/**
 * A persistent table that keeps its keys in order: the queues of what waits for expiry and for garbage
 * collection, and the indexes that an artifact collection lists. Finding the first or last key, adding and
 * removing cost the logarithm of its size; the old table stays as it was. No value is undefined.
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
  /** A table in which all these keys have these values, for less than one after the other. */
  insertAll(entries: Iterable<readonly [Key, Value]>): SortedTable<Key, Value>;
  /** A table without `key`; the same one where there was none. */
  remove(key: Key): SortedTable<Key, Value>;
  /** A table without any of these keys, for less than one after the other; the same one where there was none. */
  removeAll(keys: Iterable<Key>): SortedTable<Key, Value>;
  /** Every key in ascending order, lazily, so that who stops early pays for no more than was read. */
  keys(): Iterable<Key>;
  /** Every key and value in ascending order, lazily. */
  entries(): Iterable<readonly [Key, Value]>;
}

/** A sorted table without keys; numbers come in numerical order, texts in the order of their UTF-16 units. */
export function emptySortedTable<Key extends string | number, Value>(): SortedTable<Key, Value> {
  return new PersistentSortedTable<Key, Value>(EmptyBTree);
}

/** A sorted table of these entries; of two of one key the later one counts. */
export function sortedTableOf<Key extends string | number, Value>(
  entries: Iterable<readonly [Key, Value]>,
): SortedTable<Key, Value> {
  return emptySortedTable<Key, Value>().insertAll(entries);
}

/** A sorted table that says of each of these keys no more than that it is there. */
export function sortedKeysOf<Key extends string | number>(keys: Iterable<Key>): SortedTable<Key, true> {
  return sortedTableOf(Array.from(keys, (key) => [key, true] as const));
}

// A class of its own, so that Immer takes it for a value, as it does a table.
class PersistentSortedTable<Key extends string | number, Value> implements SortedTable<Key, Value> {
  readonly #tree: Tree<Key, Value>;

  constructor(tree: Tree<Key, Value>) {
    this.#tree = tree;
    Object.freeze(this);
  }

  get size(): number {
    return this.#tree.size;
  }

  get(key: Key): Value | undefined {
    return this.#tree.get(key);
  }

  has(key: Key): boolean {
    return this.#tree.get(key) !== undefined;
  }

  firstKey(): Key | undefined {
    return this.#tree.minKey();
  }

  lastKey(): Key | undefined {
    return this.#tree.maxKey();
  }

  insert(key: Key, value: Value): SortedTable<Key, Value> {
    const tree = this.#tree.clone();
    tree.set(key, value, true);
    return new PersistentSortedTable(tree);
  }

  insertAll(entries: Iterable<readonly [Key, Value]>): SortedTable<Key, Value> {
    const tree = this.#tree.clone();
    let inserted = false;
    for (const [key, value] of entries) {
      tree.set(key, value, true);
      inserted = true;
    }
    return inserted ? new PersistentSortedTable(tree) : this;
  }

  remove(key: Key): SortedTable<Key, Value> {
    if (!this.has(key)) return this;
    const tree = this.#tree.clone();
    tree.delete(key);
    return new PersistentSortedTable(tree);
  }

  removeAll(keys: Iterable<Key>): SortedTable<Key, Value> {
    // A clone shares every node with its origin, and copies those alone that a change touches.
    const tree = this.#tree.clone();
    let removed = false;
    for (const key of keys) removed = tree.delete(key) || removed;
    return removed ? new PersistentSortedTable(tree) : this;
  }

  keys(): Iterable<Key> {
    return this.#tree.keys();
  }

  entries(): Iterable<readonly [Key, Value]> {
    return this.#tree.entries();
  }
}
