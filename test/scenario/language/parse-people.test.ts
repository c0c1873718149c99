import { describe, expect, test } from 'vitest';
import type { SortedTable } from '../../../src/values/sorted-table.ts';
import { storyIn, storyText, storyWith } from '../../support/stores/story.ts';
import { testMistakes } from './mistake-rows.ts';

const TEXT = 'expected text; a number, true or null needs quotes around it';
const LONG = 'n'.repeat(10_000);

function head(text: string): string {
  return storyWith(text, 'wait: 1d');
}

describe('the team', () => {
  testMistakes([
    ['is a mapping', head('team: [bob]'), ['2:7: expected a mapping']],
    ['is not left empty', head('team:'), ['2:6: expected a mapping']],
    [
      'has no unknown key',
      head('team: { member: { bob: admin } }'),
      ['2:9: unknown key "member"; did you mean "members"?'],
    ],
    [
      'has members with roles',
      head('team: { members: [bob] }'),
      ['2:18: expected a mapping of people to roles'],
    ],
    [
      'has roles that exist',
      head('team: { members: { bob: admn, ann: owner, eve: } }'),
      [
        '2:25: expected a role: viewer, member or admin; did you mean "admin"?',
        '2:36: expected a role: viewer, member or admin',
        '2:48: expected a role: viewer, member or admin',
      ],
    ],
    [
      'has each member once',
      head('team: { members: { bob: admin, bob: viewer } }'),
      ['2:32: expected each key once; this mapping already has it'],
    ],
    [
      'has a default TTL with a unit',
      head('team: { ttlDefault: 30 }'),
      ['2:21: expected a duration such as 30d, or none; a bare number has no unit'],
    ],
    [
      'has a default TTL that is one',
      head('team: { ttlDefault: never }'),
      ['2:21: expected none, or a duration such as 90s, 15m, 6h, 8d or 2w'],
    ],
    [
      'has a default TTL that is not over at once',
      head('team: { ttlDefault: 0d }'),
      ['2:21: expected none, or a duration longer than 0s'],
    ],
    [
      'says none where it has no default TTL',
      head('team: { ttlDefault: null }'),
      ['2:21: expected a duration such as 30d, or none'],
    ],
    [
      'says by a truth value whether members may set a TTL',
      head('team: { membersMaySetTtl: "yes" }'),
      ['2:27: expected true or false'],
    ],
  ]);

  test('is empty by default, without a default TTL, and anybody may set one', () => {
    for (const text of [head(''), head('team: {}'), head('team: { ttlDefault: none }\nregistries: {}')]) {
      const { people } = storyIn(text);
      expect([...people.team.entries(), ...people.registries.entries()]).toEqual([]);
      expect(people).toMatchObject({ ttlDefaultSeconds: null, membersMaySetTtl: true });
    }
  });

  test('is who the story names, with what its admins have settled', () => {
    const { people } = storyIn(
      head('team: { members: { bob: member, alice: admin }, ttlDefault: 90d, membersMaySetTtl: false }'),
    );
    expect([...people.team.entries()]).toEqual([
      ['alice', 'admin'],
      ['bob', 'member'],
    ]);
    expect(people).toMatchObject({ ttlDefaultSeconds: 90 * 86_400, membersMaySetTtl: false });
  });
});

describe('the registries', () => {
  testMistakes([
    [
      'are a mapping',
      head('registries: [models]'),
      ['2:13: expected a mapping of registries to people and their roles'],
    ],
    [
      'have people, or an empty mapping of them',
      head('registries: { models: }'),
      ['2:23: expected a mapping of people to roles'],
    ],
    [
      'have names of projects',
      head('registries: { "a:b": {}, a/b/c: {} }'),
      [
        '2:15: expected the name of a project such as demo or team/demo',
        '2:26: expected the name of a project such as demo or team/demo',
      ],
    ],
    [
      'have roles that exist',
      head('registries:\n  models: { bob: owner }'),
      ['3:18: expected a role: viewer, member or admin'],
    ],
    [
      'are written once, however they are called',
      head('registries:\n  models: { bob: admin }\n  team/models: { ann: admin }\n  rival/models: {}'),
      ['4:3: expected each registry once; "models" is the same one'],
    ],
  ]);

  test('are projects of the team, or of the entity that they name, each with its own people', () => {
    const { people } = storyIn(head('registries: { models: { bob: admin }, rival/models: {} }'));
    const own = [...people.registries.entries()].map(([id, members]) => [id, namesIn(members)]);
    expect(own).toHaveLength(2);
    expect(own.map(([, names]) => names)).toEqual(expect.arrayContaining([['bob'], []]));
  });
});

