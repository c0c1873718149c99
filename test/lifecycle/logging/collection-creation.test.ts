import { describe, expect, test } from 'vitest';
import { collectionById } from '../../../src/store/look-up.ts';
import { begin, draft, link, log, removeCollection } from '../../support/stores/builders.ts';
import { begun, committed, created, linked, put } from '../../support/stores/events.ts';
import { given, givenAmong } from '../../support/stores/given.ts';
import { collectionId } from '../../support/stores/names.ts';
import { peopleOf } from '../../support/stores/people.ts';

const animals = log('animals', { cat: '2MB' });
const catAndDog = log('animals', { cat: '2MB', dog: '1MB' });

describe('an artifact collection is created (LOG-1)', () => {
  test('by the first log as a sequence, of the type "dataset" where none is given', () => {
    expect(given().when(animals).events[0]).toEqual(created('animals'));
    expect(given().when(log('animals', {}, { type: '' })).events[0]).toEqual(
      created('animals', { type: '' }),
    );
  });

  test('by the first link as a portfolio, with the type of the linked version', () => {
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

  test('but not as a sequence if a portfolio with that name exists, which has no versions of its own', () => {
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

describe('a registry (ACL-4)', () => {
  const among = givenAmong(peopleOf({ registries: { models: { rob: 'admin' } } }));
  const refusal = {
    rule: 'ACL-4',
    sentence: 'models is a registry: models/animals can hold only links, not versions of its own.',
    blockers: [],
  } as const;

  test('has no sequences, no matter who logs', () => {
    among().when(log('models/animals')).thenRefused('not-a-sequence', refusal);
    among().when(begin('models/animals')).thenRefused('not-a-sequence', refusal);
    among()
      .when(log('models/animals', {}, { by: 'rob' }))
      .thenRefused('not-a-sequence', refusal);
  });

  test('has no sequences under the name of a portfolio either', () => {
    among(catAndDog, link('animals:v0', 'models/animals'))
      .when(log('models/animals'))
      .thenRefused('not-a-sequence', refusal);
  });

  test('is one project of one entity: those of other entities, and other projects, take sequences', () => {
    const types = ['collectionCreated', 'versionBegun', 'versionCommitted', 'aliasPut'] as const;
    among().when(log('wild/models/animals')).thenTypes(types);
    among().when(log('model/animals')).thenTypes(types);
    given().when(log('lab/animals')).thenTypes(types);
  });

  test('takes a draft on a link, which is born in the sequence of its source', () => {
    among(catAndDog, link('animals:v0', 'models/prod'))
      .when(draft('models/prod:v0', { remove: ['cat'] }))
      .then(
        begun('animals:v1', { dog: '1MB' }, { alreadyStored: ['dog'] }),
        committed('animals:v1'),
        put('animals:v1', 'latest', 0),
      );
  });
});
