import { describe, test } from 'vitest';
import { alias, link, log, remove, removeWithAliases, unlink } from '../support/stores/builders.ts';
import { exempted, linked, put, unlinked } from '../support/stores/events.ts';
import { given, givenAmong } from '../support/stores/given.ts';
import { peopleOf } from '../support/stores/people.ts';

const animals = [log('animals', { cat: '2MB' }), log('animals', { dog: '1MB' })];
const inProd = [...animals, link('animals:v0', 'models/prod', ['live'])];

describe('a link with a protected alias (ALI-7)', () => {
  const held = [...inProd, alias('models/prod:v0', { protect: ['live'] }), link('animals:v1', 'models/prod')];
  const among = givenAmong(peopleOf({ registries: { models: { mel: 'member', ann: 'admin' } } }));
  const refusal = {
    rule: 'ALI-7',
    sentence:
      'mel cannot delete models/prod:v0: the alias live of models/prod:v0 is protected, and only a registry admin may remove the link.',
    blockers: ['models/prod:v0 (live)'],
  } as const;

  test('is neither unlinked nor deleted by a member, by any name; an admin may do both', () => {
    for (const command of [
      unlink('models/prod:v0'),
      unlink('models/prod:live'),
      remove('models/prod:v0'),
      removeWithAliases('models/prod:live'),
    ]) {
      among(...held)
        .when({ ...command, by: 'mel' })
        .thenRefused('forbidden', refusal);
      among(...held)
        .when({ ...command, by: 'ann' })
        .then(unlinked('models/prod:v0', 'animals:v0', ['live']));
    }
  });

  test('does not hold its neighbors', () => {
    given(...held)
      .when(unlink('models/prod:v1'))
      .then(unlinked('models/prod:v1', 'animals:v1', ['latest']));
  });

  test('is unlinked once the alias is taken off, or moved to another', () => {
    const byMember = (name: string) => ({ ...unlink(name), by: 'mel' });
    among(...held, alias('models/prod:v0', { remove: ['live'] }))
      .when(byMember('models/prod:v0'))
      .then(unlinked('models/prod:v0', 'animals:v0', []));
    among(...held, alias('models/prod:v1', { add: ['live'] }))
      .when(byMember('models/prod:v0'))
      .then(unlinked('models/prod:v0', 'animals:v0', []));
    among(...held, alias('models/prod:v1', { add: ['live'] }))
      .when(byMember('models/prod:v1'))
      .thenRefused('forbidden', { blockers: ['models/prod:v1 (live)'] });
  });

  test('keeps its alias when another portfolio bears one of that name, which is not protected there', () => {
    given(...held, link('animals:v0', 'mirror', ['live']))
      .when(unlink('mirror:live'))
      .then(unlinked('mirror:v0', 'animals:v0', ['latest', 'live']));
  });
});

describe('linking in a registry (ACL-4, ALI-7)', () => {
  const among = givenAmong(
    peopleOf({
      team: { bob: 'member', tim: 'admin', rob: 'member' },
      registries: { models: { bob: 'member', rob: 'admin' } },
    }),
  );
  const protectedLatest = [
    ...animals,
    link('animals:v0', 'models/prod', ['live']),
    alias('models/prod:v0', { protect: ['latest', 'live'] }),
  ];

  test('a member may not move a protected alias by linking, latest neither; an admin may', () => {
    among(...protectedLatest)
      .when(link('animals:v1', 'models/prod', [], 'bob'))
      .thenRefused('forbidden', {
        rule: 'ALI-7',
        sentence:
          'latest is protected in models/prod: only a registry admin can add, remove, or protect it, and bob is not one.',
        blockers: ['latest'],
      });
    among(...protectedLatest)
      .when(link('animals:v1', 'models/prod', ['live'], 'rob'))
      .then(
        linked('models/prod:v1', 'animals:v1'),
        exempted('animals:v1'),
        put('models/prod:v1', 'latest', 0),
        put('models/prod:v1', 'live', 0),
      );
  });

  test('a member may not name one when linking again, though it is there already', () => {
    among(...protectedLatest)
      .when(link('animals:v0', 'models/prod', ['live'], 'bob'))
      .thenRefused('forbidden', { rule: 'ALI-7', blockers: ['live'] });
    among(...protectedLatest)
      .when(link('animals:v0', 'models/prod', [], 'bob'))
      .thenNothing();
    among(...protectedLatest)
      .when(link('animals:v0', 'models/prod', ['best'], 'bob'))
      .then(put('models/prod:v0', 'best'));
  });

  test('the role in the team does not help there', () => {
    among(...protectedLatest)
      .when(link('animals:v1', 'models/prod', [], 'tim'))
      .thenRefused('forbidden', { rule: 'ACL-4' });
  });
});