describe('the person that a step names', () => {
  const team = 'team: { members: { alice: admin, bob: member } }\nregistries: { models: { robin: admin } }';
  testMistakes([
    ['is a text', storyText('wait: 1d\nas: 5'), [`4:9: ${TEXT}`]],
    ['is one', storyText('wait: 1d\nas: [bob]'), ['4:9: expected text']],
    [
      'is in the team',
      storyWith(team, 'wait: 1d\nas: alcie'),
      ['6:9: unknown person "alcie"; did you mean "alice"?'],
    ],
    [
      'is in the team or in a registry, or the story says who is',
      storyWith(team, 'wait: 1d\nas: somebody'),
      ['6:9: unknown person "somebody"; expected one of: alice, bob, robin'],
    ],
    [
      'is nobody where there is no team at all',
      storyText('wait: 1d\nas: bob'),
      ['4:9: unknown person "bob"; expected one whom the story names: team: { members: { name: member } }'],
    ],
    [
      'is not there by itself, as __proto__ or constructor',
      storyWith(team, 'wait: 1d\nas: __proto__', 'wait: 1d\nas: constructor'),
      [/^6:9: unknown person "__proto__"; /, /^8:9: unknown person "constructor"; /],
    ],
    [
      'is looked for in the setup, too',
      'title: t\ngiven:\n  - wait: 1d\n    as: bob\nsteps:\n  - wait: 1d\n',
      [/^4:9: unknown person "bob"; /],
    ],
    [
      'is not one of many without end',
      storyWith(
        `team: { members: { ${Array.from({ length: 50 }, (_, at) => `p${at}: viewer`).join(', ')} } }`,
        'wait: 1d\nas: somebody',
      ),
      [/^5:9: unknown person "somebody"; expected one of: p0, .* and 10 more$/],
    ],
    [
      'is cut where the name is long',
      storyText(`wait: 1d\nas: ${LONG}`),
      [/^4:9: unknown person "n{60}… \(10000 characters\)"; /],
    ],
    [
      'does nothing that only looks',
      storyWith(team, 'expect: {}\nas: bob', 'verify: now\nas: bob', 'show: usage\nas: bob'),
      [/^6:5: unknown key "as"/, /^8:5: unknown key "as"/, /^10:5: unknown key "as"/],
    ],
  ]);

  test('may come from a registry alone', () => {
    expect(storyIn(storyWith(team, 'wait: 1d\nas: robin')).steps[0]?.body).toMatchObject({ as: 'robin' });
  });
});

describe('a name may be', () => {
  const odd = ['__proto__', 'constructor', '', ' ', '🐈', 'two\nlines', '../../etc/passwd', '\u202egnp'];
  test.each([...odd.map((name) => [JSON.stringify(name), name]), ['long', LONG]])(
    '%s, for a person',
    (_what, name) => {
      // A key of ten thousand characters must stand between braces, behind a question mark.
      const text = JSON.stringify(name);
      const people = `{ ? ${text}\n      : member }`;
      const head = `team:\n  members: ${people}\nregistries:\n  models: ${people}`;
      const { people: read, steps } = storyIn(
        storyWith(head, `log: a\nas: ${text}\nttl: ${text}\nrefused: bad-ttl`),
      );
      expect([...read.team.entries()]).toEqual([[name, 'member']]);
      expect([...read.registries.entries()].map(([, own]) => namesIn(own))).toEqual([[name]]);
      expect(steps[0]?.body).toMatchObject({ as: name, ttl: { kind: 'invalid', given: name } });
    },
  );

  test.each(['__proto__', 'constructor', '🐈', 'two words'])('%j, for a registry', (name) => {
    const { people } = storyIn(head(`registries: { ${JSON.stringify(name)}: { bob: admin } }`));
    expect([...people.registries.entries()].map(([, own]) => namesIn(own))).toEqual([['bob']]);
  });
});

function namesIn(members: SortedTable<string, unknown>): readonly string[] {
  return [...members.keys()];
}
