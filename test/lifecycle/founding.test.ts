import { describe, expect, test } from 'vitest';
import { collectionById } from '../../src/store/look-up.ts';
import { link, log, removeCollection } from '../support/builders.ts';
import { created, linked, put } from '../support/events.ts';
import { given } from '../support/given.ts';
import { collectionId } from '../support/names.ts';

const animals = log('animals', { cat: '2MB' });

describe('a collection is founded (LOG-1)', () => {
  test('by the first log as a sequence, of the type "dataset" where none is given', () => {
    expect(given().when(animals).events[0]).toEqual(created('animals'));
    expect(given().when(log('animals', {}, { type: '' })).events[0]).toEqual(
      created('animals', { type: '' }),
    );
  });

  test('by the first link as a portfolio, of the type of what is linked', () => {
    given(log('net', {}, { type: 'model' }))
      .when(link('net:v0', 'prod'))
      .then(
        created('prod', { kind: 'portfolio', type: 'model' }),
        linked('prod:v0', 'net:v0'),
        put('prod:v0', 'latest'),
      );
  });

  test('once for each project and entity', () => {
    const { store } = given(animals, log('zoo/animals'), log('wild/zoo/animals'), log('team/demo/animals'));
    expect(store.collections.size).toBe(3);
  });

  test('not as a sequence where a portfolio stands, which no version is born in', () => {
    given(animals, link('animals:v0', 'prod'))
      .when(log('prod'))
      .thenRefused('not-a-sequence', { rule: 'LOG-1', sentence: /^prod is a portfolio/ });
  });
});

describe('a name that was deleted founds a new collection (DEL-16)', () => {
  test('of any type, whose indexes go on, and which lists nothing of the old one', () => {
    const again = given(animals, log('animals'), removeCollection('animals')).when(
      log('animals', {}, { type: 'model', aliases: ['best'] }),
    );
    expect(again.events[0]).toEqual(created('animals', { type: 'model', again: true }));
    const { listed, aliases, nextIndex } = collectionById(again.store, collectionId('animals'));
    expect([...listed.keys()]).toEqual([2]);
    expect(aliases.size).toBe(2);
    expect(nextIndex).toBe(3);
  });

  test('of the other kind too', () => {
    const prod = [animals, link('animals:v0', 'prod'), removeCollection('prod')];
    expect(given(...prod).when(log('prod')).events[0]).toEqual(created('prod', { again: true }));
    given(animals, log('plants'), removeCollection('plants'))
      .when(link('animals:v0', 'plants'))
      .then(
        created('plants', { kind: 'portfolio', again: true }),
        linked('plants:v1', 'animals:v0'),
        put('plants:v1', 'latest'),
      );
  });
});

describe('a name that cannot be used is refused (LOG-1)', () => {
  test.each(['', 'no spaces', 'ä', '😀', 'x'.repeat(129), 'two\nlines', '%2e'])(
    'for a collection: %j',
    (name) => {
      given(animals).when(log(name)).thenRefused('bad-name', { rule: 'LOG-1' });
      given(animals).when(link('animals:v0', name)).thenRefused('bad-name', { rule: 'LOG-1' });
    },
  );

  test.each(['', 'a#b', 'a?b', 'a%b', 'a\\b', 'two\nlines', '\0', 'x'.repeat(129)])(
    'for a project or an entity: %j',
    (name) => {
      given()
        .when(log(`${name}/animals`))
        .thenRefused('bad-name', { rule: 'LOG-1' });
      given()
        .when(log(`${name}/demo/animals`))
        .thenRefused('bad-name', { rule: 'LOG-1' });
    },
  );
});

test.each([
  ['\ud800/demo/animals', '\ufffd/demo/animals'],
  ['\ud800/animals', '\udfff/animals'],
])('two names are never taken for one: %j and %j are kept apart, or refused', (left, right) => {
  const first = given().when(log(left));
  if (!first.accepted) return;
  const second = given(log(left)).when(log(right));
  if (second.accepted)
    second.thenTypes(['collectionCreated', 'versionBegun', 'versionCommitted', 'aliasPut']);
});
