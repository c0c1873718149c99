import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Filter, matching } from '../../../src/lifecycle/deletion/filter.ts';
import { collectionById } from '../../../src/store/look-up.ts';
import type { Store } from '../../../src/store/store.ts';
import { alias, begin, clock, link, log, remove, time } from '../../support/stores/builders.ts';
import { given } from '../../support/stores/given.ts';
import { collectionId } from '../../support/stores/names.ts';

// v0 and v1 at 0, v2 (deleted), v3 and v4 at 2d, v5 under upload; best on v1, latest on v4.
const { store } = given(
  log('animals', { cat: '1B' }),
  log('animals', { dog: '1B' }, { aliases: ['best'] }),
  clock('2d'),
  log('animals', { rat: '1B' }),
  log('animals', { owl: '1B' }),
  log('animals', { bat: '1B' }),
  begin('animals', { emu: '1B' }),
  remove('animals:v2'),
);

const ALL: Filter = { withoutAliases: false, withAlias: null, olderThanSeconds: null, keepLast: null };
const picked = (where: Partial<Filter>, name = 'animals', among: Store = store) =>
  matching(among, collectionById(among, collectionId(name)), { ...ALL, ...where }).map(([index]) => index);

describe('a filter', () => {
  test('that says nothing picks what is listed: no tombstones, no uploads', () => {
    expect(picked({})).toEqual([0, 1, 3, 4]);
  });

  test('without aliases spares what bears one, latest too', () => {
    expect(picked({ withoutAliases: true })).toEqual([0, 3]);
  });

  test('with an alias picks the one that bears it, or none', () => {
    expect(picked({ withAlias: 'best' })).toEqual([1]);
    for (const withAlias of ['worst', '__proto__', '', 'v0']) expect(picked({ withAlias })).toEqual([]);
  });

  test('older than an age spares what is exactly as old', () => {
    expect(picked({ olderThanSeconds: time('2d') })).toEqual([]);
    const moved = given(log('animals', { cat: '1B' }), clock('1s'), log('animals'), clock('2d')).store;
    expect(picked({ olderThanSeconds: time('2d') }, 'animals', moved)).toEqual([0]);
    expect(picked({ olderThanSeconds: time('0s') }, 'animals', moved)).toEqual([0, 1]);
  });

  test.each([
    [0, [0, 1, 3, 4]],
    [1, [0, 1, 3]],
    [3, [0]],
    [4, []],
    [1_000_000, []],
  ])('that keeps the last %i picks from the others: %j', (keepLast, expected) => {
    expect(picked({ keepLast })).toEqual(expected);
  });

  test('keeps the newest of all the members, whether or not they match otherwise', () => {
    expect(picked({ keepLast: 1, withoutAliases: true })).toEqual([0, 3]);
    expect(picked({ keepLast: 2, withoutAliases: true })).toEqual([0]);
  });

  test('picks what each of its parts picks, in ascending order', () => {
    const filters = fc.record({
      withoutAliases: fc.boolean(),
      withAlias: fc.constantFrom(null, 'best', 'latest'),
      olderThanSeconds: fc.constantFrom(null, time('1d'), time('2d')),
      keepLast: fc.constantFrom(null, 1, 2, 3),
    });
    fc.assert(
      fc.property(filters, (filter) => {
        const parts = [
          picked({ withoutAliases: filter.withoutAliases }),
          picked({ withAlias: filter.withAlias }),
          picked({ olderThanSeconds: filter.olderThanSeconds }),
          picked({ keepLast: filter.keepLast }),
        ];
        expect(picked(filter)).toEqual(
          picked({}).filter((index) => parts.every((part) => part.includes(index))),
        );
      }),
    );
  });
});

describe('a filter on a portfolio', () => {
  const linked = given(
    log('animals', { cat: '1B' }, { aliases: ['best'] }),
    log('animals', { dog: '1B' }),
    link('animals:v0', 'prod', ['live']),
    clock('1d'),
    link('animals:v1', 'prod'),
    alias('prod:v0', { remove: ['live'] }),
  ).store;

  test('goes by the aliases of the links, not of their sources', () => {
    expect(picked({ withoutAliases: true }, 'prod', linked)).toEqual([0]);
    expect(picked({ withAlias: 'best' }, 'prod', linked)).toEqual([]);
  });

  test('goes by the age of the links, not of their sources', () => {
    expect(picked({ olderThanSeconds: time('0s') }, 'prod', linked)).toEqual([0]);
    const later = given(log('animals'), clock('1d'), link('animals:v0', 'prod'), clock('1d')).store;
    expect(picked({ olderThanSeconds: time('23h') }, 'prod', later)).toEqual([0]);
    expect(picked({ olderThanSeconds: time('1d') }, 'prod', later)).toEqual([]);
  });
});
