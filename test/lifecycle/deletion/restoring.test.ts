import { describe, expect, test } from 'vitest';
import { find, versionById } from '../../../src/store/look-up.ts';
import {
  begin,
  bytesOf,
  clock,
  close,
  link,
  log,
  release,
  removeWithAliases,
  restore,
  review,
  server,
  use,
} from '../../support/stores/builders.ts';
import { put, restored, reused } from '../../support/stores/events.ts';
import { collected, given } from '../../support/stores/given.ts';
import { objectId, runId, versionId, versionNamed } from '../../support/stores/names.ts';
import { plain } from '../../support/stores/plain.ts';

const v0 = versionId('animals:v0');
const animals = [
  log('animals', { cat: '2MB', dog: '1MB' }, { aliases: ['best'], tags: ['raw'], run: 'run-1' }),
  log('animals', { cat: '2MB', dog: '1MB', rat: '3MB' }),
];
const gone = [...animals, clock('1h'), removeWithAliases('animals:v0')];
const due = [...gone, clock('7d')];

describe('a restored version (DEL-15)', () => {
  test('is COMMITTED again, at its index, without its former aliases', () => {
    given(...gone)
      .when(restore('animals:v0'))
      .then(restored('animals:v0'));
    const { store } = given(...gone, clock('1d'), restore('animals:v0'));
    expect(versionById(store, v0).state).toEqual({ kind: 'COMMITTED', committedAt: 0, aliases: [] });
    expect(find(store, versionNamed('animals:v0'))?.version.id).toBe(v0);
    expect(find(store, versionNamed('animals:best'))).toBeUndefined();
  });

  test('is otherwise what it was: its files, its age, its TTL, its tags and its lineage', () => {
    const used = [...animals, use('animals:v0', 'run-2')];
    const before = versionById(given(...used).store, v0);
    const after = given(...used, removeWithAliases('animals:v0'), clock('1d'), restore('animals:v0')).store;
    expect(plain({ ...versionById(after, v0), state: null })).toEqual(plain({ ...before, state: null }));
    expect([...versionById(after, v0).usedBy.keys()]).toEqual([runId('run-2')]);
  });

  test('keeps the time at which its upload was over', () => {
    const { store } = given(
      clock('3h'),
      log('animals', { cat: '2MB' }),
      clock('1h'),
      removeWithAliases('animals:v0'),
      clock('1d'),
      restore('animals:v0'),
    );
    expect(versionById(store, v0).state).toMatchObject({ kind: 'COMMITTED', committedAt: 3 * 3600 });
  });

  test('counts again: as logical bytes, and as the newest if it is', () => {
    const { store } = given(...animals, removeWithAliases('animals:v1'), restore('animals:v1'));
    expect(store.logicalBytes).toBe(bytesOf('9MB'));
    given(...animals, removeWithAliases('animals:v1'), restore('animals:v1'))
      .when(log('animals', { cat: '2MB', dog: '1MB', rat: '3MB' }))
      .then(reused('animals:v1'), put('animals:v1', 'latest'));
  });

  test('does not get latest back, whichever version had it (ALI-6)', () => {
    const latest = [...animals, removeWithAliases('animals:v1'), restore('animals:v1')];
    expect(find(given(...latest).store, versionNamed('animals:latest'))).toBeUndefined();
    const newest = given(...latest, server({ latestAfterDelete: 'resolve-newest' })).store;
    expect(find(newest, versionNamed('animals:latest'))?.version.index).toBe(1);
  });

  test('does not get its links back: they went with it (DEL-13)', () => {
    const { store } = given(
      ...animals,
      link('animals:v0', 'prod'),
      removeWithAliases('animals:v0'),
      restore('animals:v0'),
    );
    expect(store.links.size).toBe(0);
    expect(versionById(store, v0).links).toEqual([]);
  });

  test('no longer waits for garbage collection, and its retention starts again with its next deletion', () => {
    const back = [...gone, clock('6d'), restore('animals:v0')];
    expect(versionById(given(...back, clock('30d'), collected).store, v0).state.kind).toBe('COMMITTED');
    const again = [...back, removeWithAliases('animals:v0'), clock('6d'), collected];
    given(...again)
      .when(restore('animals:v0'))
      .then(restored('animals:v0'));
    expect(versionById(given(...again, clock('1d'), collected).store, v0).state.kind).toBe('DELETED');
  });

  test('may be deleted and restored again and again', () => {
    const once = [removeWithAliases('animals:v0'), restore('animals:v0')];
    const often = given(...animals, ...once, ...once, ...once).store;
    expect(often.nextTrashNumber).toBe(3);
    expect(plain({ ...often, nextTrashNumber: 1 })).toEqual(plain(given(...animals, ...once).store));
  });

  test('is restored with the others of its sequence in any order', () => {
    const both = [...animals, removeWithAliases('animals:v0'), removeWithAliases('animals:v1')];
    const [one, other] = [restore('animals:v0'), restore('animals:v1')];
    expect(plain(given(...both, one, other).store)).toEqual(plain(given(...both, other, one).store));
  });
});

describe('a restore goes through (DEL-15)', () => {
  test('as long as garbage collection has not released the files, however late that is', () => {
    for (const history of [[], [clock('365d')], [review], [review, clock('365d')]]) {
      const back = given(...due, ...history)
        .when(restore('animals:v0'))
        .then(restored('animals:v0'));
      expect(back.store.trash.size + back.store.garbageCollection.reviewed.size).toBe(0);
    }
  });

  test('between review and release, and garbage collection then has nothing left to do', () => {
    const { store } = given(...due, review, restore('animals:v0'), collected);
    expect(store.bucket.storedBytes).toBe(bytesOf('6MB'));
    given(...due, review, restore('animals:v0'))
      .when(release(v0))
      .thenNothing();
    given(...due, review, restore('animals:v0'))
      .when(close(v0))
      .thenNothing();
  });

  test('for a version without files', () => {
    given(log('empty'), removeWithAliases('empty:v0')).when(restore('empty:v0')).then(restored('empty:v0'));
  });

  test('and changes nothing where the version is COMMITTED, by whatever name', () => {
    const linked = given(...animals, link('animals:v0', 'prod', ['live']));
    for (const name of ['animals:v0', 'animals:best', 'animals:latest', 'prod:v0', 'prod:live']) {
      linked.when(restore(name)).thenNothing();
    }
  });
});

test('a restored version holds its objects together with an upload that counts them as already stored (GC-9)', () => {
  const { store } = given(
    ...animals,
    removeWithAliases('animals:v1'),
    begin('animals', { rat: '3MB' }),
    restore('animals:v1'),
  );
  expect(store.objects.get(objectId('animals', 'rat'))?.holders).toBe(2);
});
