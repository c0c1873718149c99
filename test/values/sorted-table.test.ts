import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  emptySortedTable,
  type SortedTable,
  sortedKeysOf,
  sortedTableOf,
} from '../../src/values/sorted-table.ts';

type Change<Key> = readonly ['insert' | 'remove' | 'insertAll' | 'removeAll', Key, number];

// Enough keys, close enough together, that the tree under the table splits, merges and is cut down again.
const changesOf = <Key>(key: fc.Arbitrary<Key>): fc.Arbitrary<readonly Change<Key>[]> =>
  fc.array(
    fc.tuple(fc.constantFrom(...(['insert', 'insertAll', 'remove', 'removeAll'] as const)), key, fc.nat()),
    {
      maxLength: 200,
      size: 'max',
    },
  );

function expectModeled<Key extends string | number>(changes: readonly Change<Key>[]): void {
  const model = new Map<Key, number>();
  let table = emptySortedTable<Key, number>();
  const past: (readonly [SortedTable<Key, number>, readonly (readonly [Key, number])[]])[] = [];
  for (const [at, [kind, key, value]] of changes.entries()) {
    if (at % 10 === 0) past.push([table, [...table.entries()]]);
    const inserts = kind === 'insert' || kind === 'insertAll';
    // Two keys at once: the one of the change, and the one of the change before.
    const both = [key, changes[at - 1]?.[1] ?? key];
    if (kind === 'insert') table = table.insert(key, value);
    if (kind === 'insertAll') table = table.insertAll(both.map((each) => [each, value] as const));
    if (kind === 'remove') table = table.remove(key);
    if (kind === 'removeAll') table = table.removeAll(both);
    for (const each of kind === 'insert' || kind === 'remove' ? [key] : both) {
      if (inserts) model.set(each, value);
      else model.delete(each);
    }
    expect(table.size).toBe(model.size);
    expect(table.has(key)).toBe(inserts);
    expect(table.get(key)).toBe(model.get(key));
  }
  const sorted = [...model].sort(([left], [right]) => (left < right ? -1 : 1));
  expect(table.firstKey()).toBe(sorted[0]?.[0]);
  expect(table.lastKey()).toBe(sorted.at(-1)?.[0]);
  expect([...table.entries()]).toEqual(sorted);
  expect([...table.keys()]).toEqual(sorted.map(([key]) => key));
  for (const [old, entries] of past) expect([...old.entries()]).toEqual(entries);
}

describe('a sorted table', () => {
  test('of numbers agrees with a sorted Map, and earlier tables do not change', () => {
    fc.assert(fc.property(changesOf(fc.nat(150)), expectModeled), { numRuns: 30 });
  });

  test('of texts agrees with a sorted Map, and earlier tables do not change', () => {
    const key = fc.oneof(
      fc.string({ maxLength: 2 }),
      fc.constantFrom('', '__proto__', 'constructor', '😀', '\u{fffd}'),
    );
    fc.assert(fc.property(changesOf(key), expectModeled), { numRuns: 30 });
  });

  test('can be read from anywhere on, in both orders, from a key that is there or not', () => {
    const keys = fc.uniqueArray(fc.nat({ max: 100 }), { maxLength: 80 });
    const property = fc.property(keys, fc.option(fc.nat({ max: 100 }), { nil: undefined }), (some, after) => {
      const table = sortedTableOf(some.map((key) => [key, `${key}`]));
      const entries = [...table.entries()];
      const isAfter = ([key]: readonly [number, string]) => after === undefined || key > after;
      const isBefore = ([key]: readonly [number, string]) => after === undefined || key < after;
      expect([...table.entriesAfter(after, 'ascending')]).toEqual(entries.filter(isAfter));
      expect([...table.entriesAfter(after, 'descending')]).toEqual(entries.filter(isBefore).reverse());
    });
    fc.assert(property);
  });

  test('puts numbers in numerical order: 10 comes after 9', () => {
    const table = emptySortedTable<number, true>().insert(10, true).insert(9, true).insert(100, true);
    expect([...table.keys()]).toEqual([9, 10, 100]);
  });

  test('without a key that was not there is the table itself', () => {
    const table = emptySortedTable<number, string>().insert(1, 'one');
    expect(table.remove(2)).toBe(table);
  });

  test('to which nothing is added or removed is the same table', () => {
    const table = emptySortedTable<number, string>().insert(1, 'one');
    expect(table.removeAll([2, 3])).toBe(table);
    expect(table.insertAll([])).toBe(table);
  });

  test('is made of entries in any order, of which the last one for a key counts, or of keys alone', () => {
    const entries = [[2, 'two'] as const, [1, 'one'] as const, [2, 'zwei'] as const];
    expect([...sortedTableOf(entries).entries()]).toEqual([
      [1, 'one'],
      [2, 'zwei'],
    ]);
    expect([...sortedKeysOf(['b', 'a', 'b']).entries()]).toEqual([
      ['a', true],
      ['b', true],
    ]);
  });

  test('is empty at first, for everybody, whatever others have inserted', () => {
    emptySortedTable<number, true>().insert(1, true);
    const table = emptySortedTable<number, true>();
    expect(table.size).toBe(0);
    expect(table.firstKey()).toBeUndefined();
    expect([...table.entries()]).toEqual([]);
  });

  test('can be read while the tables made from it grow', () => {
    let table = emptySortedTable<number, number>();
    for (let key = 0; key < 200; key += 1) table = table.insert(key, key);
    const seen: number[] = [];
    let grown = table;
    for (const key of table.keys()) {
      seen.push(key);
      grown = grown.remove(key).insert(key + 1_000, key);
    }
    expect(seen).toEqual([...Array(200).keys()]);
    expect(grown.firstKey()).toBe(1_000);
  });
});
