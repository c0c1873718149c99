import { describe, expect, test } from 'vitest';
import { item, items, line, paragraph, tableBlock } from '../../../src/narration/block.ts';
import { PLAIN } from '../../../src/narration/layout/paint.ts';
import { plainText } from '../../../src/narration/layout/plain-text.ts';
import { renderBlocks } from '../../../src/narration/layout/render.ts';

const LONG = 'one two three four five six seven';
const TABLE = tableBlock(
  [{ heading: 'version' }, { heading: 'size', figures: true }, { heading: 'aliases' }],
  [
    ['animals:v0', '2MB', 'best'],
    ['animals:v1', '12MB', ''],
  ],
);

describe('an answer on a terminal', () => {
  test('has an empty line between its blocks', () => {
    const blocks = [paragraph(line('a'), item('b')), paragraph(line('c'))];
    expect(renderBlocks(blocks, { width: 80, paint: PLAIN })).toBe('a\n  b\n\nc');
  });

  test('breaks lines, and keeps the items of a list apart', () => {
    const mark = { head: '✗ ', sentence: [LONG], style: null };
    const shown = renderBlocks([paragraph(line(LONG), item(LONG), mark)], { width: 24, paint: PLAIN });
    expect(shown.split('\n')).toEqual([
      'one two three four five',
      'six seven',
      '  one two three four',
      '    five six seven',
      '✗ one two three four',
      '  five six seven',
    ]);
  });

  test('paints each line of a style', () => {
    const paint = { ...PLAIN, bad: (text: string) => `<${text}>` };
    const shown = renderBlocks([paragraph(line('fine'), line(LONG, 'bad'))], { width: 24, paint });
    expect(shown.split('\n')).toEqual(['fine', '<one two three four five>', '<six seven>']);
  });

  test('has tables, whose rows become words if they do not fit', () => {
    expect(renderBlocks([TABLE], { width: 80, paint: PLAIN }).split('\n')).toEqual([
      'version     size  aliases',
      'animals:v0   2MB  best',
      'animals:v1  12MB',
    ]);
    expect(renderBlocks([TABLE], { width: 22, paint: PLAIN }).split('\n')).toEqual([
      'animals:v0',
      '  size 2MB, aliases',
      '    best',
      'animals:v1',
      '  size 12MB',
    ]);
  });

  test('says how many items of a list are left out', () => {
    const block = paragraph(...items(['a', 'b', 'c'], 1, (text) => text));
    expect(plainText([block])).toBe('  a\n  … and 2 more; --all shows them');
    expect(plainText([paragraph(...items(['a'], 1, (text) => text))])).toBe('  a');
  });
});

describe('an answer as plain text', () => {
  test('has unwrapped lines, and table rows in words', () => {
    expect(plainText([paragraph(line(LONG), item(LONG)), TABLE])).toBe(
      `${LONG}\n  ${LONG}\n\nanimals:v0: size 2MB, aliases best\nanimals:v1: size 12MB`,
    );
  });
});
