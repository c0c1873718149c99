import { decide } from '../../../src/decider/decide.ts';
import { evolve } from '../../../src/decider/evolve.ts';
import { nextStep } from '../../../src/gc/steps.ts';
import type { Store } from '../../../src/store/store.ts';
import type { SortedTable } from '../../../src/values/sorted-table.ts';
import type { Table } from '../../../src/values/table.ts';

/** How often the tables of a store were asked for something; a walk counts for each row that it comes by. */
export interface Tally {
  operations: number;
}

/** The same store, whose big tables count what they are asked. So a cost is measured without a clock. */
export function countedStore(store: Store, tally: Tally): Store {
  const { bucket, garbageCollection } = store;
  return Object.freeze({
    ...store,
    collections: counted(store.collections, tally),
    versions: counted(store.versions, tally),
    links: counted(store.links, tally),
    projects: counted(store.projects, tally),
    runs: counted(store.runs, tally),
    objects: counted(store.objects, tally),
    referrers: counted(store.referrers, tally),
    trash: countedSorted(store.trash, tally),
    uploads: countedSorted(store.uploads, tally),
    expiring: countedSorted(store.expiring, tally),
    inheriting: countedSorted(store.inheriting, tally),
    outOfBand: countedSorted(store.outOfBand, tally),
    bucket: {
      ...bucket,
      blobs: counted(bucket.blobs, tally),
      copies: countedSorted(bucket.copies, tally),
    },
    garbageCollection: {
      ...garbageCollection,
      reviewed: countedSorted(garbageCollection.reviewed, tally),
      released: countedSorted(garbageCollection.released, tally),
      unreferenced: countedSorted(garbageCollection.unreferenced, tally),
    },
  });
}

/** Takes garbage collection through to its end, step by step. */
export function collectedStore(store: Store): Store {
  let current = store;
  for (let step = nextStep(current); step !== null; step = nextStep(current)) {
    const decision = decide(step, current);
    if (!decision.ok || decision.events.length === 0) throw new Error(`${step.type} comes to nothing`);
    current = evolve(current, decision.events);
  }
  return current;
}

function counted<Id extends string, Row extends object>(table: Table<Id, Row>, tally: Tally): Table<Id, Row> {
  return new CountedTable(table, tally);
}

function countedSorted<Key extends string | number, Value>(
  table: SortedTable<Key, Value>,
  tally: Tally,
): SortedTable<Key, Value> {
  return new CountedSortedTable(table, tally);
}

class CountedTable<Id extends string, Row extends object> implements Table<Id, Row> {
  readonly #table: Table<Id, Row>;
  readonly #tally: Tally;

  constructor(table: Table<Id, Row>, tally: Tally) {
    this.#table = table;
    this.#tally = tally;
  }

  get size(): number {
    return this.#table.size;
  }

  get(id: Id): Row | undefined {
    this.#tally.operations += 1;
    return this.#table.get(id);
  }

  has(id: Id): boolean {
    this.#tally.operations += 1;
    return this.#table.has(id);
  }

  insert(...row: Parameters<Table<Id, Row>['insert']>): Table<Id, Row> {
    this.#tally.operations += 1;
    return counted(this.#table.insert(...row), this.#tally);
  }

  amend(...change: Parameters<Table<Id, Row>['amend']>): Table<Id, Row> {
    this.#tally.operations += 1;
    return counted(this.#table.amend(...change), this.#tally);
  }

  putAll<Given>(
    given: Iterable<readonly [Id, Given]>,
    recipe: (row: Row | undefined, given: Given, id: Id) => Row | undefined,
  ): Table<Id, Row> {
    return counted(this.#table.putAll(tallied(given, this.#tally), recipe), this.#tally);
  }

  remove(id: Id): Table<Id, Row> {
    this.#tally.operations += 1;
    return counted(this.#table.remove(id), this.#tally);
  }

  sortedIds(compare: (left: Id, right: Id) => number): readonly Id[] {
    this.#tally.operations += this.size;
    return this.#table.sortedIds(compare);
  }

  unorderedRows(): Iterable<Row> {
    return tallied(this.#table.unorderedRows(), this.#tally);
  }
}

class CountedSortedTable<Key extends string | number, Value> implements SortedTable<Key, Value> {
  readonly #table: SortedTable<Key, Value>;
  readonly #tally: Tally;

  constructor(table: SortedTable<Key, Value>, tally: Tally) {
    this.#table = table;
    this.#tally = tally;
  }

  get size(): number {
    return this.#table.size;
  }

  get(key: Key): Value | undefined {
    this.#tally.operations += 1;
    return this.#table.get(key);
  }

  has(key: Key): boolean {
    this.#tally.operations += 1;
    return this.#table.has(key);
  }

  firstKey(): Key | undefined {
    this.#tally.operations += 1;
    return this.#table.firstKey();
  }

  lastKey(): Key | undefined {
    this.#tally.operations += 1;
    return this.#table.lastKey();
  }

  insert(key: Key, value: Value): SortedTable<Key, Value> {
    this.#tally.operations += 1;
    return countedSorted(this.#table.insert(key, value), this.#tally);
  }

  remove(key: Key): SortedTable<Key, Value> {
    this.#tally.operations += 1;
    return countedSorted(this.#table.remove(key), this.#tally);
  }

  insertAll(entries: Iterable<readonly [Key, Value]>): SortedTable<Key, Value> {
    return countedSorted(this.#table.insertAll(tallied(entries, this.#tally)), this.#tally);
  }

  removeAll(keys: Iterable<Key>): SortedTable<Key, Value> {
    return countedSorted(this.#table.removeAll(tallied(keys, this.#tally)), this.#tally);
  }

  keys(): Iterable<Key> {
    return tallied(this.#table.keys(), this.#tally);
  }

  entries(): Iterable<readonly [Key, Value]> {
    return tallied(this.#table.entries(), this.#tally);
  }

  entriesAfter(key: Key | undefined, order: 'ascending' | 'descending'): Iterable<readonly [Key, Value]> {
    return tallied(this.#table.entriesAfter(key, order), this.#tally);
  }
}

function* tallied<Thing>(things: Iterable<Thing>, tally: Tally): Generator<Thing> {
  for (const thing of things) {
    tally.operations += 1;
    yield thing;
  }
}
