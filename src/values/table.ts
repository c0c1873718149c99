import { Map as PersistentMap } from 'immutable';
import { frozen } from './frozen.ts';

/**
 * A table that grows with the store: a persistent hash map of frozen rows, keyed by our own identifiers. A change
 * returns a new table that shares its structure with the old one, which stays unchanged. Reads, writes, and copies cost
 * about the same at a thousand rows as at a million.
 */
export interface Table<Id extends string, Row extends object> {
  /** The number of rows. */
  readonly size: number;
  /** The row of `id`, frozen, or undefined. */
  get(id: Id): Row | undefined;
  /** Whether there is a row of `id`. */
  has(id: Id): boolean;
  /** The table with this row, which is deeply frozen. */
  insert(id: Id, row: Row): Table<Id, Row>;
  /** The table with the row that the recipe returns for the old one. Throws on a missing row, which is a bug. */
  amend(id: Id, recipe: (row: Row) => Row): Table<Id, Row>;
  /**
   * The table with the rows that the recipe returns for the old ones (undefined for new identifiers), at about half the
   * cost of single changes. Rows that the recipe returns unchanged, or as undefined, are not written; if none is, the
   * same table is returned.
   */
  putAll<Given>(
    given: Iterable<readonly [Id, Given]>,
    recipe: (row: Row | undefined, given: Given, id: Id) => Row | undefined,
  ): Table<Id, Row>;
  /** The table without `id`; the same table if it has none. */
  remove(id: Id): Table<Id, Row>;
  /** All identifiers, sorted; for everything that leaves the core. Walks the whole table. */
  sortedIds(compare: (left: Id, right: Id) => number): readonly Id[];
  /** All rows in an arbitrary order; only for sums and recounts. Walks the whole table. */
  unorderedRows(): Iterable<Row>;
}

/** An empty table. */
export function emptyTable<Id extends string, Row extends object>(): Table<Id, Row> {
  return new PersistentTable<Id, Row>(PersistentMap(), 0);
}

/** A table of these rows, which are frozen; a later one replaces an earlier one with the same identifier. */
export function tableOf<Id extends string, Row extends object>(
  rows: Iterable<readonly [Id, Row]>,
): Table<Id, Row> {
  return emptyTable<Id, Row>().putAll(rows, (_, row) => row);
}

// The library hashes long texts through a cache that costs more than our own hash, so the hash is the key. Identifiers
// with the same hash form a chain: few by chance, but an attacker can make many.
interface Entry<Id, Row> {
  readonly id: Id;
  readonly row: Row;
  readonly next: Entry<Id, Row> | null;
}

type Entries<Id, Row> = PersistentMap<number, Entry<Id, Row>>;

// A class of its own, so that Immer treats a table as an opaque value and does not look into its rows.
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
    // A transient copy writes in place to nodes that it has already copied.
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

// The chain with this frozen row instead of the old one; the identifier stays the table's own string.
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

// FNV-1a over the UTF-16 units, cut to a small integer. Long identifiers are combined digests, which differ at their
// ends as well as anywhere.
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
