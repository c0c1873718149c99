import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { textTable } from '../../src/narration/layout/table.ts';
import { wrap } from '../../src/narration/layout/wrap.ts';
import { formatDiagnostic, inOrder } from '../../src/scenario/yaml/diagnostic.ts';
import { nearest, unknownWord } from '../../src/scenario/yaml/nearest-word.ts';
import { userText } from '../support/arbitraries/texts.ts';
import { runs } from '../support/property-runs.ts';

describe('the nearest word', () => {
  test.each([
    ['wiat', 'wait'],
    ['WAIT', 'wait'],
    ['delte', 'delete'],
    ['collection', 'collect'],
    ['xyz', null],
    ['', null],
    ['w'.repeat(70), null],
  ])('to %j is %j', (word, expected) => {
    expect(nearest(word, ['wait', 'delete', 'log', 'collect'])).toBe(expected);
  });

  test('is suggested; if none is close, every known word is listed', () => {
    expect(unknownWord('key', 'fiels', ['files', 'type'])).toBe('unknown key "fiels"; did you mean "files"?');
    expect(unknownWord('key', 'zzzz', ['files', 'type'])).toBe(
      'unknown key "zzzz"; expected one of: files, type',
    );
  });
});

describe('diagnostics', () => {
  const at = (line: number, column: number, message = 'm') => ({ line, column, message });

  test('come in the order of the text, each once', () => {
    expect(inOrder([at(2, 1), at(1, 9), at(1, 2), at(2, 1), at(2, 1, 'n')])).toEqual([
      at(1, 2),
      at(1, 9),
      at(2, 1),
      at(2, 1, 'n'),
    ]);
  });

  test('are written as editors recognize them', () => {
    expect(formatDiagnostic('a/b.yaml', at(3, 14, 'expected text'))).toBe('a/b.yaml:3:14: expected text');
  });

  test('are one printable line, whatever the file is called and the message repeats', () => {
    expect(formatDiagnostic('a\u001b[31m.yaml', at(1, 1, 'b\nc\u0000'))).toBe(
      'a\\u{1b}[31m.yaml:1:1: b\\u{a}c\\u{0}',
    );
  });
});

describe('a wrapped text', () => {
  test('does not change if it fits', () => {
    expect(wrap('  two  spaces\n\nb', 20)).toEqual(['  two  spaces', '', 'b']);
  });

  test('is broken between its words, and a word that is too long within itself', () => {
    expect(wrap('one two three four five', 20)).toEqual(['one two three four', 'five']);
    expect(wrap('x'.repeat(45), 20)).toEqual(['x'.repeat(20), 'x'.repeat(20), 'x'.repeat(5)]);
  });

  test('has no line wider than asked for, and loses no word', () => {
    fc.assert(
      fc.property(userText, fc.integer({ min: 20, max: 100 }), (text, columns) => {
        const lines = wrap(text.replaceAll(/\p{Cc}/gu, ' '), columns);
        expect(lines.filter((line) => stringWidth(line) > columns)).toEqual([]);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(/\p{Cc}| /gu, ''));
      }),
      runs(50),
    );
  });
});

describe('a table', () => {
  const columns = [{ heading: 'name' }, { heading: 'size', figures: true }, { heading: 'note' }];

  test('aligns texts to the left and figures to the right, and leaves no space at the end of a line', () => {
    expect(
      textTable(columns, [
        ['a', '10MB', ''],
        ['long name', '5B', 'x'],
      ]).split('\n'),
    ).toEqual(['name       size  note', 'a          10MB', 'long name    5B  x']);
  });

  test.each([
    ['wide', '猫'],
    ['emoji', '🐈'],
    ['joined emoji', '👨‍👩‍👧'],
    ['combining', 'e\u0301'],
    ['control', 'a\u001b[31m\n'],
    ['cut', 'y'.repeat(300)],
  ])('keeps its columns under each other where a name has %s characters', (_what, name) => {
    const lines = textTable(columns, [
      [name, '5B', '|'],
      ['plain', '10MB', '|'],
    ]).split('\n');
    expect(lines).toHaveLength(3);
    expect(new Set(lines.slice(1).map((line) => stringWidth(line))).size).toBe(1);
  });
});
