import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fullCollectionName,
  fullRunName,
  isAlias,
  isCollectionName,
  isOwnerName,
  isUploadName,
  parseCollectionName,
  parseFileName,
  parseRunName,
  parseSelector,
  parseVersionName,
  printable,
  type Selector,
  shortCollectionName,
  shortRunName,
  shortVersionName,
} from '../../src/values/names.ts';
import { read } from '../support/stores/names.ts';

// No name has a number sign where an upload has it: no store takes one (see `isCollectionName`).
const part = fc.oneof(
  fc.stringMatching(/^[^/:#]{0,8}$/),
  fc.constantFrom('team', 'demo', '', '__proto__', '..'),
);
const collectionNames = fc.record({ entity: part, project: part, collection: part });
const selectors = fc.oneof(
  fc.record({ kind: fc.constant('index' as const), index: fc.maxSafeNat() }),
  fc.record({ kind: fc.constant('upload' as const), serial: fc.nat() }),
  fc.stringMatching(/^[^/:]{1,8}$/).map(parseSelector),
);

const paths = fc.oneof(
  fc.string(),
  fc.constantFrom('#0', '#0/x', '/#0', 'x:y', 'a#0/x:y', ':v0/x', 'a:v0/x', '', '/'),
);

describe('names are read back as they are written', () => {
  test('of artifact collections, in the full and in the shortest form', () => {
    fc.assert(
      fc.property(collectionNames, (name) => {
        expect(parseCollectionName(fullCollectionName(name))).toEqual({ ok: true, value: name });
        expect(parseCollectionName(shortCollectionName(name))).toEqual({ ok: true, value: name });
      }),
    );
  });

  test('of runs, in the full and in the shortest form', () => {
    fc.assert(
      fc.property(collectionNames, ({ entity, project, collection: run }) => {
        const name = { entity, project, run };
        expect(parseRunName(fullRunName(name))).toEqual({ ok: true, value: name });
        expect(parseRunName(shortRunName(name))).toEqual({ ok: true, value: name });
      }),
    );
  });

  test('of versions and of the paths in them, whatever a path has in it', () => {
    fc.assert(
      fc.property(collectionNames, selectors, paths, (collection, selector, path) => {
        const name = { collection, selector };
        expect(parseVersionName(shortVersionName(name))).toEqual({ ok: true, value: name });
        expect(parseFileName(`${shortVersionName(name)}/${path}`)).toEqual({
          ok: true,
          value: { version: name, path },
        });
      }),
    );
  });

  test('what is left out is the entity "team" and the project "demo"', () => {
    expect(parseCollectionName('animals')).toMatchObject({ value: { entity: 'team', project: 'demo' } });
    expect(shortVersionName({ collection: named('team/zoo/animals'), selector: index(3) })).toBe(
      'zoo/animals:v3',
    );
    expect(shortCollectionName(named('wild/demo/animals'))).toBe('wild/demo/animals');
  });
});

describe('an upload, which has no index', () => {
  test.each([
    ['a#0', named('a'), 0],
    ['a#10', named('a'), 10],
    ['zoo/a#7', named('zoo/a'), 7],
    ['wild/zoo/a#999999999999999', named('wild/zoo/a'), 999_999_999_999_999],
    ['#0', named(''), 0],
  ])('is %j', (text, collection, serial) => {
    const name = { collection, selector: { kind: 'upload', serial } };
    expect(isUploadName(text)).toBe(true);
    expect(parseVersionName(text)).toEqual({ ok: true, value: name });
    expect(parseFileName(`${text}/x`)).toEqual({ ok: true, value: { version: name, path: 'x' } });
  });

  test.each([
    'a#',
    'a#01',
    'a#-1',
    'a#1.5',
    'a#x',
    'a#0#1',
    'a##0',
    'a #',
    'a#1000000000000000',
    '#',
    'a#0\n',
  ])('is not %j', (text) => {
    expect(isUploadName(text)).toBe(false);
    expect(parseVersionName(text).ok).toBe(false);
    expect(parseFileName(`${text}/x`).ok).toBe(false);
  });

  test.each([
    ['a#0/x:y', 'a#0', 'x:y'],
    ['a#0/b:v0/x', 'a#0', 'b:v0/x'],
    ['a#0/#0/x', 'a#0', '#0/x'],
    ['a#0/', 'a#0', ''],
    ['a:v0/b#0/x', 'a:v0', 'b#0/x'],
    ['a:v0/#0', 'a:v0', '#0'],
    ['a:#0/x', 'a:#0', 'x'],
    ['#0/x', '#0', 'x'],
  ])('%j is a path of a version', (text, version, path) => {
    expect(parseFileName(text)).toEqual({
      ok: true,
      value: { version: read(parseVersionName(version), version), path },
    });
  });

  test('is not what has an index or an alias as well', () => {
    expect(parseVersionName('a#0:v0')).toMatchObject({ value: { selector: { kind: 'index', index: 0 } } });
    expect(parseVersionName('a:#0')).toMatchObject({ value: { selector: { kind: 'alias', alias: '#0' } } });
    expect(isUploadName('a:#0')).toBe(false);
  });
});

describe('the part after the colon', () => {
  test.each(['v0', 'v7', 'v10'])('%s is an index', (text) => {
    expect(parseSelector(text)).toEqual({ kind: 'index', index: Number(text.slice(1)) });
  });

  test.each(['v', 'v007', 'V1', 'v1.0', 'v-1', 'v9007199254740992', 'latest', '', 'v1\n'])(
    '%j is no index that a version could have',
    (text) => {
      expect(parseSelector(text)).toEqual({ kind: 'alias', alias: text });
    },
  );
});

test.each([
  [parseCollectionName, 'a/b/c/d'],
  [parseCollectionName, 'animals:v0'],
  [parseRunName, 'run:1'],
  [parseVersionName, 'animals'],
  [parseVersionName, 'a/b/c/d:v0'],
  [parseFileName, 'animals:v0'],
  [parseFileName, 'animals/cat.jpg'],
])('%o does not read %j, and says what it expected', (parse, text) => {
  expect(parse(text)).toMatchObject({ ok: false, expected: expect.stringContaining('such as') });
});

describe('an alias (ALI-4)', () => {
  test.each(['', 'a/b', 'a:b', 'v0', 'v007'])('%j can be none', (text) => {
    expect(isAlias(text)).toBe(false);
  });

  test.each(['latest', 'v', 'v1.0', 'version1', '__proto__', 'constructor', '😀', ' ', 'two\nlines', '..'])(
    '%j can be one',
    (text) => {
      expect(isAlias(text)).toBe(true);
    },
  );

  test('is anything that is not empty, has neither / nor :, and is not v and digits', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('v', '0', '7', '/', ':', 'x'), maxLength: 4 }),
        (text) => {
          const refused = text === '' || text.includes('/') || text.includes(':') || /^v[0-9]+$/.test(text);
          expect(isAlias(text)).toBe(!refused);
        },
      ),
    );
  });
});

