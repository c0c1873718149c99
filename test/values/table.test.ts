import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/decider/command.ts';
import { decide } from '../../src/decider/decide.ts';
import type { StoreEvent } from '../../src/decider/event.ts';
import { evolve } from '../../src/decider/evolve.ts';
import type { Store } from '../../src/store/store.ts';
import { byCodePoint } from '../../src/values/order.ts';
import { emptyTable, type Table, tableOf } from '../../src/values/table.ts';
import { alias, log, removeWithAliases } from '../support/stores/builders.ts';
import { given } from '../support/stores/given.ts';
import { aliasText, collectionId, versionId } from '../support/stores/names.ts';
import { plain, unfrozen } from '../support/stores/plain.ts';

interface Row {
  readonly name: string;
  readonly inner: { readonly list: readonly number[] };
}
type Writable<Value> = { -readonly [Key in keyof Value]: Writable<Value[Key]> };

const appended = ({ name, inner }: Row, value: number): Row => row(name, ...inner.list, value);
const row = (name: string, ...list: number[]): Row => ({ name, inner: { list } });
const NASTY_IDS = [
  '',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'Aa',
  'BB',
  'AaAa',
  'BBBB',
  'AaBB',
  '😀',
];
const ids = fc.oneof(fc.constantFrom(...NASTY_IDS), fc.string({ maxLength: 2 }));

describe('a table', () => {
  test('agrees with a Map, and earlier tables do not change', () => {
    const changes = fc.array(
      fc.tuple(fc.constantFrom('insert', 'amend', 'putAll', 'remove'), ids, fc.nat()),
      {
        maxLength: 120,
        size: 'max',
      },
    );
    fc.assert(
      fc.property(changes, (list) => {
        const model = new Map<string, Row>();
        let table = emptyTable<string, Row>();
        const past: (readonly [Table<string, Row>, unknown])[] = [];
        for (const [at, [kind, id, value]] of list.entries()) {
          if (at % 10 === 0) past.push([table, plain(table)]);
          if (kind === 'remove') {
            table = table.remove(id);
            model.delete(id);
          } else if (kind === 'amend' && model.has(id)) {
            table = table.amend(id, (before) => appended(before, value));
            model.set(id, row(id, ...(model.get(id)?.inner.list ?? []), value));
          } else if (kind === 'putAll') {
            for (const put of [id, `${id}b`]) {
              model.set(put, row(put, ...(model.get(put)?.inner.list ?? []), value));
            }
            table = table.putAll(
              [id, `${id}b`].map((put) => [put, value] as const),
              (known, given, put) => row(put, ...(known?.inner.list ?? []), given),
            );
          } else {
            table = table.insert(id, row(id, value));
            model.set(id, row(id, value));
          }
          expect(table.size).toBe(model.size);
          expect(table.has(id)).toBe(model.has(id));
          expect(table.get(id)).toEqual(model.get(id));
        }
        const sorted = [...model.keys()].sort(byCodePoint);
        expect(table.sortedIds(byCodePoint)).toEqual(sorted);
        expect(new Set([...table.unorderedRows()].map(({ name }) => name))).toEqual(new Set(sorted));
        for (const [old, before] of past) expect(plain(old)).toEqual(before);
      }),
      { numRuns: 30 },
    );
  });

  test('without a row that was not there is the table itself', () => {
    const table = emptyTable<string, Row>().insert('a', row('a'));
    expect(table.remove('b')).toBe(table);
  });

  test('throws if a missing row is amended, since that is a bug', () => {
    expect(() => emptyTable<string, Row>().amend('a', (before) => before)).toThrow('no row a');
  });
});

