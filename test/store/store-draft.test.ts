import { describe, expect, test } from 'vitest';
import { emptyStore, type Store } from '../../src/store/store.ts';
import { draftOf, storeOf } from '../../src/store/store-draft.ts';
import { log } from '../support/stores/builders.ts';
import { given } from '../support/stores/given.ts';
import { plain } from '../support/stores/plain.ts';

interface AnyTable {
  insert(key: string, row: object): AnyTable;
}

const { store } = given(log('animals', { cat: '2MB' }));

describe('a draft of a store', () => {
  test('has every table open, so that it is changed in place', () => {
    for (const [name, table] of tablesOf(draftOf(emptyStore()))) {
      expect([name, table.insert('a', {}) === table]).toEqual([name, true]);
    }
  });

  test('becomes a store with every table closed, which nothing changes any more', () => {
    for (const [name, table] of tablesOf(storeOf(draftOf(store), emptyStore()))) {
      expect([name, table.insert('a', {}) === table]).toEqual([name, false]);
    }
  });

  test('changes nothing of the store that it was made from', () => {
    const before = plain(store);
    for (const [, table] of tablesOf(draftOf(store))) table.insert('a', {});
    expect(plain(store)).toEqual(before);
  });

  test('in which nothing was changed becomes that very store', () => {
    expect(storeOf(draftOf(store), store)).toBe(store);
  });
});

// Every table, by the path to it; a store with others has them looked for here by itself.
function tablesOf(from: Store): readonly (readonly [string, AnyTable])[] {
  return [from, from.bucket, from.garbageCollection].flatMap((part) =>
    Object.entries(part).filter((entry): entry is [string, AnyTable] => isTable(entry[1])),
  );
}

function isTable(value: unknown): value is AnyTable {
  return typeof value === 'object' && value !== null && 'opened' in value;
}
