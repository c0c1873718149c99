import { describe, expect, test } from 'vitest';
import { mistakesIn, storyIn, storyText } from '../../support/stores/story.ts';

const SIZE = 'a size such as 512B, 10KB, 2MB or 1GiB';
const CONTENT = 'a size such as 2MB, or "2MB of march" to name the content';
const DURATION = 'a duration such as 90s, 15m, 6h, 8d or 2w';
const TEXT = 'expected text; a number, true or null needs quotes around it';
const COLLECTION = 'a name such as animals, project/animals or entity/project/animals';
const ID = 'expected an id that a step gives; a version is written';
const VERSION = 'expected a version such as animals:v0 or project/animals:best';

/** A value, and what is said of it where it stands. */
type Row = readonly [value: string, ending: string];

const UNIT = '; a bare number has no unit';
const NEGATIVE = '; a negative one does not exist';

describe('a duration', () => {
  test.each<Row>([
    ['5', UNIT],
    ['"8"', UNIT],
    ['-5d', NEGATIVE],
    ['5y', ''],
    ['P8D', ''],
    ['1d 6h', ''],
    ['1.00001s', '; this is not a whole number of seconds'],
    ['99999999999999w', '; this is more than 9007199254740991 seconds, the largest exact number'],
    ['true', ''],
    ['[1d]', ''],
    ['', ''],
  ])('%j is refused', (value, ending) => {
    const [mistake = '', ...others] = mistakesIn(storyText(`wait: ${value}`));
    expect(mistake).toBe(`3:${value === '' ? 10 : 11}: expected ${DURATION}${ending}`);
    expect(others).toEqual([]);
  });

  test.each(['0s', '1.5d', '"2w"', '1 d'])('%s is read', (value) => {
    expect(mistakesIn(storyText(`wait: ${value}`))).toEqual([]);
  });
});

describe('a size', () => {
  test.each<Row>([
    ['5', UNIT],
    ['-5MB', NEGATIVE],
    ['1.5B', '; this is not a whole number of bytes'],
    ['5mb', ''],
    ['5XB', ''],
    ['9008PB', '; this is more than 9007199254740991 bytes, the largest exact number'],
    ['"5MB\\n"', ''],
    ['1_000MB', ''],
    ['٥MB', ''],
  ])('%j is refused', (value, ending) => {
    expect(mistakesIn(storyText(`expect: { stored: ${value} }`))).toEqual([
      `3:23: expected ${SIZE}${ending}`,
    ]);
  });
});

describe('the content of a path', () => {
  test.each<Row>([
    ['-5MB', NEGATIVE],
    ['"5"', UNIT],
    ['5XB', ''],
    ['of march', ''],
    ['5', `, or { ref: s3://bucket/key, size: 5GB }${UNIT}`],
    ['true', ', or { ref: s3://bucket/key, size: 5GB }'],
    ['[1MB]', ', or { ref: s3://bucket/key, size: 5GB }'],
  ])('is not %s', (value, ending) => {
    expect(mistakesIn(storyText(`log: a\nfiles: { x: ${value} }`))).toEqual([
      `4:17: expected ${CONTENT}${ending}`,
    ]);
  });

  test.each<readonly [string, readonly (string | RegExp)[]]>([
    ['{ ref: 5 }', [`4:24: ${TEXT}`]],
    ['{ size: 5GB }', [/^4:17: missing "ref": expected text/]],
    ['{ ref: s3://b, extra: 5 }', ['4:39: expected a mapping']],
    ['{ ref: s3://b, size: 5 }', [`4:38: expected ${SIZE}${UNIT}`]],
    ['{ ref: s3://b, sise: 5GB }', ['4:32: unknown key "sise"; did you mean "size"?']],
    ['{ ref: 5, sise: 5GB }', [`4:24: ${TEXT}`, '4:27: unknown key "sise"; did you mean "size"?']],
    [
      '{ ref: "wandb-artifact://animals/cat" }',
      ['4:24: expected an address such as wandb-artifact://animals:v0/cat.jpg'],
    ],
    [
      '{ ref: "wandb-artifact://animals:v0" }',
      ['4:24: expected an address such as wandb-artifact://animals:v0/cat.jpg'],
    ],
    [
      '{ ref: s, __proto__: 1 }',
      ['4:27: unknown key "__proto__"; expected one of: ref, size, checksum, extra, md5'],
    ],
  ])('as a reference is not %s', (value, mistakes) => {
    expect(mistakesIn(storyText(`log: a\nfiles: { x: ${value} }`))).toEqual(
      mistakes.map((mistake) => (typeof mistake === 'string' ? mistake : expect.stringMatching(mistake))),
    );
  });

  test('under any path is kept, prototypes and control characters included', () => {
    const files = '{ __proto__: 1B, constructor: 2B, "\\0a": 3B, "": 4B, ~: 5B, 7: 6B }';
    const [step] = storyIn(storyText(`log: a\nfiles: ${files}`)).steps;
    const entries = step?.kind === 'log' ? step.body.files : undefined;
    expect(Array.isArray(entries) && entries.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['__proto__', 'constructor', '\0a', '', '~', '7']),
    );
  });

  test('is a folder if from has no size, and a file of that name if it has one', () => {
    expect(storyIn(storyText('log: a\nfiles: { from: ./data }')).folders).toEqual([
      { path: './data', line: 4, column: 20 },
    ]);
    expect(storyIn(storyText('log: a\nfiles: { from: 2MB }')).folders).toEqual([]);
    expect(mistakesIn(storyText('log: a\nfiles: { from: ./data, x: 1MB }'))).toEqual([
      '4:28: unknown key "x"; expected one of: from',
    ]);
  });

  test.each(['2MB', '[a]', '5'])('is told by path, and not as %s', (files) => {
    expect(mistakesIn(storyText(`log: a\nfiles: ${files}`))).toEqual([
      '4:12: expected a mapping of paths to sizes, or { from: ./folder }',
    ]);
  });
});

