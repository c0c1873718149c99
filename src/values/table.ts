import { Map as PersistentMap } from 'immutable';
import { frozen } from './frozen.ts';

/**
 * A table that grows with the store: a persistent hash map of frozen rows, keyed by our own identifiers.
 * Every change gives a new table that shares its structure with the old one, which stays as it was; a read, a
 * write and a copy cost about the same at a thousand rows as at a million.
 */
export interface Table<Id extends string, Row extends object> {
  /** How many rows there are. */
  readonly size: number;
  /** The row of `id`, frozen, or undefined. */
  get(id: Id): Row | undefined;
  /** Whether there is a row of `id`. */
  has(id: Id): boolean;
  /** A table in which `id` has this row; the row is frozen, deep down, as it goes in. */
  insert(id: Id, row: Row): Table<Id, Row>;
  /** A table in which the row is what the recipe makes of it; a missing row is a bug, and stops. */
  amend(id: Id, recipe: (row: Row) => Row): Table<Id, Row>;
  /** A table in which the row is what the recipe makes of the one that was there, or of none: one way instead of two. */
  put(id: Id, recipe: (row: Row | undefined) => Row): Table<Id, Row>;
  /** A table without `id`; the same one where there was none. */
  remove(id: Id): Table<Id, Row>;
  /**
   * The same rows, open for a batch of changes: until it is closed, the changes are made in place and give the same
   * table back, which costs a fraction. The table that it was opened from stays as it was.
   */
  opened(): Table<Id, Row>;
  /** The table after the batch, closed again; the one that was opened, where nothing was changed. */
  closed(): Table<Id, Row>;
  /** Every identifier in an order that depends on the rows alone, for whatever leaves the core. Walks it all. */
  sortedIds(compare: (left: Id, right: Id) => number): readonly Id[];
  /** Every row in no order that means anything: for sums and recounts only. Walks it all. */
  unorderedRows(): Iterable<Row>;
}

/** A table without rows. */
export function emptyTable<Id extends string, Row extends object>(): Table<Id, Row> {
  return new PersistentTable<Id, Row>(PersistentMap(), 0);
}

// The library's own hash of a long text goes through a cache that costs more than hashing it: ours is the key, and
// identifiers of one hash, of which there are few by chance and as many as you like on purpose, are a chain.
interface Entry<Id, Row> {
  readonly id: Id;
  readonly row: Row;
  readonly next: Entry<Id, Row> | null;
}

type Entries<Id, Row> = PersistentMap<number, Entry<Id, Row>>;

class PersistentTable<Id extends string, Row extends object> implements Table<Id, Row> {
  #entries: Entries<Id, Row>;
  #size: number;
  // What it was opened from; null where it is closed, and never changes again.
  #origin: PersistentTable<Id, Row> | null;

  constructor(entries: Entries<Id, Row>, size: number, origin: PersistentTable<Id, Row> | null = null) {
    this.#entries = entries;
    this.#size = size;
    this.#origin = origin;
  }

  get size(): number {
    return this.#size;
  }

  get(id: Id): Row | undefined {
    return entryOf(this.#entries.get(hashOf(id)), id)?.row;
  }

  has(id: Id): boolean {
    return entryOf(this.#entries.get(hashOf(id)), id) !== undefined;
  }

  insert(id: Id, row: Row): Table<Id, Row> {
    return this.put(id, () => row);
  }

  amend(id: Id, recipe: (row: Row) => Row): Table<Id, Row> {
    return this.put(id, (row) => {
      if (row === undefined) throw new Error(`no row ${id} to amend`);
      return recipe(row);
    });
  }

  put(id: Id, recipe: (row: Row | undefined) => Row): Table<Id, Row> {
    const hash = hashOf(id);
    const chain = this.#entries.get(hash);
    const before = entryOf(chain, id);
    const row = frozen(recipe(before?.row), before?.row);
    const next = chain === undefined ? null : chainWithout(chain, id);
    const size = before === undefined ? this.#size + 1 : this.#size;
    return this.#changed(this.#changeable().set(hash, { id: before?.id ?? id, row, next }), size);
  }

  remove(id: Id): Table<Id, Row> {
    const hash = hashOf(id);
    const chain = this.#entries.get(hash);
    if (entryOf(chain, id) === undefined) return this;
    const left = chainWithout(chain, id);
    return this.#changed(
      left === null ? this.#changeable().remove(hash) : this.#changeable().set(hash, left),
      this.#size - 1,
    );
  }

  opened(): Table<Id, Row> {
    return new PersistentTable(this.#entries, this.#size, this);
  }

  closed(): Table<Id, Row> {
    const origin = this.#origin;
    if (origin === null || origin.#entries === this.#entries) return origin ?? this;
    this.#entries = this.#entries.asImmutable();
    this.#origin = null;
    return this;
  }

  sortedIds(compare: (left: Id, right: Id) => number): readonly Id[] {
    return Array.from(this.#everyEntry(), ({ id }) => id).sort(compare);
  }

  *unorderedRows(): Generator<Row> {
    for (const { row } of this.#everyEntry()) yield row;
  }

  *#everyEntry(): Generator<Entry<Id, Row>> {
    for (const chain of this.#entries.values()) {
      for (let entry: Entry<Id, Row> | null = chain; entry !== null; entry = entry.next) yield entry;
    }
  }

  // An open table has its nodes to itself, and writes to those that it has copied once.
  #changeable(): Entries<Id, Row> {
    return this.#origin === null ? this.#entries : this.#entries.asMutable();
  }

  #changed(entries: Entries<Id, Row>, size: number): Table<Id, Row> {
    if (this.#origin === null) return new PersistentTable(entries, size);
    this.#entries = entries;
    this.#size = size;
    return this;
  }
}

function entryOf<Id, Row>(chain: Entry<Id, Row> | undefined, id: Id): Entry<Id, Row> | undefined {
  let entry: Entry<Id, Row> | null = chain ?? null;
  while (entry !== null && entry.id !== id) entry = entry.next;
  return entry ?? undefined;
}

function chainWithout<Id, Row>(chain: Entry<Id, Row> | null | undefined, id: Id): Entry<Id, Row> | null {
  if (chain === null || chain === undefined) return null;
  return chain.id === id ? chain.next : { ...chain, next: chainWithout(chain.next, id) };
}

// FNV-1a over the UTF-16 units, cut to what the library takes for a small number as it is. Our long identifiers are
// digests put together, which differ at their ends as well as anywhere.
function hashOf(id: string): number {
  const { length } = id;
  let hash = 0x811c9dc5;
  for (let at = 0; at < length; at += 1) {
    if (at === HEAD && length > HEAD + TAIL) at = length - TAIL;
    hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  }
  return hash & 0x3fffffff;
}

const HEAD = 8;
const TAIL = 24;
