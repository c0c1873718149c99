import { type Draft, freeze, isDraftable, produce } from 'immer';
import { Map as PersistentMap } from 'immutable';

/**
 * A table that grows with the store: a persistent hash map of frozen rows, keyed by our own identifiers.
 * Every change gives a new table that shares its structure with the old one, which stays as it was; a read, a
 * write and a copy cost about the same at a thousand rows as at a million.
 */
export interface Table<Id extends string | number, Row extends object> {
  /** How many rows there are. */
  readonly size: number;
  /** The row of `id`, frozen, or undefined. */
  get(id: Id): Row | undefined;
  /** Whether there is a row of `id`. */
  has(id: Id): boolean;
  /** A table in which `id` has this row; the row is frozen, deep down, as it goes in. */
  insert(id: Id, row: Row): Table<Id, Row>;
  /** A table in which the recipe has been played on a draft of the row; a missing row is a bug, and stops. */
  amend(id: Id, recipe: (row: Draft<Row>) => void): Table<Id, Row>;
  /** A table without `id`; the same one where there was none. */
  remove(id: Id): Table<Id, Row>;
  /** Every identifier in an order that depends on the rows alone, for whatever leaves the core. Walks it all. */
  sortedIds(compare: (left: Id, right: Id) => number): readonly Id[];
  /** Every row in no order that means anything: for sums and recounts only. Walks it all. */
  unorderedRows(): Iterable<Row>;
}

/** A table without rows. */
export function emptyTable<Id extends string | number, Row extends object>(): Table<Id, Row> {
  return new PersistentTable<Id, Row>(PersistentMap());
}

// Immer takes an instance of a class for an opaque value: it neither copies it whole, as it would a Map, nor
// freezes what it holds. Hence the rows are frozen here, and nobody else ever sees the map.
class PersistentTable<Id extends string | number, Row extends object> implements Table<Id, Row> {
  readonly #rows: PersistentMap<Id, Row>;

  constructor(rows: PersistentMap<Id, Row>) {
    this.#rows = rows;
  }

  get size(): number {
    return this.#rows.size;
  }

  get(id: Id): Row | undefined {
    return this.#rows.get(id);
  }

  has(id: Id): boolean {
    return this.#rows.has(id);
  }

  insert(id: Id, row: Row): Table<Id, Row> {
    return new PersistentTable(this.#rows.set(id, frozen(row)));
  }

  amend(id: Id, recipe: (row: Draft<Row>) => void): Table<Id, Row> {
    const row = this.#rows.get(id);
    if (row === undefined) throw new Error(`no row ${String(id)} to amend`);
    const amended = produce(row, (draft) => {
      recipe(draft);
    });
    // Inside another `produce`, as every evolver is, Immer leaves the freezing to the outer one, which does not
    // look into tables.
    return new PersistentTable(this.#rows.set(id, freeze(amended, true)));
  }

  remove(id: Id): Table<Id, Row> {
    return this.#rows.has(id) ? new PersistentTable(this.#rows.remove(id)) : this;
  }

  sortedIds(compare: (left: Id, right: Id) => number): readonly Id[] {
    return [...this.#rows.keys()].sort(compare);
  }

  unorderedRows(): Iterable<Row> {
    return this.#rows.values();
  }
}

// Immer's own `freeze` stops at what is frozen already; a row from outside may be frozen on its surface only.
function frozen<Value>(value: Value): Value {
  if (isDraftable(value)) {
    for (const inner of Object.values(Object.freeze(value) as object)) frozen(inner);
  }
  return value;
}