describe('a name', () => {
  test.each([
    ['log: a:v0', `3:10: expected ${COLLECTION}, without a colon`],
    ['log: a/b/c/d', `3:10: expected ${COLLECTION}, with at most two slashes`],
    [
      'log: 5',
      '3:10: expected the name of an artifact collection: animals, project/animals or entity/project/animals',
    ],
    ['delete: a/b/c/d:v0', `3:13: ${VERSION}`],
    ['draft: animals', `3:12: ${ID} animals:v0`],
    [
      'use: a:v0\nrun: x:y',
      '4:10: expected the name of a run such as train-1, project/train-1 or entity/project/train-1',
    ],
    ['log: a\naliases: [1, null]', `4:15: ${TEXT}|4:18: ${TEXT}`],
    ['crash: 2', '3:12: expected now, or after N, such as after 2'],
    ['crash: after 1.5', '3:12: expected now, or after N, such as after 2'],
    ['delete all: a\nwhere: { keep last: -1 }', '4:25: expected a whole number, from 0'],
    ['delete all: a\nwhere: { without: tags }', '4:23: expected aliases'],
  ])('%j is not of the right form', (step, mistakes) => {
    expect(mistakesIn(storyText(step)).join('|')).toBe(mistakes);
  });

  test('that no store would take is a matter of the story, not of its file', () => {
    expect(
      mistakesIn(storyText('log: "a b"', 'log: ""', 'delete: "a:"', 'log: a\naliases: [v1, a/b]')),
    ).toEqual([]);
  });
});

describe('a list, a mapping or a boolean', () => {
  test.each([
    ['log: a\naliases: best', '4:14', /expected a list/],
    ['log: a\ntags: { a: b }', '4:11', /expected a list/],
    ['draft: a:v0\nremove: x', '4:13', /expected a list/],
    ['expect: { not found: a:v1 }', '3:26', /expected a list/],
    ['expect: { versions: { a: v0 } }', '3:30', /expected a list/],
    ['expect: { holders: { a:v0/x: a:v0 } }', '3:34', /expected a list/],
    ['expect: { collections: a }', '3:28', /expected a list/],
    ['expect: { events: versionBegun }', '3:23', /expected a list/],
    ['expect: [stored]', '3:13', /expected a mapping/],
    ['server: 7d', '3:13', /expected a mapping/],
    ['delete all: a\nwhere: keep last 3', '4:12', /expected a mapping/],
    ['delete: a:v0\ndeleteAliases: "yes"', '4:20', /expected true or false/],
  ])('is said to be expected in words of the language: %j', (step, place, words) => {
    const [mistake = '', ...others] = mistakesIn(storyText(step));
    expect(mistake).toMatch(words);
    expect(mistake).toMatch(new RegExp(`^${place}: `));
    expect(others).toEqual([]);
  });
});

describe('a claim', () => {
  test.each([
    ['stord: 1MB', '3:15: unknown key "stord"; did you mean "stored"?'],
    [
      'state: { a:v0: committed }',
      '3:30: expected PENDING, COMMITTED, PENDING_DELETION or DELETED; did you mean "COMMITTED"?',
    ],
    ['state: { a: COMMITTED }', `3:24: ${ID} a:v0`],
    ['aliases: { a:v0: { latest: v0 } }', `3:26: expected ${COLLECTION}, without a colon`],
    ['aliases: { a: { latest: v00 } }', '3:39: expected an index such as v0'],
    ['not found: [a]', `3:27: ${ID} a:v0`],
    ['holders: { up/a: [up] }', `3:26: ${ID} up:v0`, `3:33: ${ID} up:v0`],
    ['object: { __proto__/a: gone }', `3:25: ${ID} __proto__:v0`],
    ['ttl: { up: 1d }', `3:22: ${ID} up:v0`],
    ['expires in: { up: null }', `3:29: ${ID} up:v0`],
    ['holders: { a:v0: [a:v0] }', '3:26: expected a path of a version such as animals:v0/cat.jpg'],
    ['object: { a:v0/x: here }', '3:33: expected stored, noncurrent, soft-deleted or gone'],
    ['links: { a: [up] }', `3:24: ${ID} a:v0`, `3:28: ${ID} up:v0`],
  ])('{ %s } is a mistake where it stands, at the key where the key is wrong', (claim, ...mistakes) => {
    expect(mistakesIn(storyText(`expect: { ${claim} }`))).toEqual(mistakes);
  });
});
