import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/decider/command.ts';
import { existingCollection } from '../../src/store/look-up.ts';
import {
  alias,
  changeType,
  clock,
  describeCollection,
  link,
  log,
  removeCollection,
  rename,
  setTtl,
} from '../support/stores/builders.ts';
import { given, givenAmong } from '../support/stores/given.ts';
import { collectionId, collectionNamed } from '../support/stores/names.ts';
import { peopleOf } from '../support/stores/people.ts';

const animals = log('animals', { cat: '2MB' }, { aliases: ['best'] });
const again = log('animals', { dog: '1MB' });

describe('the type of a sequence changes (COL-2)', () => {
  test('with all its versions, which keep their TTLs', () => {
    const logged = log('animals', { cat: '2MB' }, { ttl: '2d' });
    given(logged)
      .when(changeType('animals', 'model'))
      .then({
        type: 'collectionTypeChanged',
        collectionId: collectionId('animals'),
        from: 'dataset',
        to: 'model',
      });
    given(logged, changeType('animals', 'model'), clock('2d'))
      .when({ type: 'expireVersions' })
      .thenTypes(['versionExpired']);
    given(logged, changeType('animals', 'model'))
      .when(log('animals', {}, { type: 'dataset' }))
      .thenRefused('type-mismatch');
    given(logged, changeType('animals', 'model')).when(setTtl('animals:v0', '3d')).thenTypes(['ttlSet']);
  });

  test('but not that of the portfolios that link to it', () => {
    const changed = [animals, again, link('animals:v0', 'prod'), changeType('animals', 'model')];
    given(...changed)
      .when(link('animals:v1', 'prod'))
      .thenRefused('type-mismatch');
    given(...changed)
      .when(alias('prod:v0', { add: ['live'] }))
      .thenTypes(['aliasPut']);
  });

  test('to the type that it has, which changes nothing', () => {
    given(animals).when(changeType('animals', 'dataset')).thenNothing();
    given(log('table', {}, { type: 'run_table' }))
      .when(changeType('table', 'run_table'))
      .thenNothing();
  });

  test.each(['job', 'code', 'run_table', 'wandb-history', 'wandb-'])(
    'but not to or from %s (DEL-17)',
    (type) => {
      given(animals)
        .when(changeType('animals', type))
        .thenRefused('reserved-type', {
          rule: 'COL-2',
          sentence: `animals cannot change its type from "dataset" to "${type}": the service generates artifacts of type "${type}" itself.`,
        });
      given(log('animals', {}, { type }))
        .when(changeType('animals', 'dataset'))
        .thenRefused('reserved-type');
    },
  );

  test('but not that of a portfolio, or of what does not exist', () => {
    given(animals, link('animals:v0', 'prod'))
      .when(changeType('prod', 'dataset'))
      .thenRefused('not-a-sequence', { rule: 'LOG-1' });
    given().when(changeType('animals', 'model')).thenRefused('not-found');
  });
});

describe('an artifact collection is described (COL-3)', () => {
  const factsAfter = (...history: readonly Command[]) =>
    existingCollection(given(animals, ...history).store, collectionNamed('animals'))?.facts;

  test('with a description, or tags, or both; what is not given stays', () => {
    expect(factsAfter()).toBeNull();
    expect(factsAfter(describeCollection('animals'))).toEqual({ description: 'ours', tags: [] });
    expect(
      factsAfter(describeCollection('animals'), {
        type: 'describeCollection',
        collection: collectionNamed('animals'),
        facts: { tags: ['EU west', 'eu west'] },
      }),
    ).toEqual({ description: 'ours', tags: ['EU west', 'eu west'] });
  });

  test('with each tag once, in the order given', () => {
    expect(factsAfter(describeCollection('animals', { tags: ['b', 'a', 'b', ''] }))?.tags).toEqual([
      'b',
      'a',
      '',
    ]);
  });

  test('with an empty description, which is another than none', () => {
    expect(factsAfter(describeCollection('animals', { description: '' }))).toEqual({
      description: '',
      tags: [],
    });
    expect(
      factsAfter(describeCollection('animals'), describeCollection('animals', { description: null })),
    ).toBeNull();
    given(animals)
      .when(describeCollection('animals', { description: '' }))
      .thenTypes(['collectionDescribed']);
    given(animals)
      .when(describeCollection('animals', { description: null }))
      .thenNothing();
  });

  test('as it is already, which changes nothing', () => {
    const facts = { tags: ['a', 'b'] };
    given(animals, describeCollection('animals', facts))
      .when(describeCollection('animals', facts))
      .thenNothing();
    given(animals, describeCollection('animals', facts))
      .when(describeCollection('animals', { tags: ['a', 'b', 'a'] }))
      .thenNothing();
  });

  test('until it is deleted: created again, it has neither, and a new time of its creation (DEL-16)', () => {
    const { store } = given(
      animals,
      describeCollection('animals'),
      clock('1d'),
      removeCollection('animals'),
      again,
    );
    expect(existingCollection(store, collectionNamed('animals'))).toMatchObject({
      createdAt: 86_400,
      facts: null,
    });
    const kept = given(
      animals,
      describeCollection('animals'),
      clock('1d'),
      again,
      rename('animals', 'beasts'),
    ).store;
    expect(existingCollection(kept, collectionNamed('beasts'))).toMatchObject({
      createdAt: 0,
      facts: { description: 'ours' },
    });
  });

  test('unless it does not exist', () => {
    given().when(describeCollection('animals')).thenRefused('not-found');
  });
});

describe('a viewer changes no artifact collection (ACL-1), and in a registry its own roles count (ACL-4)', () => {
  const among = givenAmong(
    peopleOf({
      team: { vera: 'viewer', bob: 'member' },
      registries: { models: { vera: 'member', bob: 'viewer' } },
    }),
  );
  const history = [animals, link('animals:v0', 'models/prod')] as const;

  test.each([
    ['describe', (name: string, by: string) => describeCollection(name, {}, by)],
    ['rename', (name: string, by: string) => rename(name, 'other', by)],
    ['type', (name: string, by: string) => changeType(name, 'other', by)],
  ] as const)('%s', (what, change) => {
    among(...history)
      .when(change('animals', 'vera'))
      .thenRefused('forbidden', { rule: 'ACL-1' });
    among(...history)
      .when(change('models/prod', 'bob'))
      .thenRefused('forbidden', { rule: 'ACL-4' });
    expect(among(...history).when(change('animals', 'bob')).events).toHaveLength(1);
    if (what !== 'type') expect(among(...history).when(change('models/prod', 'vera')).events).toHaveLength(1);
  });
});
