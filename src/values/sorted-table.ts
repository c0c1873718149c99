import type sorted from 'sorted-btree';
import { EmptyBTree } from 'sorted-btree';

type Tree<Key, Value> = sorted.default<Key, Value>;

/**
 * A persistent table in key order, for queues and listed indexes. Finding the first or last key, adding, and removing
 * take logarithmic time; the old table stays unchanged. Values are never undefined.
 */
export interface SortedTable<Key extends string | number, Value> {
  /** The number of keys. */
  readonly size: number;
  /** The value of `key`, or undefined. */
  get(key: Key): Value | undefined;
  /** Whether there is a value of `key`. */
  has(key: Key): boolean;
  /** The lowest key, or undefined in an empty table. */
  firstKey(): Key | undefined;
  /** The highest key, or undefined in an empty table. */
  lastKey(): Key | undefined;
  /** The table with this value for `key`. */
  insert(key: Key, value: Value): SortedTable<Key, Value>;
  /** The table with these values, cheaper than one by one. */
  insertAll(entries: Iterable<readonly [Key, Value]>): SortedTable<Key, Value>;
  /** The table without `key`; the same table if it has none. */
  remove(key: Key): SortedTable<Key, Value>;
  /** The table without these keys, cheaper than one by one; the same table if it has none of them. */
  removeAll(keys: Iterable<Key>): SortedTable<Key, Value>;
  /** The keys in ascending order, lazily. */
  keys(): Iterable<Key>;
  /** The entries in ascending order of their keys, lazily. */
  entries(): Iterable<readonly [Key, Value]>;
  /**
   * The entries after a key in an order, lazily; all of them without one. The key need not be there. Finding the first takes
   * logarithmic time, wherever it is.
   */
  entriesAfter(key: Key | undefined, order: 'ascending' | 'descending'): Iterable<readonly [Key, Value]>;
}

/** An empty sorted table. Numbers are ordered numerically, texts by their UTF-16 units. */
export function emptySortedTable<Key extends string | number, Value>(): SortedTable<Key, Value> {
  return new PersistentSortedTable<Key, Value>(EmptyBTree);
}

/** A sorted table of these entries; a later one replaces an earlier one with the same key. */
export function sortedTableOf<Key extends string | number, Value>(
  entries: Iterable<readonly [Key, Value]>,
): SortedTable<Key, Value> {
  return emptySortedTable<Key, Value>().insertAll(entries);
}

/** A sorted set of keys. */
export function sortedKeysOf<Key extends string | number>(keys: Iterable<Key>): SortedTable<Key, true> {
  return sortedTableOf(Array.from(keys, (key) => [key, true] as const));
}

// A class of its own, so that Immer treats it as an opaque value.
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
    // A clone shares every node with its origin and copies only those that change.
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

  *entriesAfter(key: Key | undefined, order: 'ascending' | 'descending'): Generator<readonly [Key, Value]> {
    const from = order === 'ascending' ? this.#tree.entries(key) : this.#tree.entriesReversed(key);
    for (const entry of from) if (entry[0] !== key) yield entry;
  }
}
