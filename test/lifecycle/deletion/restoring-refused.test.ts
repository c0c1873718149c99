import { describe, expect, test } from 'vitest';
import { collectionById, existingCollection, find, versionById } from '../../../src/store/look-up.ts';
import {
  abandon,
  begin,
  bucketDelete,
  bytesOf,
  clock,
  close,
  link,
  log,
  release,
  removeCollection,
  removeWithAliases,
  restore,
  review,
  sweep,
} from '../../support/stores/builders.ts';
import { created, restored } from '../../support/stores/events.ts';
import { collected, given } from '../../support/stores/given.ts';
import {
  collectionId,
  collectionNamed,
  objectId,
  versionId,
  versionNamed,
} from '../../support/stores/names.ts';

const v0 = versionId('animals:v0');
const animals = [
  log('animals', { cat: '2MB', dog: '1MB' }, { aliases: ['best'], tags: ['raw'], run: 'run-1' }),
  log('animals', { cat: '2MB', dog: '1MB', rat: '3MB' }),
];
const gone = [...animals, clock('1h'), removeWithAliases('animals:v0')];
const due = [...gone, clock('7d')];

describe('a restore from a sequence that was deleted (DEL-7, DEL-16)', () => {
  const swept = [...animals, removeCollection('animals')];

  test('reinstates the sequence, with its type, and restores only the one version', () => {
    const back = given(...swept)
      .when(restore('animals:v0'))
      .then(created('animals', { again: true }), restored('animals:v0'));
    expect([...collectionById(back.store, collectionId('animals')).listed.keys()]).toEqual([0]);
    expect(versionById(back.store, versionId('animals:v1')).state.kind).toBe('PENDING_DELETION');
    given(...swept, restore('animals:v0'))
      .when(restore('animals:v1'))
      .then(restored('animals:v1'));
  });

  test('keeps its type and continues its indexes', () => {
    const models = [
      log('net', { cat: '2MB' }, { type: 'model' }),
      removeCollection('net'),
      restore('net:v0'),
    ];
    expect(existingCollection(given(...models).store, collectionNamed('net'))?.artifactType).toBe('model');
    given(...models)
      .when(log('net', { dog: '1MB' }))
      .thenTypes(['versionBegun', 'versionCommitted', 'aliasPut']);
    expect(given(...models, log('net', { dog: '1MB' })).store.versions.has(versionId('net:v1'))).toBe(true);
  });

  test('joins a sequence that was created again in the meantime, even with another type', () => {
    const anew = [...swept, log('animals', { owl: '4MB' }, { type: 'model', aliases: ['best'] })];
    const back = given(...anew)
      .when(restore('animals:v0'))
      .then(restored('animals:v0'));
    expect([...collectionById(back.store, collectionId('animals')).listed.keys()]).toEqual([0, 2]);
    expect(find(back.store, versionNamed('animals:best'))?.version.index).toBe(2);
  });

  test('is refused if a portfolio has taken the name', () => {
    given(...swept, log('plants'), link('plants:v0', 'animals'))
      .when(restore('animals:v0'))
      .thenRefused('not-restorable', {
        rule: 'DEL-15',
        sentence: 'animals:v0 cannot be restored: animals is a portfolio now.',
        blockers: [],
      });
  });

  test('goes through once that portfolio is gone: the name is free, and a sequence again', () => {
    const free = [...swept, log('plants'), link('plants:v0', 'animals'), removeCollection('animals')];
    given(...free)
      .when(restore('animals:v0'))
      .thenTypes(['collectionCreated', 'versionRestored']);
    const { store } = given(...free, restore('animals:v0'));
    expect(collectionById(store, collectionId('animals'))).toMatchObject({
      kind: 'sequence',
      exists: true,
    });
  });

  test('goes through again once the name is that of a sequence again', () => {
    given(
      ...swept,
      log('plants'),
      link('plants:v0', 'animals'),
      removeCollection('animals'),
      log('animals', { owl: '4MB' }),
    )
      .when(restore('animals:v0'))
      .then(restored('animals:v0'));
  });
});

