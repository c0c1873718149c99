import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/decider/command.ts';
import type { StoreEvent } from '../../src/decider/event.ts';
import { collectionIdOf, collectionNamed as named } from '../../src/store/artifact-collection.ts';
import { existingCollection, find, versionAt } from '../../src/store/look-up.ts';
import type { Store } from '../../src/store/store.ts';
import {
  begin,
  commit,
  link,
  log,
  recover,
  remove,
  removeCollection,
  removeWithAliases,
  rename,
  restore,
  unlink,
} from '../support/stores/builders.ts';
import { given } from '../support/stores/given.ts';
import { collectionId, collectionNamed, versionId, versionNamed } from '../support/stores/names.ts';

const animals = log('animals', { cat: '2MB' }, { aliases: ['best'] });
const again = log('animals', { dog: '1MB' });
const renamed = (id: string, from: string, to: string): StoreEvent => ({
  type: 'collectionRenamed',
  collectionId: collectionId(id),
  from: collectionNamed(from),
  to: collectionNamed(to),
});
const idAt = (store: Store, name: string) => existingCollection(store, collectionNamed(name))?.id;
const versionAtName = (store: Store, name: string) => find(store, versionNamed(name))?.version.id;

describe('an artifact collection is renamed (COL-1)', () => {
  test('in its project, and keeps its id, versions, aliases, links and indexes', () => {
    const after = given(animals, again, link('animals:v0', 'prod')).when(rename('animals', 'beasts'));
    after.then(renamed('animals', 'animals', 'beasts'));
    const { store } = given(animals, again, link('animals:v0', 'prod'), rename('animals', 'beasts'));
    expect(idAt(store, 'beasts')).toBe(collectionId('animals'));
    expect(versionAtName(store, 'beasts:best')).toBe(versionId('animals:v0'));
    expect(versionAtName(store, 'beasts:latest')).toBe(versionId('animals:v1'));
    expect(versionAtName(store, 'prod:v0')).toBe(versionId('animals:v0'));
    const next = given(animals, again, rename('animals', 'beasts')).when(log('beasts', { rat: '3MB' })).store;
    expect(versionAtName(next, 'beasts:v2')).toBe(versionId('animals#2'));
    expect(next.collections.size).toBe(1);
  });

  test('and so is a portfolio, with its links, also in a registry', () => {
    const { store } = given(
      animals,
      link('animals:v0', 'models/prod', ['live']),
      rename('models/prod', 'stage'),
    );
    expect(versionAtName(store, 'models/stage:live')).toBe(versionId('animals:v0'));
    expect(versionAtName(store, 'models/prod:live')).toBeUndefined();
    given(animals, link('animals:v0', 'models/prod'), rename('models/prod', 'stage'))
      .when(unlink('models/stage:v0'))
      .thenTypes(['linkRemoved']);
  });

  test('with what is being uploaded to it', () => {
    const { store } = given(
      begin('animals', { cat: '2MB' }),
      rename('animals', 'beasts'),
      commit(versionId('animals#0')),
    );
    expect(versionAtName(store, 'beasts:v0')).toBe(versionId('animals#0'));
  });

  test('and its former name finds nothing of it, in any state', () => {
    const { store } = given(animals, again, removeWithAliases('animals:v0'), rename('animals', 'beasts'));
    for (const name of ['animals:v0', 'animals:v1', 'animals#0', 'animals:latest']) {
      expect(versionAt(store, versionNamed(name))).toBeUndefined();
    }
    expect(versionAt(store, versionNamed('beasts:v0'))?.state.kind).toBe('PENDING_DELETION');
    given(animals, rename('animals', 'beasts'))
      .when(remove('animals:v0'))
      .thenRefused('not-found', { sentence: 'There is no version animals:v0.' });
  });

  test('to the name that it has, which changes nothing', () => {
    given(animals).when(rename('animals', 'animals')).thenNothing();
    given(animals, rename('animals', 'beasts')).when(rename('beasts', 'beasts')).thenNothing();
  });

  test('and back again, and then nothing is left to be known of its names but the one that it had', () => {
    const { store } = given(animals, rename('animals', 'beasts'), rename('beasts', 'animals'));
    expect(idAt(store, 'animals')).toBe(collectionId('animals'));
    expect(named(store, collectionNamed('beasts'))).toBeUndefined();
    expect([...store.names.keys()]).toEqual([collectionId('beasts')]);
  });
});

