import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LONGEST_MATCHED, parsePattern } from '../../src/values/pattern.ts';

function matches(pattern: string, text: string): boolean | string {
  const read = parsePattern(pattern);
  return read.ok ? read.value.matches(text) : read.expected;
}

const parts = fc.constantFrom(
  'a',
  'b',
  '.',
  '[ab]',
  '[^a]',
  '\\d',
  '\\w',
  '\\.',
  '^',
  '$',
  '\\b',
  '\\B',
  '\\-',
);
const { pattern } = fc.letrec<{ readonly pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'pattern' },
    parts,
    fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => left + right),
    fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => `(${left}|${right})`),
    fc
      .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '*?', '{2}', '{1,}', '{0,2}', '{0}'))
      .map(([part, times]) => `(?:${part})${times}`),
  ),
}));
const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', '.', '-', ' ', '😀'), maxLength: 6 });

// Node finds `\B` in the middle of a character that has two code units.
const isMisread = (source: string, given: string) => source.includes('\\B') && given.includes('😀');

describe('a pattern', () => {
  test('matches what a regular expression of the language matches', () => {
    fc.assert(
      fc.property(pattern, text, (source, given) => {
        fc.pre(!isMisread(source, given));
        const reference = new RegExp(source.replaceAll('\\-', '-'), 'u');
        expect(matches(source, given)).toBe(reference.test(given));
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ['^foo.*', 'foo-1', true],
    ['^foo.*', 'a foo', false],
    ['', '', true],
    ['(?i)FOO', 'a foo', true],
    ['(?i)[A-C]$', 'b', true],
    ['a{2', 'a{2', true],
    ['[\\-\\ _]', ' ', true],
    ['\\pL+', 'é', true],
    ['\\p{Lu}', 'é', false],
    ['\\x41\\x{42}', 'AB', true],
    ['\\Aa\\z', 'a', true],
    ['(?P<name>a)(?<other>b)', 'ab', true],
    ['a\\/b\\_c', 'a/b_c', true],
    ['^.$', '😀', true],
  ])('%j on %j is %j', (source, given, expected) => {
    expect(matches(source, given)).toBe(expected);
  });

  test.each([
    ['(a', 'a regular expression with balanced parentheses'],
    ['a)', 'a regular expression with balanced parentheses'],
    ['*a', 'a regular expression in RE2\'s syntax; it cannot go on with "*a"'],
    ['a**', 'a regular expression in RE2\'s syntax; it cannot go on with "*"'],
    ['(?=a)', 'a regular expression in RE2\'s syntax; it cannot go on with "(?=a)"'],
    ['[a', 'a regular expression in RE2\'s syntax; it cannot go on with "[a"'],
    ['a\\', 'a regular expression in RE2\'s syntax; it cannot go on with "\\"'],
    ['(a)\\1', 'a regular expression in RE2\'s syntax, which has no "\\1"'],
    ['[z-a]', 'a regular expression in RE2\'s syntax, which has no "[z-a]"'],
    ['a{3,2}', 'a repetition such as {1,2}, lower number first'],
    ['(a{100}){100}', 'a regular expression that repeats less'],
    ['a'.repeat(501), 'a regular expression of at most 500 characters'],
  ])('refuses %j', (source, expected) => {
    expect(matches(source, 'a')).toBe(expected);
  });

  test('that makes a backtracking matcher try every way is matched all the same', () => {
    const long = 'a'.repeat(LONGEST_MATCHED);
    for (const source of ['(a*)*b', '(a|a)*b', '(a|aa)+$b', 'a*a*a*a*a*a*a*b']) {
      expect(matches(source, long)).toBe(false);
    }
    expect(matches('a$', `${'b'.repeat(LONGEST_MATCHED)}a`)).toBe(false);
  });

  test('any text is a pattern or is refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), text, (source, given) => {
        expect(typeof matches(source, given)).toMatch(/boolean|string/);
      }),
    );
  });
});
