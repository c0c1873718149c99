import { describe, expect, test } from 'vitest';
import {
  aliasIndex,
  collectionById,
  existingCollection,
  find,
  fullNameOfVersion,
  linkById,
  nameOfCollection,
  nameOfVersion,
  newestIndex,
  objectById,
  runById,
  versionAt,
  versionById,
} from '../../src/store/look-up.ts';
import type { Store } from '../../src/store/store.ts';
import {
  alias,
  begin,
  link,
  log,
  removeCollection,
  removeWithAliases,
  server,
} from '../support/stores/builders.ts';
import { given } from '../support/stores/given.ts';
import {
  collectionId,
  collectionNamed,
  linkId,
  objectId,
  runId,
  versionId,
  versionNamed,
} from '../support/stores/names.ts';

const animals = [log('animals', { cat: '2MB' }), log('animals', { dog: '1MB' }, { aliases: ['best'] })];
const found = (store: Store, name: string) => find(store, versionNamed(name))?.version.id;

describe('a name finds', () => {
  test('a COMMITTED version by its index and by its aliases', () => {
    const { store } = given(...animals);
    expect(found(store, 'animals:v0')).toBe(versionId('animals:v0'));
    for (const name of ['animals:v1', 'animals:latest', 'animals:best', 'team/demo/animals:best']) {
      expect(found(store, name)).toBe(versionId('animals:v1'));
    }
  });

  test('through a link its source, by the index and the aliases of the portfolio', () => {
    const { store } = given(...animals, link('animals:v0', 'prod', ['live']));
    for (const name of ['prod:v0', 'prod:latest', 'prod:live']) {
      expect(find(store, versionNamed(name))).toMatchObject({
        kind: 'link',
        version: { id: versionId('animals:v0') },
      });
    }
    expect(find(store, versionNamed('prod:best'))).toBeUndefined();
  });

  test('nothing if there is no such collection, index or alias', () => {
    const { store } = given(...animals);
    for (const name of [
      'plants:v0',
      'animals:v2',
      'animals:worst',
      'animals:__proto__',
      'wild/animals:v0',
      ':',
    ])
      expect(found(store, name)).toBeUndefined();
  });

  test('no version under upload (LOG-5)', () => {
    expect(found(given(begin('animals')).store, 'animals:v0')).toBeUndefined();
  });

  test('no soft-deleted version, by whatever name (DEL-3)', () => {
    const { store } = given(...animals, removeWithAliases('animals:v1'));
    for (const name of ['animals:v1', 'animals:latest', 'animals:best'])
      expect(found(store, name)).toBeUndefined();
  });

  test('nothing in a deleted collection', () => {
    const { store } = given(...animals, removeCollection('animals'));
    expect(existingCollection(store, collectionNamed('animals'))).toBeUndefined();
    expect(found(store, 'animals:v0')).toBeUndefined();
  });
});

describe('the setting latestAfterDelete (ALI-6)', () => {
  const deleted = [...animals, removeWithAliases('animals:v1')];
  const resolving = server({ latestAfterDelete: 'resolve-newest' });

  test('by default, latest is absent after its version was deleted', () => {
    expect(found(given(...deleted).store, 'animals:latest')).toBeUndefined();
  });

  test('set to resolve-newest, latest finds the newest committed version, and names none all the same', () => {
    const { store } = given(...deleted, resolving);
    expect(found(store, 'animals:latest')).toBe(versionId('animals:v0'));
    expect(aliasIndex(collectionById(store, collectionId('animals')), 'latest')).toBeUndefined();
    expect(found(store, 'animals:best')).toBeUndefined();
  });

  test('has no effect while any version has latest', () => {
    const { store } = given(...animals, alias('animals:v0', { add: ['latest'] }), resolving);
    expect(found(store, 'animals:latest')).toBe(versionId('animals:v0'));
  });

  test('finds nothing if no version is committed', () => {
    const { store } = given(...deleted, removeWithAliases('animals:v0'), resolving, begin('animals'));
    expect(found(store, 'animals:latest')).toBeUndefined();
  });
});

describe('what is still known of a version that can no longer be found', () => {
  test('versionAt finds tombstones by index and uploads by serial, though neither by alias', () => {
    const { store } = given(...animals, removeWithAliases('animals:v1'), begin('animals', { rat: '3MB' }));
    expect(versionAt(store, versionNamed('animals:v1'))?.state.kind).toBe('PENDING_DELETION');
    expect(versionAt(store, versionNamed('animals#2'))?.state.kind).toBe('PENDING');
    expect(versionAt(store, versionNamed('animals:v2'))).toBeUndefined();
    expect(versionAt(store, versionNamed('animals#3'))).toBeUndefined();
    expect(versionAt(store, versionNamed('animals:best'))).toBeUndefined();
    expect(versionAt(store, versionNamed('animals:v3'))).toBeUndefined();
  });

  test('versionAt finds through links, and a sequence that was deleted', () => {
    const linked = given(...animals, link('animals:v0', 'prod')).store;
    expect(versionAt(linked, versionNamed('prod:v0'))?.id).toBe(versionId('animals:v0'));
    const { store } = given(...animals, removeCollection('animals'));
    expect(versionAt(store, versionNamed('animals:v0'))?.state.kind).toBe('PENDING_DELETION');
  });

  test('a version is called by its index, in the shortest form, also when it is gone', () => {
    const { store } = given(
      log('zoo/animals'),
      removeWithAliases('zoo/animals:v0'),
      removeCollection('zoo/animals'),
    );
    expect(nameOfVersion(store, versionId('zoo/animals:v0'))).toBe('zoo/animals:v0');
    expect(fullNameOfVersion(store, versionId('zoo/animals:v0'))).toBe('team/zoo/animals:v0');
    expect(nameOfCollection(store, collectionId('zoo/animals'))).toBe('zoo/animals');
  });

  test('the newest index is the greatest that is listed', () => {
    const { store } = given(...animals, removeWithAliases('animals:v1'));
    expect(newestIndex(collectionById(store, collectionId('animals')))).toBe(0);
  });
});

test('an id that was never handed out is a bug, and stops', () => {
  const { store } = given(...animals);
  const [version, collection, object] = [
    versionId('animals:v2'),
    collectionId('plants'),
    objectId('animals', 'rat'),
  ];
  const [gone, run] = [linkId('prod:v0'), runId('run-1')];
  expect(() => versionById(store, version)).toThrow(`assertion failed: there is a version ${version}`);
  expect(() => collectionById(store, collection)).toThrow(`there is an artifact collection ${collection}`);
  expect(() => objectById(store, object)).toThrow(`there is an object ${object}`);
  expect(() => linkById(store, gone)).toThrow(`there is a link ${gone}`);
  expect(() => runById(store, run)).toThrow(`there is a run ${run}`);
});
