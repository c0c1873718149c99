import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byCodePoint } from '../../src/values/order.ts';

// Code points around the places where UTF-16 goes another way: surrogates, U+FFFD, the first emoji.
const tricky = fc.constantFrom(
  'a',
  'b',
  '\u{d7ff}',
  '\u{e000}',
  '\u{fffd}',
  '\u{ffff}',
  '\u{10000}',
  '😀',
  '\u{10ffff}',
);
const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: tricky, maxLength: 4 }));

describe('the order by code point', () => {
  test('agrees with comparing the arrays of code points', () => {
    fc.assert(
      fc.property(texts, texts, (left, right) => {
        expect(Math.sign(byCodePoint(left, right))).toBe(comparedCodePoints(left, right));
      }),
      { numRuns: 500 },
    );
  });

  test('only equal texts are equal, and turning a pair round turns the answer round', () => {
    fc.assert(
      fc.property(texts, texts, (left, right) => {
        expect(byCodePoint(left, right) === 0).toBe(left === right);
        expect(Math.sign(byCodePoint(left, right)) + Math.sign(byCodePoint(right, left))).toBe(0);
      }),
    );
  });

  test('sorting is the same whatever order the texts came in', () => {
    fc.assert(
      fc.property(fc.array(texts), fc.func(fc.integer()), (list, random) => {
        const shuffled = [...list].sort((left, right) => random(left) - random(right));
        expect(shuffled.sort(byCodePoint)).toEqual([...list].sort(byCodePoint));
      }),
    );
  });

  test('an emoji comes after U+FFFD, where JavaScript itself puts it before', () => {
    expect(['😀', '\u{fffd}', 'z'].sort()).toEqual(['z', '😀', '\u{fffd}']);
    expect(['😀', '\u{fffd}', 'z'].sort(byCodePoint)).toEqual(['z', '\u{fffd}', '😀']);
  });

  test('capitals come before small letters, and a text before what it begins', () => {
    expect(['b', 'ab', 'a', 'B', ''].sort(byCodePoint)).toEqual(['', 'B', 'a', 'ab', 'b']);
  });
});

function comparedCodePoints(left: string, right: string): number {
  const [lefts, rights] = [[...left], [...right]].map((text) => text.map((one) => one.codePointAt(0) ?? 0));
  if (lefts === undefined || rights === undefined) throw new Error('both were mapped');
  for (const [at, point] of lefts.entries()) {
    const other = rights[at];
    if (other === undefined) return 1;
    if (point !== other) return Math.sign(point - other);
  }
  return lefts.length === rights.length ? 0 : -1;
}
