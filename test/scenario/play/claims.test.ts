import { describe, expect, test } from 'vitest';
import { expectations } from '../../../src/scenario/language/schema-expect.ts';
import { failuresOf, playText, storyText, storyWith } from '../../support/stores/story.ts';

// v0 and v1 share cat; v1 is deleted and swept; a reference, a link, an upload that is not over; three that may expire.
const PAST = [
  'log: animals\nfiles: { cat: 2MB, map: { ref: s3://maps/1, size: 5GB } }\naliases: [best]',
  'log: animals\nfiles: { cat: 2MB, dog: 1MB }',
  'link: animals:v0\nto: prod',
  'ttl: animals:v0\nis: none',
  'delete: animals:v1\ndeleteAliases: true',
  'wait: 8d',
  'begin: animals\nid: up\nfiles: { cat: 2MB }',
  'team ttl: 40d',
  'log: short\nttl: 36h',
  'log: team',
  'log: code\ntype: code',
];

/** A claim that is true at the end of this past, one that is not, and what is said of it. */
type Row = readonly [claim: string, lie: string, expected: string, actual: string];

const ROWS: readonly Row[] = [
  [
    'state: { animals:v1: DELETED }',
    'state: { animals:v1: COMMITTED }',
    'state of animals:v1 COMMITTED',
    'DELETED',
  ],
  [
    'state: { up: PENDING, animals#2: PENDING }',
    'state: { animals:v9: PENDING }',
    'state of animals:v9 PENDING',
    'never existed, or cannot be found by alias',
  ],
  ['state: { prod:v0: COMMITTED }', 'state: { prod:v0: DELETED }', 'state of prod:v0 DELETED', 'COMMITTED'],
  [
    'aliases: { animals: { best: v0, latest: null } }',
    'aliases: { animals: { best: null } }',
    'alias best of animals absent',
    'v0',
  ],
  [
    'aliases: { nothing: { best: null } }',
    'aliases: { animals: { good: v1 } }',
    'alias good of animals v1',
    'absent',
  ],
  [
    'aliases: { animals: { toString: null } }',
    'aliases: { animals: { __proto__: v0 } }',
    'alias __proto__ of animals v0',
    'absent',
  ],
  [
    'not found: [animals:v1, animals#2, up, animals:latest]',
    'not found: [animals:best]',
    'animals:best not found',
    'found, as animals:v0',
  ],
  [
    'versions: { animals: [v0], prod: [v0] }',
    'versions: { animals: [v1, v0] }',
    'versions of animals v0, v1',
    'v0',
  ],
  ['versions: { nothing: [] }', 'versions: { animals: [] }', 'versions of animals none', 'v0'],
  [
    'holders: { animals:v1/cat: [animals:v0, up] }',
    'holders: { animals:v0/cat: [animals:v0] }',
    'holders of animals:v0/cat animals:v0',
    'animals#2, animals:v0',
  ],
  [
    'holders: { animals:v1/dog: [] }',
    'holders: { animals:v0/map: [] }',
    'holders of animals:v0/map none',
    'a reference, which is no object',
  ],
  [
    'holders: { prod:v0/cat: [animals#2, animals:best] }',
    'holders: { animals:v0/dog: [] }',
    'holders of animals:v0/dog none',
    'no such path',
  ],
  [
    'object: { animals:v0/cat: stored, animals:v1/dog: gone }',
    'object: { animals:v1/dog: stored }',
    'object animals:v1/dog stored',
    'gone',
  ],
  [
    'object: { up/cat: stored, animals#2/cat: stored }',
    'object: { animals:v0/nothing: gone }',
    'object animals:v0/nothing gone',
    'no such path',
  ],
  ['logical: 2MB', 'logical: 4MB', 'logical 4MB', '2MB'],
  ['stored: 2MB', 'stored: 2MiB', 'stored 2.097152MB', '2MB'],
  ['billed: 2000KB', 'billed: 0B', 'billed 0B', '2MB'],
  ['freed: 1MB', 'freed: 3MB', 'freed 3MB', '1MB'],
  ['ttl: { short:v0: 36h }', 'ttl: { short:v0: 2d }', 'ttl of short:v0 2d', '1d 12h'],
  ['ttl: { short:latest: 1.5d }', 'ttl: { short:v0: inherit }', 'ttl of short:v0 inherit', '1d 12h'],
  [
    'ttl: { team:v0: inherit, animals:v0: none, animals:v1: inherit }',
    'ttl: { animals:v0: inherit }',
    'ttl of animals:v0 inherit',
    'none',
  ],
  [
    'ttl: { prod:v0: none }',
    'ttl: { animals:v7: none }',
    'ttl of animals:v7 none',
    'never existed, or cannot be found by alias',
  ],
  [
    'expires in: { short:v0: 36h, team:v0: 40d }',
    'expires in: { short:v0: 1d }',
    'short:v0 expires in 1d',
    '1d 12h',
  ],
  [
    'expires in: { animals:v0: null, animals:v1: null, code:v0: null }',
    'expires in: { team:v0: null }',
    'team:v0 expires in never',
    '40d',
  ],
  [
    'expires in: { up: null }',
    'expires in: { animals:v7: null }',
    'animals:v7 expires in never',
    'never existed, or cannot be found by alias',
  ],
  [
    'expires in: { prod:v0: null }',
    'expires in: { animals:best: 1d }',
    'animals:best expires in 1d',
    'never',
  ],
  ['links: { animals:v0: [prod:v0] }', 'links: { animals:v0: [] }', 'links to animals:v0 none', 'prod:v0'],
  [
    'links: { animals:v1: [] }',
    'links: { animals:best: [prod:v1, other:v0] }',
    'links to animals:best other:v0, prod:v1',
    'prod:v0',
  ],
  [
    'collections: [team, prod, animals, short, code]',
    'collections: [animals]',
    'collections animals',
    'animals, code, prod, short, team',
  ],
];