describe('a restore is refused', () => {
  const released = (state: string) =>
    ({
      rule: 'DEL-15',
      sentence: `animals:v0 is ${state} and cannot be restored: garbage collection has released its files.`,
      blockers: [],
    }) as const;

  test('once the files are released, though not one of them was swept', () => {
    given(...due, review, release(v0))
      .when(restore('animals:v0'))
      .thenRefused('not-restorable', released('PENDING_DELETION'));
    given(...due, collected)
      .when(restore('animals:v0'))
      .thenRefused('not-restorable', released('DELETED'));
    expect(given(...due, collected).store.bucket.storedBytes).toBe(bytesOf('6MB'));
  });

  test('at every step after the release', () => {
    const alone = [log('animals', { cat: '2MB' }), removeWithAliases('animals:v0'), clock('7d')];
    const steps = [review, release(v0), sweep(objectId('animals', 'cat')), close(v0)];
    for (let taken = 0; taken <= steps.length; taken += 1) {
      const when = given(...alone, ...steps.slice(0, taken)).when(restore('animals:v0'));
      if (taken < 2) when.then(restored('animals:v0'));
      else when.thenRefused('not-restorable', { rule: 'DEL-15' });
    }
  });

  test('where the bucket no longer has some of the files, naming every path of them (BKT-5)', () => {
    const lacking = [
      log('animals', { cat: '2MB', 'copy.cat': '2MB cat', dog: '1MB', rat: '3MB' }),
      removeWithAliases('animals:v0'),
      bucketDelete('animals:v0/cat'),
      bucketDelete('animals:v0/rat'),
    ];
    given(...lacking)
      .when(restore('animals:v0'))
      .thenRefused('objects-missing', {
        rule: 'BKT-5',
        sentence: 'animals:v0 cannot be restored: the bucket does not have cat, rat.',
        blockers: ['cat', 'rat'],
      });
  });

  test('for an upload in progress, and for an abandoned one', () => {
    given(begin('animals', { cat: '2MB' }))
      .when(restore('animals#0'))
      .thenRefused('not-restorable', {
        rule: 'DEL-15',
        sentence: 'animals#0 is PENDING: it was never deleted.',
      });
    const neverCommitted = {
      rule: 'DEL-15',
      sentence: 'animals#0 cannot be restored: its upload was never committed.',
      blockers: [],
    } as const;
    for (const history of [
      [abandon(v0)],
      [removeCollection('animals')],
      [abandon(v0), clock('7d'), review],
      [abandon(v0), clock('7d'), collected],
    ]) {
      given(begin('animals', { cat: '2MB' }), ...history)
        .when(restore('animals#0'))
        .thenRefused('not-restorable', neverCommitted);
    }
  });

  test.each(['animals:v7', 'animals:worst', 'plants:v0', 'animals:__proto__', 'wild/demo/animals:v0'])(
    'for what never was: %s',
    (name) => {
      given(...gone)
        .when(restore(name))
        .thenRefused('not-found', {
          rule: 'DEL-3',
          sentence: `There is no version ${name}.`,
          blockers: [],
        });
    },
  );

  test('by an alias, which went with the version', () => {
    given(...gone)
      .when(restore('animals:best'))
      .thenRefused('not-found', { rule: 'DEL-3' });
    given(...animals, removeWithAliases('animals:v1'))
      .when(restore('animals:latest'))
      .thenRefused('not-found', { rule: 'ALI-6' });
  });

  test('by the name of a link, which went with the version', () => {
    given(...animals, link('animals:v0', 'prod'), removeWithAliases('animals:v0'))
      .when(restore('prod:v0'))
      .thenRefused('not-found', { rule: 'DEL-3' });
  });
});
