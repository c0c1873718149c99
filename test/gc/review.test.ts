import { describe, expect, test } from 'vitest';
import { decideReview, retainedUntil } from '../../src/gc/review.ts';
import { versionById } from '../../src/store/look-up.ts';
import type { Store } from '../../src/store/store.ts';
import type { VersionId } from '../../src/values/names.ts';
import {
  clock,
  log,
  removeAll,
  removeCollection,
  removeWithAliases,
  review,
  server,
  time,
} from '../support/stores/builders.ts';
import { given } from '../support/stores/given.ts';
import { versionId } from '../support/stores/names.ts';

const [v0, v1, v2] = [versionId('animals:v0'), versionId('animals:v1'), versionId('animals:v2')];
const animals = [
  log('animals', { cat: '2MB' }),
  log('animals', { dog: '1MB' }),
  log('animals', { rat: '3MB' }),
];
const reviewed = (...versionIds: (typeof v0)[]) => ({ type: 'versionsReviewed', versionIds }) as const;

describe('a review (GC-1)', () => {
  test('reviews nothing if nothing was deleted', () => {
    given(...animals, clock('99d'))
      .when(review)
      .thenNothing();
  });

  test('takes nothing one second before the retention has passed, and the version at that second', () => {
    const deleted = [...animals, removeWithAliases('animals:v0')] as const;
    given(...deleted, clock('604799s'))
      .when(review)
      .thenNothing();
    given(...deleted, clock('7d'))
      .when(review)
      .then(reviewed(v0));
  });

  test('takes all whose retention has passed, in the order of their deletion, and leaves the others', () => {
    given(
      ...animals,
      removeWithAliases('animals:v2'),
      removeWithAliases('animals:v0'),
      clock('1d'),
      removeWithAliases('animals:v1'),
      clock('6d'),
    )
      .when(review)
      .then(reviewed(v2, v0));
  });

  test('takes each once: again there is nothing to take (GC-8)', () => {
    given(...animals, removeWithAliases('animals:v0'), clock('7d'), review)
      .when(review)
      .thenNothing();
  });

  test('uses the current retention, not that at the deletion', () => {
    const deleted = [...animals, removeAll('animals', {}, { deleteAliases: true }), clock('1d')] as const;
    given(...deleted, server({ retentionSeconds: time('1d') }))
      .when(review)
      .then(reviewed(v0, v1, v2));
    given(...deleted, server({ retentionSeconds: time('0s') }))
      .when(review)
      .then(reviewed(v0, v1, v2));
    given(...deleted, clock('6d'), server({ retentionSeconds: time('8d') }))
      .when(review)
      .thenNothing();
  });

  test('moves what it takes from one queue to the next, and frees nothing yet', () => {
    const before = given(...animals, removeWithAliases('animals:v0'), clock('7d'));
    const { store } = before.when(review);
    expect(versionById(store, v0).state).toMatchObject({ kind: 'PENDING_DELETION', stage: 'reviewed' });
    expect([...store.trash.entries()]).toEqual([]);
    expect([...store.garbageCollection.reviewed.entries()]).toEqual([[0, v0]]);
    expect(store.bucket).toBe(before.store.bucket);
  });
});

test('a review reads what it takes and one more, not the whole queue (GC-10)', () => {
  const many = Array.from({ length: 50 }, (_none, at) =>
    log('animals', { cat: '2MB', more: `${at}B content-${at}` }),
  );
  const { store } = given(
    log('plants', { fern: '1MB' }),
    ...many,
    removeCollection('plants'),
    clock('1d'),
    removeCollection('animals'),
    clock('6d'),
  );
  const { versions } = store;
  const read: VersionId[] = [];
  const reading: Store['versions'] = {
    size: versions.size,
    get: (id) => {
      read.push(id);
      return versions.get(id);
    },
    has: (id) => versions.has(id),
    insert: (id, row) => versions.insert(id, row),
    amend: (id, recipe) => versions.amend(id, recipe),
    putAll: (given, recipe) => versions.putAll(given, recipe),
    remove: (id) => versions.remove(id),
    sortedIds: (compare) => versions.sortedIds(compare),
    unorderedRows: () => versions.unorderedRows(),
  };
  expect(decideReview(review, { ...store, versions: reading })).toEqual({
    ok: true,
    events: [reviewed(versionId('plants:v0'))],
  });
  expect(read).toEqual([versionId('plants:v0'), v0]);
});

test('a soft-deleted version is retained until its deletion plus the retention (DEL-15)', () => {
  const { store } = given(...animals, clock('1d'), removeWithAliases('animals:v0'));
  expect(retainedUntil(store, v0)).toBe(time('8d'));
  expect(() => retainedUntil(store, v1)).toThrow('only soft-deleted versions wait for garbage collection');
});
