import { describe, expect, test } from 'vitest';
import { maySetTtl, NOBODY, ROLES, roleIn, teamRole } from '../../src/store/people.ts';
import { projectIdOf } from '../../src/store/project.ts';
import { projectNamed } from '../support/stores/names.ts';
import { peopleOf } from '../support/stores/people.ts';

const people = peopleOf({
  team: { ann: 'admin', bob: 'member', vera: 'viewer' },
  registries: { models: { bob: 'admin', zoe: 'viewer' } },
});
const [demo, models] = [projectIdOf(projectNamed('demo')), projectIdOf(projectNamed('models'))];

describe('the role of a person (ACL-1 to ACL-4)', () => {
  test.each([
    ['ann', 'admin', null],
    ['bob', 'member', 'admin'],
    ['vera', 'viewer', null],
    ['zoe', null, 'viewer'],
    ['stranger', null, null],
  ] as const)('%s is in the team %s, and in the registry %s', (person, inTeam, inRegistry) => {
    expect(teamRole(people, person)).toBe(inTeam);
    expect(roleIn(people, demo, person)).toBe(inTeam);
    expect(roleIn(people, models, person)).toBe(inRegistry);
  });

  test('is admin everywhere if no person is named', () => {
    for (const among of [people, NOBODY]) {
      expect([teamRole(among, null), roleIn(among, demo, null), roleIn(among, models, null)]).toEqual([
        'admin',
        'admin',
        'admin',
      ]);
    }
  });

  test('is null in an empty team', () => {
    expect(teamRole(NOBODY, 'ann')).toBeNull();
    expect(roleIn(NOBODY, models, 'ann')).toBeNull();
  });

  test('belongs to the name as it is written, whatever it is', () => {
    const odd = ['__proto__', '', '😀', 'constructor', 'two\nlines'];
    const among = peopleOf({ team: odd.map((name) => [name, 'member'] as const) });
    for (const name of odd) expect(teamRole(among, name)).toBe('member');
    for (const name of odd) expect(teamRole(people, name)).toBeNull();
    expect(teamRole(people, 'Bob')).toBeNull();
  });

  test('in a registry is that of the registry of that entity and name alone', () => {
    for (const other of ['wild/models', 'model', 'models2']) {
      expect(roleIn(people, projectIdOf(projectNamed(other)), 'bob')).toBe('member');
    }
  });
});

describe('a TTL may be set (ACL-2, ACL-3, TTL-7)', () => {
  test.each([
    [true, [true, true, false, false, true]],
    [false, [true, false, false, false, true]],
  ])(
    'where the admins allow it to members (%s), by: ann, bob, vera, a stranger, nobody named',
    (allowed, may) => {
      const among = { ...people, membersMaySetTtl: allowed };
      expect(['ann', 'bob', 'vera', 'stranger', null].map((actor) => maySetTtl(among, actor))).toEqual(may);
    },
  );

  test('by members, and by default for ever, as long as no admin settles anything else', () => {
    expect([NOBODY.membersMaySetTtl, NOBODY.ttlDefaultSeconds]).toEqual([true, null]);
    expect(Object.isFrozen(NOBODY)).toBe(true);
  });
});

test('there are three roles, from the least to the most', () => {
  expect(ROLES).toEqual(['viewer', 'member', 'admin']);
});
