import { describe, test } from 'vitest';
import { alias, link, log, remove, removeById, removeWithAliases } from '../../support/stores/builders.ts';
import { deleted, put, unlinked } from '../../support/stores/events.ts';
import { given, givenAmong } from '../../support/stores/given.ts';
import { versionId } from '../../support/stores/names.ts';
import { peopleOf } from '../../support/stores/people.ts';

const v0 = versionId('animals:v0');
// The canonical example: v1 shares cat and dog with v0, and adds rat.
const animals = [
  log('animals', { cat: '2MB', dog: '1MB' }),
  log('animals', { cat: '2MB', dog: '1MB', rat: '3MB' }, { aliases: ['best'] }),
];

describe('a version whose link has a protected alias (ALI-7)', () => {
  const held = [
    ...animals,
    link('animals:v0', 'models/mirror'),
    link('animals:v0', 'models/prod', ['live', 'next']),
    alias('models/prod:v0', { protect: ['live'] }),
  ];
  const refusal = {
    rule: 'ALI-7',
    sentence: 'Nobody can delete animals:v0: the alias live of models/prod:v0 is protected.',
    blockers: ['models/prod:v0 (live)'],
  } as const;

  test('is not deleted, by name or by id, with or without its aliases', () => {
    for (const command of [
      remove('animals:v0'),
      removeWithAliases('animals:v0'),
      removeById(v0),
      removeById(v0, true),
    ]) {
      given(...held)
        .when(command)
        .thenRefused('protected-alias', refusal);
    }
  });

  test('is not deleted by anybody: not by an admin of the team, nor by one of the registry', () => {
    const among = givenAmong(
      peopleOf({
        team: { ann: 'admin', rob: 'admin', bob: 'member' },
        registries: { models: { rob: 'admin' } },
      }),
    );
    for (const by of ['ann', 'rob', 'bob', null]) {
      among(...held)
        .when({ ...removeWithAliases('animals:v0'), by })
        .thenRefused('protected-alias', refusal);
    }
  });

  test('goes, with its links, once the alias is taken off', () => {
    given(...held, alias('models/prod:v0', { remove: ['live'] }))
      .when(remove('animals:v0'))
      .then(
        unlinked('models/mirror:v0', 'animals:v0', ['latest']),
        unlinked('models/prod:v0', 'animals:v0', ['latest', 'next']),
        deleted('animals:v0'),
      );
  });

  test('goes once the alias is moved to the link of another, which is held from then on', () => {
    const moved = [...held, link('animals:v1', 'models/prod', ['live'])];
    given(...moved)
      .when(remove('animals:v0'))
      .then(
        unlinked('models/mirror:v0', 'animals:v0', ['latest']),
        unlinked('models/prod:v0', 'animals:v0', ['next']),
        deleted('animals:v0'),
      );
    given(...moved)
      .when(removeWithAliases('animals:v1'))
      .thenRefused('protected-alias', { blockers: ['models/prod:v1 (live)'] });
  });

  test('is refused for the protected alias rather than for its own aliases', () => {
    given(...held, alias('animals:v0', { add: ['best'] }))
      .when(remove('animals:v0'))
      .thenRefused('protected-alias');
    given(...held, alias('animals:v0', { add: ['best'] }))
      .when(removeWithAliases('animals:v0'))
      .thenRefused('protected-alias');
  });

  test('is not held by an alias of that name elsewhere: on itself, or in another portfolio', () => {
    given(
      ...animals,
      link('animals:v1', 'models/prod', ['live']),
      alias('models/prod:v0', { protect: ['live'] }),
    )
      .when(alias('animals:v0', { add: ['live'] }))
      .then(put('animals:v0', 'live'));
    given(
      ...animals,
      link('animals:v1', 'models/prod', ['live']),
      alias('models/prod:v0', { protect: ['live'] }),
      link('animals:v0', 'mirror', ['live']),
    )
      .when(remove('animals:v0'))
      .then(unlinked('mirror:v0', 'animals:v0', ['latest', 'live']), deleted('animals:v0'));
  });
});