describe('a former name is used again (COL-1)', () => {
  const moved = [animals, again, rename('animals', 'beasts'), log('animals', { emu: '4MB' })];

  test('by a new artifact collection with an id of its own, which starts at v0 and shares nothing', () => {
    const { store } = given(...moved);
    const id = idAt(store, 'animals');
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(id).not.toBe(collectionId('animals'));
    expect(versionAtName(store, 'animals:v0')).toBe(`${id}#0`);
    expect(versionAtName(store, 'beasts:v0')).toBe(versionId('animals:v0'));
  });

  test('by as many as there are, one after the other, each with the same id wherever the story is played', () => {
    const rotated = (count: number): readonly Command[] =>
      Array.from({ length: count }, (_, n) => [log('animals'), rename('animals', `old-${n}`)]).flat();
    const { store } = given(...rotated(20), log('animals'));
    expect(store.collections.size).toBe(21);
    expect(given(...rotated(20), log('animals')).store.names).toEqual(store.names);
    expect(new Set(Array.from({ length: 20 }, (_, n) => idAt(store, `old-${n}`))).size).toBe(20);
  });

  test('by the former holder, once it is free again', () => {
    const { store } = given(...moved, rename('animals', 'birds'), rename('beasts', 'animals'));
    expect(idAt(store, 'animals')).toBe(collectionId('animals'));
    expect(versionAtName(store, 'birds:v0')).toBeDefined();
    const third = given(
      ...moved,
      rename('animals', 'birds'),
      rename('beasts', 'animals'),
      rename('animals', 'apes'),
    ).when(log('animals')).store;
    expect(third.collections.size).toBe(3);
    expect(idAt(third, 'apes')).toBe(collectionId('animals'));
  });

  test('and two that change their names over a third have each other\u2019s', () => {
    const swapped = [
      animals,
      log('plants'),
      rename('animals', 'x'),
      rename('plants', 'animals'),
      rename('x', 'plants'),
    ];
    const { store } = given(...swapped);
    expect([idAt(store, 'animals'), idAt(store, 'plants')]).toEqual([
      collectionId('plants'),
      collectionId('animals'),
    ]);
    given(...swapped)
      .when(rename('animals', 'plants'))
      .thenRefused('name-taken');
  });

  test('by its holder after a deletion, whose indexes continue (DEL-16)', () => {
    const { store } = given(...moved, removeCollection('beasts'), log('beasts', { fox: '5MB' }));
    expect(versionAtName(store, 'beasts:v2')).toBe(versionId('animals#2'));
    const other = given(...moved, removeCollection('animals'), log('animals')).store;
    expect(versionAtName(other, 'animals:v1')).toBeDefined();
    expect(other.collections.size).toBe(2);
  });
});

describe('the name of a deleted artifact collection is taken (COL-1)', () => {
  const taken = [
    log('plants', { fern: '1MB' }),
    removeCollection('plants'),
    animals,
    rename('animals', 'plants'),
  ];

  test('which then is called plants~1, and finds its versions by that name', () => {
    given(log('plants', { fern: '1MB' }), removeCollection('plants'), animals)
      .when(rename('animals', 'plants'))
      .then(renamed('plants', 'plants', 'plants~1'), renamed('animals', 'animals', 'plants'));
    const { store } = given(...taken);
    expect(versionAtName(store, 'plants:v0')).toBe(versionId('animals:v0'));
    expect(versionAt(store, versionNamed('plants~1:v0'))?.id).toBe(versionId('plants:v0'));
  });

  test('so that they can still be restored and recovered, and the artifact collection gets a name again', () => {
    given(...taken)
      .when(recover('plants~1:v0'))
      .thenTypes(['collectionCreated', 'versionRecovered']);
    const { store } = given(...taken, restore('plants~1:v0'), rename('plants~1', 'ferns'));
    expect(versionAtName(store, 'ferns:v0')).toBe(versionId('plants:v0'));
  });

  test('as often as it happens, with the next number', () => {
    const next = [removeCollection('plants'), log('animals'), rename('animals', 'plants')];
    const { store } = given(...taken, ...next, ...next, ...next);
    const names = [...store.collections.unorderedRows()].map(({ name }) => name.collection);
    expect(names.sort()).toEqual(['plants', 'plants~1', 'plants~2', 'plants~3', 'plants~4']);
  });

  test('but nobody can choose such a name', () => {
    given(animals).when(rename('animals', 'plants~1')).thenRefused('bad-name');
    given().when(log('plants~1')).thenRefused('bad-name');
    given(...taken)
      .when(log('plants~1'))
      .thenTypes(['collectionCreated', 'versionBegun', 'versionCommitted', 'aliasPut']);
  });
});

describe('a rename is refused', () => {
  test('to a name that another artifact collection has, of whatever kind', () => {
    for (const other of ['plants', 'prod']) {
      given(animals, log('plants'), link('plants:v0', 'prod'))
        .when(rename('animals', other))
        .thenRefused('name-taken', {
          rule: 'COL-1',
          sentence: `animals cannot be renamed to ${other}: another artifact collection has this name.`,
        });
    }
  });

  test.each(['', 'no spaces', 'lab/animals', 'animals:v0', '\ud800', 'x'.repeat(129)])('to %j', (to) => {
    given(animals).when(rename('animals', to)).thenRefused('bad-name', { rule: 'LOG-1' });
  });

  test('of what does not exist, or no longer', () => {
    given().when(rename('animals', 'beasts')).thenRefused('not-found');
    given(animals, removeCollection('animals')).when(rename('animals', 'beasts')).thenRefused('not-found');
    given(animals, rename('animals', 'beasts')).when(rename('animals', 'birds')).thenRefused('not-found');
  });
});

test('the key of a name is the id of the first artifact collection of that name', () => {
  expect(collectionIdOf(collectionNamed('animals'))).toBe(idAt(given(animals).store, 'animals'));
});
