import { describe, expect, test } from 'vitest';
import { alias, link, log } from '../support/stores/builders.ts';
import { put } from '../support/stores/events.ts';
import { givenAmong } from '../support/stores/given.ts';
import { peopleOf } from '../support/stores/people.ts';

const animals = [log('animals', { cat: '2MB' }, { aliases: ['best'] }), log('animals', { dog: '1MB' })];

describe('who may touch a protected alias (ALI-7, ACL-4)', () => {
  const among = givenAmong(
    peopleOf({
      team: { tim: 'admin', mel: 'admin' },
      registries: { models: { rob: 'admin', mel: 'member', vic: 'viewer' } },
    }),
  );
  const held = [
    ...animals,
    link('animals:v0', 'models/prod', ['live', 'beta']),
    link('animals:v1', 'models/prod'),
    alias('models/prod:v0', { protect: ['live'] }),
  ];
  const refusal = {
    rule: 'ALI-7',
    sentence:
      'live is protected in models/prod: only a registry admin can add, remove, or protect it, and mel is not one.',
    blockers: ['live'],
  } as const;

  test.each([
    ['put it elsewhere', alias('models/prod:v1', { add: ['live'] })],
    ['put it where it is', alias('models/prod:v0', { add: ['live'] })],
    ['take it off', alias('models/prod:v0', { remove: ['live'] })],
    ['protect it again', alias('models/prod:v0', { protect: ['live'] })],
    ['hide it among others', alias('models/prod:v0', { add: ['new'], remove: ['beta', 'live'] })],
  ])('a member of the registry may not %s, whatever their role in the team; an admin may', (_what, edit) => {
    among(...held)
      .when({ ...edit, by: 'mel' })
      .thenRefused('forbidden', refusal);
    expect(among(...held).when({ ...edit, by: 'rob' }).accepted, 'an admin of the registry').toBe(true);
    expect(among(...held).when({ ...edit, by: null }).accepted, 'nobody in particular').toBe(true);
  });

  test('a member may not protect an ordinary one either', () => {
    among(...held)
      .when(alias('models/prod:v0', { protect: ['beta'] }, 'mel'))
      .thenRefused('forbidden', { rule: 'ALI-7', blockers: ['beta'] });
  });

  test('a member may not put on a protected one that names nothing now', () => {
    among(...held, alias('models/prod:v0', { remove: ['live'] }))
      .when(alias('models/prod:v1', { add: ['live'] }, 'mel'))
      .thenRefused('forbidden', refusal);
  });

  test('a member may take off nothing where the alias is on another link, and edit ordinary ones', () => {
    among(...held)
      .when(alias('models/prod:v1', { remove: ['live'] }, 'mel'))
      .thenNothing();
    among(...held)
      .when(alias('models/prod:v1', { add: ['beta'] }, 'mel'))
      .then(put('models/prod:v1', 'beta', 0));
  });

  test('a viewer, and an admin of the team who has no role in the registry, may not edit any', () => {
    for (const by of ['vic', 'tim', 'stranger', '__proto__', '']) {
      among(...held)
        .when(alias('models/prod:v1', { add: ['beta'] }, by))
        .thenRefused('forbidden', { rule: 'ACL-4' });
    }
  });

  test('outside of a registry, nobody can protect an alias', () => {
    const team = givenAmong(peopleOf({ team: { tim: 'admin', bob: 'member' } }));
    for (const by of ['bob', 'tim', null]) {
      team(...animals, link('animals:v0', 'mirror', ['live']))
        .when(alias('mirror:v0', { protect: ['live'] }, by))
        .thenRefused('not-a-registry', {
          rule: 'ALI-7',
          sentence: 'Aliases can be protected only in a registry, and mirror is not in one.',
        });
    }
  });
});