describe('many rows at once', () => {
  const exists = emptyTable<string, Row>().insert('a', row('a', 1)).insert('b', row('b', 2));
  const more = (before: Row | undefined, value: number, id: string) =>
    before === undefined ? row(id, value) : appended(before, value);

  test('are put one after the other, and the table before stays as it was', () => {
    const changed = exists.putAll(
      [
        ['c', 3],
        ['a', 4],
        ['c', 5],
      ],
      more,
    );
    expect(plain(changed)).toEqual([
      ['a', row('a', 1, 4)],
      ['b', row('b', 2)],
      ['c', row('c', 3, 5)],
    ]);
    expect([changed.size, exists.size]).toEqual([3, 2]);
    expect(plain(exists)).toEqual([
      ['a', row('a', 1)],
      ['b', row('b', 2)],
    ]);
  });

  test('leave a table that nothing more is done to: what is made from it later is another one', () => {
    const changed = exists.putAll([['c', 3]], more);
    const before = plain(changed);
    changed.putAll([['c', 4]], more);
    changed.insert('d', row('d'));
    changed.remove('a');
    expect(plain(changed)).toEqual(before);
  });

  test('return the same table if the recipe changes or makes no row', () => {
    expect(exists.putAll([['a', 1]], (before) => before)).toBe(exists);
    expect(exists.putAll([['z', 1]], () => undefined)).toBe(exists);
    expect(exists.putAll([], more)).toBe(exists);
  });

  test('make a table, in which the last row for a key counts', () => {
    const rows = [['a', row('a', 1)] as const, ['a', row('a', 2)] as const];
    expect(plain(tableOf(rows))).toEqual([['a', row('a', 2)]]);
    expect(unfrozen(tableOf(rows))).toEqual([]);
  });
});

describe('identifiers with equal hashes', () => {
  // Their FNV-1a hashes agree in the thirty bits that count.
  const colliding = ['v11045175', 'v14502288', 'v16003642'];
  test('are kept apart', () => {
    const rows = colliding.map((id) => row(id, 1));
    const table = colliding.reduce((all, id, at) => all.insert(id, row(id, at)), emptyTable<string, Row>());
    expect(table.size).toBe(rows.length);
    for (const [at, id] of colliding.entries()) {
      expect(table.get(id)).toEqual(row(id, at));
      const without = table.remove(id);
      expect(without.sortedIds(byCodePoint)).toEqual(colliding.filter((other) => other !== id));
      expect(table.amend(id, (before) => appended(before, 9)).get(id)).toEqual(row(id, at, 9));
    }
  });
});

describe('trap 1: rows are frozen, since stores share them', () => {
  test('deeply, when they are added', () => {
    expect(unfrozen(emptyTable<string, Row>().insert('a', row('a', 1)))).toEqual([]);
  });

  test('deeply, when they are added, even if the outer object was frozen before', () => {
    expect(unfrozen(emptyTable<string, Row>().insert('a', Object.freeze(row('a', 1))))).toEqual([]);
  });

  test('when they are amended', () => {
    const table = emptyTable<string, Row>().insert('a', row('a', 1));
    expect(unfrozen(table.amend('a', (before) => appended(before, 2)))).toEqual([]);
  });

  test('so that writing to a row throws, and no store that shares it changes', () => {
    const { store } = given(log('animals', { cat: '2MB' }));
    const before = plain(store);
    const version: Writable<{ index: number | null }> | undefined = store.versions.get(
      versionId('animals:v0'),
    );
    const write = () => {
      if (version !== undefined) version.index = 7;
    };
    expect(write).toThrow(TypeError);
    expect(plain(store)).toEqual(before);
  });
});

