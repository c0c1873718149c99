import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allVersions,
  holdersAround,
  holdersOf,
  holdersOfAll,
  versionsListing,
  versionsOf,
} from '../../src/store/holders.ts';
import { nameOfVersion, versionById } from '../../src/store/look-up.ts';
import type { Store } from '../../src/store/store.ts';
import { digestOfObjectId, objectIdOf, objectsOf, scopeOf } from '../../src/store/stored-object.ts';
import { holdsObjects, type Version } from '../../src/store/version.ts';
import { digestOfName } from '../../src/values/digest.ts';
import { histories } from '../support/arbitraries/histories.ts';
import { playHistory, simulatorFor } from '../support/histories/play-history.ts';
import { runs } from '../support/property-runs.ts';
import {
  begin,
  clock,
  link,
  log,
  release,
  removeCollection,
  removeWithAliases,
  review,
  server,
} from '../support/stores/builders.ts';
import { collected, given } from '../support/stores/given.ts';
import { collectionId, objectId, sharedObjectId, versionId } from '../support/stores/names.ts';

const cat = objectId('animals', 'cat');
const names = (store: Store, versions: readonly Version[]) =>
  versions.map(({ id }) => nameOfVersion(store, id));

describe('what holds an object (GC-3)', () => {
  const history = [
    log('animals', { cat: '2MB' }),
    begin('animals', { cat: '2MB', dog: '1MB' }),
    log('animals', { kitten: '2MB cat', copy: '2MB cat' }),
    log('animals', { rat: '3MB' }),
  ];

  test('is every version that lists its content, PENDING and soft-deleted ones too, once each, in order of upload', () => {
    const { store } = given(...history, removeWithAliases('animals:v0'));
    expect(names(store, holdersOf(store, cat))).toEqual(['animals:v0', 'animals#1', 'animals:v1']);
    expect(store.objects.get(cat)?.holders).toBe(3);
  });

  test('is a soft-deleted version as long as it has not been released', () => {
    const deleted = [...history, removeWithAliases('animals:v0'), clock('7d'), review] as const;
    const reviewed = given(...deleted).store;
    expect(names(reviewed, holdersOf(reviewed, cat))).toContain('animals:v0');
    const released = given(...deleted, release(versionId('animals:v0'))).store;
    expect(names(released, holdersOf(released, cat))).toEqual(['animals#1', 'animals:v1']);
  });

  test('does not include tombstones, which still list the object', () => {
    const { store } = given(...history, removeWithAliases('animals:v0'), clock('7d'), collected);
    expect(names(store, holdersOf(store, cat))).toEqual(['animals#1', 'animals:v1']);
    expect(names(store, versionsListing(store, cat))).toEqual(['animals:v0', 'animals#1', 'animals:v1']);
    expect(versionsListing(store, cat).map(holdsObjects)).toEqual([false, true, true]);
  });

  test('is asked of all objects at once with the same answers', () => {
    const { store } = given(...history, log('plants', { cat: '2MB' }), removeWithAliases('animals:v0'));
    const all = holdersOfAll(store);
    expect([...all.keys()].sort()).toEqual([...store.objects.sortedIds((a, b) => (a < b ? -1 : 1))]);
    for (const [id, holders] of all)
      expect(names(store, holders)).toEqual(names(store, holdersOf(store, id)));
  });
});

describe('what holds an object, asked of a version that lists it', () => {
  test('is the same in any history, wherever the look begins', () => {
    const property = fc.property(histories(30), (history) => {
      const simulator = simulatorFor(history);
      for (const _call of playHistory(history, simulator));
      const { store } = simulator;
      for (const version of allVersions(store)) {
        for (const [id] of objectsOf(version.scope, version.manifest)) {
          expect(names(store, holdersAround(store, version, id))).toEqual(names(store, holdersOf(store, id)));
        }
      }
    });
    fc.assert(property, runs(60));
  });

  test('is found however far apart they are, with versions between that do not list it', () => {
    const { store } = given(
      log('animals', { cat: '2MB' }),
      ...['a', 'b', 'c'].map((other) => log('animals', { [other]: '1MB' })),
      log('animals', { cat: '2MB' }),
    );
    const asked = versionById(store, versionId('animals:v4'));
    expect(names(store, holdersAround(store, asked, cat))).toEqual(['animals:v0', 'animals:v4']);
  });
});

describe('the scope in which objects are shared (LOG-7)', () => {
  test('two sequences with equal bytes hold an object each', () => {
    const { store } = given(log('animals', { cat: '2MB' }), log('plants', { cat: '2MB' }));
    expect(names(store, holdersOf(store, cat))).toEqual(['animals:v0']);
    expect(names(store, holdersOf(store, objectId('plants', 'cat')))).toEqual(['plants:v0']);
  });

  test('an entity, with that setting, stores one in all its sequences; earlier objects stay separate', () => {
    const { store } = given(
      log('animals', { cat: '2MB' }),
      server({ sharing: 'entity' }),
      log('animals', { cat: '2MB', dog: '1MB' }),
      log('plants', { cat: '2MB' }),
      log('wild/demo/animals', { cat: '2MB' }),
    );
    expect(names(store, holdersOf(store, cat))).toEqual(['animals:v0']);
    expect(names(store, holdersOf(store, sharedObjectId('team', 'cat')))).toEqual([
      'animals:v1',
      'plants:v0',
    ]);
    expect(names(store, holdersOf(store, sharedObjectId('wild', 'cat')))).toEqual(['wild/demo/animals:v0']);
  });

  test('an object is identified by its scope and its content', () => {
    const scope = scopeOf('entity', collectionId('animals'), 'team');
    expect(scope).not.toContain('team');
    expect(digestOfObjectId(objectIdOf(scope, digestOfName('cat')))).toBe(digestOfName('cat'));
    // The base64 of this one has a slash in it.
    expect(digestOfName('rat')).toMatch(/\//);
    expect(digestOfObjectId(objectIdOf(scope, digestOfName('rat')))).toBe(digestOfName('rat'));
  });
});

describe('every version there ever was', () => {
  test('comes by the full names of the sequences, in code-point order, and then by index', () => {
    const { store } = given(
      log('zebra'),
      log('Zebra'),
      log('animals', { cat: '2MB' }),
      log('animals', { dog: '1MB' }),
      log('wild/demo/ant'),
      removeCollection('animals'),
    );
    expect(names(store, allVersions(store))).toEqual([
      'Zebra:v0',
      'animals:v0',
      'animals:v1',
      'zebra:v0',
      'wild/demo/ant:v0',
    ]);
    expect(names(store, versionsOf(store, collectionId('animals')))).toEqual(['animals:v0', 'animals:v1']);
  });

  test('is born in a sequence: a portfolio has none, whatever links it has', () => {
    const { store } = given(log('animals', { cat: '2MB' }), link('animals:v0', 'prod'));
    expect(versionsOf(store, collectionId('prod'))).toEqual([]);
    expect(names(store, allVersions(store))).toEqual(['animals:v0']);
  });
});
