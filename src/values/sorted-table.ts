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
  /** A table without `key`; the same one where there was none. */
  remove(key: Key): SortedTable<Key, Value>;
  /** The same keys, open for a batch of changes in place until it is closed, as a table can be. */
  opened(): SortedTable<Key, Value>;
  /** The table after the batch, closed again; the one that was opened, where nothing was changed. */
  closed(): SortedTable<Key, Value>;
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
  #tree: Tree<Key, Value>;
  // What it was opened from; null where it is closed, and never changes again.
  #origin: PersistentSortedTable<Key, Value> | null;

  constructor(tree: Tree<Key, Value>, origin: PersistentSortedTable<Key, Value> | null = null) {
    this.#tree = tree;
    this.#origin = origin;
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
    const changed = this.#changeable();
    changed.#tree.set(key, value, true);
    return changed;
  }

  remove(key: Key): SortedTable<Key, Value> {
    if (!this.has(key)) return this;
    const changed = this.#changeable();
    changed.#tree.delete(key);
    return changed;
  }

  opened(): SortedTable<Key, Value> {
    return new PersistentSortedTable(this.#tree, this);
  }

  closed(): SortedTable<Key, Value> {
    const origin = this.#origin;
    if (origin === null || origin.#tree === this.#tree) return origin ?? this;
    this.#origin = null;
    return this;
  }

  keys(): Iterable<Key> {
    return this.#tree.keys();
  }

  entries(): Iterable<readonly [Key, Value]> {
    return this.#tree.entries();
  }

  // A clone shares every node with its origin, and copies those alone that a change touches.
  #changeable(): PersistentSortedTable<Key, Value> {
    if (this.#origin === null) return new PersistentSortedTable(this.#tree.clone());
    if (this.#origin.#tree === this.#tree) this.#tree = this.#tree.clone();
    return this;
  }
}
