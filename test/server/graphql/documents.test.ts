import { describe, expect, test } from 'vitest';
import { readDocument } from '../../../src/server/graphql/documents.ts';

/** What is wrong with a document; null if it can be executed. */
function mistakeIn(query: string): string | null {
  const read = readDocument(query);
  return 'errors' in read ? (read.errors[0]?.message ?? '') : null;
}

/** Fragments, each of which spreads the next one twice. */
function bomb(levels: number): string {
  const fragments = Array.from(
    { length: levels },
    (_, at) => `fragment F${at} on User { ...F${at + 1} ...F${at + 1} }`,
  );
  return `{ viewer { ...F0 } } ${fragments.join(' ')} fragment F${levels} on User { id }`;
}

describe('a document', () => {
  test('is read once', () => {
    const [one, again] = [readDocument('{ viewer { id } }'), readDocument('{ viewer { id } }')];
    expect(again).toEqual(one);
    expect('document' in one && 'document' in again && one.document === again.document).toBe(true);
  });

  test('that is wrong is wrong each time', () => {
    const mistakes = [1, 2].map(() => mistakeIn('{ viewer { frob } }'));
    expect(mistakes).toEqual(Array(2).fill('Cannot query field "frob" on type "User".'));
  });

  test.each([
    ['too deep', `${'{ a '.repeat(10_000)}`, 'The document is more than 30 levels deep.'],
    [
      'too deep in its arguments',
      `{ a(x: ${'['.repeat(10_000)}`,
      'The document is more than 30 levels deep.',
    ],
    ['too long', `{ ${'viewer { id } '.repeat(2_000)} }`, 'The document has more than 5000 tokens.'],
    ['too wide', `{ ${'viewer { id } '.repeat(1_001)} }`, 'The document selects more than 2000 fields.'],
    ['a bomb of fragments', bomb(40), 'The document selects more than 2000 fields.'],
    ['no document', '{ viewer {', 'Syntax Error: Expected Name, found <EOF>.'],
    ['empty', '', 'Syntax Error: Unexpected <EOF>.'],
    ['half a character', '{ \ud800 }', 'Syntax Error: Invalid character: U+D800.'],
  ])('is refused where it is %s', (_what, query, message) => {
    expect(mistakeIn(query)).toBe(message);
  });

  test('with fragments that spread each other is refused in the words of GraphQL', () => {
    const query = '{ viewer { ...A } } fragment A on User { ...B } fragment B on User { ...A }';
    expect(mistakeIn(query)).toBe('Cannot spread fragment "A" within itself via "B".');
  });

  test('with a few levels of fragments is executed', () => {
    expect(mistakeIn(bomb(5))).toBeNull();
  });
});