describe('trap 2: equal tables may iterate differently', () => {
  test('but give their ids in one order, whatever order the rows were inserted in', () => {
    fc.assert(
      fc.property(fc.uniqueArray(ids), fc.func(fc.integer()), (list, random) => {
        const shuffled = [...list].sort((left, right) => random(left) - random(right));
        const [one, other] = [list, shuffled].map((order) =>
          order.reduce((table, id) => table.insert(id, row(id)), emptyTable<string, Row>()),
        );
        expect(one?.sortedIds(byCodePoint)).toEqual(other?.sortedIds(byCodePoint));
      }),
    );
  });

  test('like these two, so sorting is necessary', () => {
    const [one, other] = ['ab', 'ba'].map((order) =>
      [...order].reduce((table, id) => table.insert(id, row(id)), emptyTable<string, Row>()),
    );
    const names = (table: typeof one) => [...(table?.unorderedRows() ?? [])].map(({ name }) => name).join('');
    expect(names(one)).not.toBe(names(other));
    expect(one?.sortedIds(byCodePoint)).toEqual(other?.sortedIds(byCodePoint));
  });
});

describe('trap 3: a name that a user chose is never the key of a big table, nor of a plain object', () => {
  test('an artifact collection is kept under a digest of fixed length, and its versions under that', () => {
    const { store } = given(log('Aa'), log('BB'), log('__proto__'), log(`wild/zoo/${'x'.repeat(128)}`));
    expect(store.collections.size).toBe(4);
    for (const id of store.collections.sortedIds(byCodePoint)) expect(id).toMatch(/^[0-9a-f]{32}$/);
    for (const id of store.versions.sortedIds(byCodePoint)) expect(id).toMatch(/^[0-9a-f]{32}#0$/);
  });

  test.each([
    ['__proto__', 'constructor'],
    ['hasOwnProperty', 'toString'],
    // Equal under the usual string hash, 31 * h + c.
    ['Aa', 'BB'],
    ['AaBB', 'BBAa'],
  ])('"%s" and "%s" are two aliases like any others', (left, right) => {
    const { store } = given(
      log('animals', {}, { aliases: [left] }),
      log('animals', { cat: '2MB' }, { aliases: [right] }),
      alias('animals:v1', { remove: [right] }),
    );
    const aliases = store.collections.get(collectionId('animals'))?.aliases;
    expect(aliases?.get(aliasText(left))).toEqual({ index: 0 });
    expect(aliases?.has(aliasText(right))).toBe(false);
    expect(aliases?.size).toBe(2);
  });
});

describe('trap 4: a step back is the old store itself', () => {
  test('which still gives the old answers after any number of steps', () => {
    const { store: old } = given(log('animals', { cat: '2MB' }), log('animals', { dog: '1MB' }));
    const before = plain(old);
    const { store: young, events } = stepped(
      old,
      removeWithAliases('animals:v0'),
      removeWithAliases('animals:v1'),
    );
    expect(events.length).toBeGreaterThan(0);
    expect(young.collections.get(collectionId('animals'))?.listed.size).toBe(0);
    expect(old.collections.get(collectionId('animals'))?.listed.size).toBe(2);
    expect(plain(old)).toEqual(before);
    expect(plain(evolve(old, events))).toEqual(plain(young));
  });

  test('and shares with the new one whatever did not change', () => {
    const { store: old } = given(log('animals', { cat: '2MB' }), log('plants', { fern: '1MB' }));
    const { store: young } = stepped(old, alias('animals:v0', { add: ['best'] }));
    expect(young.versions.get(versionId('plants:v0'))).toBe(old.versions.get(versionId('plants:v0')));
    expect(young.versions.get(versionId('animals:v0'))?.manifest).toBe(
      old.versions.get(versionId('animals:v0'))?.manifest,
    );
    expect(young.objects).toBe(old.objects);
    expect(young.bucket.blobs).toBe(old.bucket.blobs);
  });
});

function stepped(
  store: Store,
  ...commands: readonly Command[]
): { readonly store: Store; readonly events: readonly StoreEvent[] } {
  const events: StoreEvent[] = [];
  let after = store;
  for (const command of commands) {
    const outcome = decide(command, after);
    if (!outcome.ok) throw new Error(outcome.refusal.sentence);
    events.push(...outcome.events);
    after = evolve(after, outcome.events);
  }
  return { store: after, events };
}