describe('other names', () => {
  test('an artifact collection takes 1 to 128 letters, digits, dots, dashes and underscores', () => {
    for (const name of ['a', 'A.b-c_9', '__proto__', '..', 'x'.repeat(128)])
      expect(isCollectionName(name)).toBe(true);
    for (const name of ['', 'x'.repeat(129), 'a b', 'ä', '😀', 'a\n', 'a/b', 'a:b'])
      expect(isCollectionName(name)).toBe(false);
  });

  test('an entity, a project or a run takes anything that an address does not use up', () => {
    for (const name of ['a', '__proto__', '😀'.repeat(128), 'my project', '..'])
      expect(isOwnerName(name)).toBe(true);
    for (const name of ['', 'x'.repeat(129), '\ud800', ...'/\\#?%:\n\0\x7f'])
      expect(isOwnerName(name)).toBe(false);
  });
});

describe('a text made printable', () => {
  test('is on one line, without control characters, whatever it was', () => {
    const nasty = fc.constantFrom('\n', '\x1b', '\u202e', '\u2028', '\ud800', 'x', '😀', '\u200b');
    fc.assert(
      fc.property(
        fc.array(fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 12 }),
        (parts) => {
          expect(printable(parts.join(''))).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202e\u200b]/u);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('does not change if it is harmless, and is cut if it is long, with its length', () => {
    expect(printable('grüße 👩‍🚀')).toBe('grüße 👩‍🚀');
    expect(printable('two\nlines')).toBe('two\\u{a}lines');
    expect(printable('x'.repeat(10_000), 3)).toBe('xxx… (10000 characters)');
  });
});

function named(text: string) {
  const name = parseCollectionName(text);
  if (!name.ok) throw new Error(text);
  return name.value;
}

function index(at: number): Selector {
  return { kind: 'index', index: at };
}
