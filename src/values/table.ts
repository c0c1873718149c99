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
  /**
   * A table in which many rows are what the recipe makes of the ones before, none where it is undefined; one after the
   * other, but for about half of what so many changes cost. What the recipe leaves as it is, or makes nothing of, is
   * not written; the same table where that is so of all.
   */
  putAll<Given>(
    given: Iterable<readonly [Id, Given]>,
    recipe: (row: Row | undefined, given: Given, id: Id) => Row | undefined,
  ): Table<Id, Row>;
  /** A table without `id`; the same one where there was none. */
  remove(id: Id): Table<Id, Row>;
  /** Every identifier in an order that depends on the rows alone, for whatever leaves the core. Walks it all. */
  sortedIds(compare: (left: Id, right: Id) => number): readonly Id[];
  /** Every row in no order that means anything: for sums and recounts only. Walks it all. */
  unorderedRows(): Iterable<Row>;
}

/** A table without rows. */
export function emptyTable<Id extends string, Row extends object>(): Table<Id, Row> {
  return new PersistentTable<Id, Row>(PersistentMap(), 0);
}

/** A table of these rows, frozen as they go in; of two rows of one identifier the later one counts. */
export function tableOf<Id extends string, Row extends object>(
  rows: Iterable<readonly [Id, Row]>,
): Table<Id, Row> {
  return emptyTable<Id, Row>().putAll(rows, (_, row) => row);
}

// The library's own hash of a long text goes through a cache that costs more than hashing it: ours is the key, and
// identifiers of one hash, of which there are few by chance and as many as you like on purpose, are a chain.
interface Entry<Id, Row> {
  readonly id: Id;
  readonly row: Row;
  readonly next: Entry<Id, Row> | null;
}

type Entries<Id, Row> = PersistentMap<number, Entry<Id, Row>>;

// A class of its own, so that Immer takes a table for a value, and looks neither into it nor into its rows.
class PersistentTable<Id extends string, Row extends object> implements Table<Id, Row> {
  readonly #entries: Entries<Id, Row>;
  readonly #size: number;

  constructor(entries: Entries<Id, Row>, size: number) {
    this.#entries = entries;
    this.#size = size;
    Object.freeze(this);
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
    const hash = hashOf(id);
    const chain = this.#entries.get(hash);
    const before = entryOf(chain, id);
    const entries = this.#entries.set(hash, withRow(chain, before, id, row));
    return new PersistentTable(entries, before === undefined ? this.#size + 1 : this.#size);
  }

  amend(id: Id, recipe: (row: Row) => Row): Table<Id, Row> {
    const hash = hashOf(id);
    const chain = this.#entries.get(hash);
    const before = entryOf(chain, id);
    if (before === undefined) throw new Error(`no row ${id} to amend`);
    const entries = this.#entries.set(hash, withRow(chain, before, id, recipe(before.row)));
    return new PersistentTable(entries, this.#size);
  }

  putAll<Given>(
    given: Iterable<readonly [Id, Given]>,
    recipe: (row: Row | undefined, given: Given, id: Id) => Row | undefined,
  ): Table<Id, Row> {
    let size = this.#size;
    // The library's copy for many changes writes to those nodes in place that it has copied once.
    const entries = this.#entries.withMutations((open) => {
      for (const [id, one] of given) {
        const hash = hashOf(id);
        const chain = open.get(hash);
        const before = entryOf(chain, id);
        const row = recipe(before?.row, one, id);
        if (row === undefined || row === before?.row) continue;
        open.set(hash, withRow(chain, before, id, row));
        if (before === undefined) size += 1;
      }
    });
    return entries === this.#entries ? this : new PersistentTable(entries, size);
  }

  remove(id: Id): Table<Id, Row> {
    const hash = hashOf(id);
    const chain = this.#entries.get(hash);
    if (entryOf(chain, id) === undefined) return this;
    const left = chainWithout(chain, id);
    const entries = left === null ? this.#entries.remove(hash) : this.#entries.set(hash, left);
    return new PersistentTable(entries, this.#size - 1);
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
}

// The chain with a row, frozen, in the place of the one before; the text of the identifier stays the one of the table.
function withRow<Id, Row extends object>(
  chain: Entry<Id, Row> | undefined,
  before: Entry<Id, Row> | undefined,
  id: Id,
  row: Row,
): Entry<Id, Row> {
  const next = chain === undefined ? null : chainWithout(chain, id);
  return { id: before?.id ?? id, row: frozen(row, before?.row), next };
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