describe('a claim', () => {
  test.each(ROWS)('{ %s } comes true, and { %s } does not', (claim, lie, expected, actual) => {
    expect(failuresOf(...PAST, `expect: { ${claim} }`)).toEqual([]);
    expect(failuresOf(...PAST, `expect: { ${lie} }`)).toEqual([`expected ${expected}, actual ${actual}`]);
  });

  test('of events lists the kinds since the last expect, in order', () => {
    const wait = ['expect: {}', 'wait: 1h', 'wait: 1h'];
    expect(failuresOf(...PAST, ...wait, 'expect: { events: [clockMoved, clockMoved] }')).toEqual([]);
    expect(
      failuresOf(...PAST, ...wait, 'expect: { events: [clockMoved] }', 'expect: { events: [] }'),
    ).toEqual(['expected events clockMoved, actual clockMoved, clockMoved']);
  });

  test('of every kind can fail', () => {
    const kinds = [...ROWS.map(([, lie]) => lie), 'events: []'].map((lie) => lie.split(':')[0]);
    expect(Object.keys(expectations.shape).filter((kind) => !kinds.includes(kind))).toEqual([]);
  });

  test('names each thing that is not so, and nothing that is', () => {
    const claims =
      'expect: { state: { animals:v0: COMMITTED, animals:v1: PENDING }, stored: 2MB, logical: 3MB }';
    expect(failuresOf(...PAST, claims)).toEqual([
      'expected state of animals:v1 PENDING, actual DELETED',
      'expected logical 3MB, actual 2MB',
    ]);
  });

  test('that fails is reported at its line', () => {
    const text = storyText('expect:\n  stored: 1B\n  logical: 0B\n  billed: 2B', 'expect: { stored: 3B }');
    expect(playText(text).failures.map(({ line, expected }) => [line, expected])).toEqual([
      [4, 'stored 1B'],
      [6, 'billed 2B'],
      [7, 'stored 3B'],
    ]);
  });
});

describe('how long a version lasts', () => {
  const log = 'log: a\nttl: 3d';

  test('counts from now, and is 0s after the end until the next run', () => {
    expect(failuresOf(log, 'wait: 1d', 'expect: { expires in: { a:v0: 2d } }')).toEqual([]);
    expect(
      failuresOf('log: a', 'wait: 217h', 'team ttl: 3d', 'expect: { expires in: { a:v0: 0s } }'),
    ).toEqual([]);
  });

  test('is never, once it was deleted or has expired, and counts again when it is restored', () => {
    const never = 'expect: { expires in: { a:v0: null }, ttl: { a:v0: 3d } }';
    expect(failuresOf(log, 'wait: 3d', never)).toEqual([]);
    const removed = [log, 'delete: a:v0\ndeleteAliases: true'];
    expect(failuresOf(...removed, never)).toEqual([]);
    expect(failuresOf(...removed, 'restore: a:v0', 'expect: { expires in: { a:v0: 3d } }')).toEqual([]);
  });

  test('is never while a protected alias holds it, and a duration again once the alias is removed', () => {
    const text = (...more: readonly string[]) =>
      storyWith(
        'registries: { models: {} }',
        'log: a',
        'link: a:v0\nto: models/prod',
        'ttl: a:v0\nis: 3d',
        'alias: models/prod:v0\nprotect: [production]',
        ...more,
      );
    const off = 'alias: models/prod:v0\nremove: [production]';
    expect(playText(text('expect: { expires in: { a:v0: null } }')).failures).toEqual([]);
    expect(playText(text(off, 'expect: { expires in: { a:v0: 3d } }')).failures).toEqual([]);
  });
});

describe('nothing', () => {
  test.each([
    'state: {}',
    'aliases: {}',
    'not found: []',
    'versions: {}',
    'holders: {}',
    'object: {}',
    'ttl: {}',
    'expires in: {}',
    'links: {}',
  ])('is claimed by { %s }', (claim) => {
    expect(failuresOf(...PAST, `expect: { ${claim} }`)).toEqual([]);
  });

  test('exists if no artifact collection was created', () => {
    expect(failuresOf('expect: { collections: [] }')).toEqual([]);
    expect(failuresOf('expect: { collections: [a] }')).toEqual(['expected collections a, actual none']);
  });
});
