import { describe, expect, test } from 'vitest';
import { existingCollection, versionById } from '../../../src/store/look-up.ts';
import type { Store } from '../../../src/store/store.ts';
import {
  alias,
  begin,
  bytesOf,
  clock,
  commit,
  link,
  log,
  remove,
  removeAll,
  removeCollection,
  removeProject,
  removeRun,
  removeWithAliases,
  setTtl,
} from '../../support/stores/builders.ts';
import { collectionGone, committed, created, deleted, unlinked } from '../../support/stores/events.ts';
import { collected, given, givenAmong } from '../../support/stores/given.ts';
import { collectionNamed, versionId } from '../../support/stores/names.ts';
import { peopleOf } from '../../support/stores/people.ts';
import { plain } from '../../support/stores/plain.ts';

// The canonical example: v1 shares cat and dog with v0, and adds rat.
const animals = [
  log('animals', { cat: '2MB', dog: '1MB' }),
  log('animals', { cat: '2MB', dog: '1MB', rat: '3MB' }, { aliases: ['best'] }),
];
const states = (store: Store, ...names: readonly string[]) =>
  names.map((name) => versionById(store, versionId(name)).state.kind);

describe('deleting a sequence (DEL-7)', () => {
  test('soft-deletes every version, aliases and all, and the links to them disappear', () => {
    given(...animals, begin('animals', { owl: '4MB' }), link('animals:v0', 'models/prod'))
      .when(removeCollection('animals'))
      .then(
        unlinked('models/prod:v0', 'animals:v0', ['latest']),
        deleted('animals:v0'),
        deleted('animals:v1', 'best', 'latest'),
        deleted('animals#2'),
        collectionGone('animals'),
      );
  });

  test('takes its versions in the order of their indexes, and then its uploads', () => {
    given(
      begin('animals', { cat: '2MB' }),
      begin('animals', { dog: '1MB' }),
      begin('animals', { rat: '3MB' }),
      commit(versionId('animals#1')),
    )
      .when(removeCollection('animals'))
      .then(
        deleted('animals#1', 'latest'),
        deleted('animals#0'),
        deleted('animals#2'),
        collectionGone('animals'),
      );
  });

  test('leaves out what was deleted before', () => {
    given(...animals, remove('animals:v0'))
      .when(removeCollection('animals'))
      .then(deleted('animals:v1', 'best', 'latest'), collectionGone('animals'));
  });

  test('frees the bytes when garbage collection has been by, and no others', () => {
    const history = [...animals, log('plants', { cat: '2MB' }), removeCollection('animals')];
    expect(given(...history).store.bucket.storedBytes).toBe(bytesOf('8MB'));
    expect(given(...history, clock('7d'), collected).store.bucket.storedBytes).toBe(bytesOf('2MB'));
  });

  test('of no versions at all deletes the sequence alone', () => {
    given(log('animals'), removeWithAliases('animals:v0'))
      .when(removeCollection('animals'))
      .then(collectionGone('animals'));
  });

  test('that is not there, or no longer, is refused', () => {
    given(...animals)
      .when(removeCollection('plants'))
      .thenRefused('not-found', {
        rule: 'DEL-3',
        sentence: 'There is no artifact collection plants.',
        blockers: [],
      });
    given(...animals, removeCollection('animals'))
      .when(removeCollection('animals'))
      .thenRefused('not-found');
    given(...animals, removeCollection('animals'))
      .when(removeAll('animals'))
      .thenRefused('not-found');
    given(...animals)
      .when(removeCollection('__proto__'))
      .thenRefused('not-found');
  });

  test('lets its name be logged to again, under any type, and the indexes go on (DEL-16)', () => {
    const again = given(...animals, removeCollection('animals')).when(log('animals', {}, { type: 'model' }));
    again.thenTypes(['collectionCreated', 'versionBegun', 'versionCommitted', 'aliasPut']);
    expect(again.events[0]).toEqual(created('animals', { type: 'model', again: true }));
    expect(again.events[2]).toEqual(committed('animals:v2'));
  });

  test('is refused as a whole because of one protected alias on a link to one of its versions (ALI-7)', () => {
    const held = given(
      ...animals,
      link('animals:v0', 'mirror'),
      link('animals:v1', 'models/prod', ['live']),
      alias('models/prod:v0', { protect: ['live'] }),
    );
    const when = held.when(removeCollection('animals')).thenRefused('protected-alias', {
      rule: 'ALI-7',
      sentence: 'Nobody can delete animals: the alias live of models/prod:v0 is protected.',
      blockers: ['models/prod:v0 (live)'],
    });
    expect(plain(when.store)).toEqual(plain(held.store));
  });
});

describe('deleting a portfolio (DEL-8)', () => {
  const inProd = [...animals, link('animals:v0', 'models/prod', ['live']), link('animals:v1', 'models/prod')];

  test('removes its links only; their sources stay, aliases and all', () => {
    const when = given(...inProd)
      .when(removeCollection('models/prod'))
      .then(
        unlinked('models/prod:v0', 'animals:v0', ['live']),
        unlinked('models/prod:v1', 'animals:v1', ['latest']),
        collectionGone('models/prod'),
      );
    expect(states(when.store, 'animals:v0', 'animals:v1')).toEqual(['COMMITTED', 'COMMITTED']);
    expect(versionById(when.store, versionId('animals:v1')).state).toMatchObject({
      aliases: ['best', 'latest'],
    });
    expect(when.store.trash.size).toBe(0);
  });

  test('leaves the links to them in other portfolios', () => {
    const { store } = given(...inProd, link('animals:v0', 'mirror'), removeCollection('models/prod'));
    expect(existingCollection(store, collectionNamed('mirror'))?.listed.size).toBe(1);
  });

  test('is refused as a whole because of a protected alias on one of its links, except for an admin (ALI-7)', () => {
    const among = givenAmong(peopleOf({ registries: { models: { mel: 'member', ann: 'admin' } } }));
    const held = among(...inProd, alias('models/prod:v0', { protect: ['live'] }));
    held.when({ ...removeCollection('models/prod'), by: 'mel' }).thenRefused('forbidden', {
      rule: 'ALI-7',
      sentence:
        'mel cannot delete models/prod: the alias live of models/prod:v0 is protected, and only a registry admin may remove the link.',
      blockers: ['models/prod:v0 (live)'],
    });
    for (const by of ['ann', null]) {
      held
        .when({ ...removeCollection('models/prod'), by })
        .thenTypes(['linkRemoved', 'linkRemoved', 'collectionDeleted']);
    }
  });

  test('is not refused because of protected aliases elsewhere', () => {
    const among = givenAmong(peopleOf({ registries: { models: { mel: 'member' } } }));
    among(
      ...inProd,
      link('animals:v0', 'models/mirror', ['live']),
      alias('models/mirror:v0', { protect: ['live'] }),
    )
      .when({ ...removeCollection('models/prod'), by: 'mel' })
      .thenTypes(['linkRemoved', 'linkRemoved', 'collectionDeleted']);
  });
});

test('a version that any deletion includes no longer waits for its expiry', () => {
  for (const deletion of [
    removeCollection('animals'),
    removeRun('run-1', { artifacts: true }),
    removeProject('demo'),
  ]) {
    const { store } = given(
      log('animals', { cat: '2MB' }, { run: 'run-1' }),
      log('animals', { dog: '1MB' }, { run: 'run-1' }),
      setTtl('animals:v0', '30d'),
      deletion,
    );
    expect([store.expiring.size, store.inheriting.size]).toEqual([0, 0]);
  }
});
