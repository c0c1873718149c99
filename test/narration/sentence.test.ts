import { describe, expect, test } from 'vitest';
import { sentenceText } from '../../src/narration/layout/plain-text.ts';
import {
  counted,
  fileReference,
  ruleReference,
  sentence,
  sentenceOf,
  versionReference,
} from '../../src/narration/sentence.ts';
import { versionId } from '../support/stores/names.ts';

const named = { versionId: versionId('animals:v0'), version: 'animals:v0' };
const VERSION = { kind: 'version', id: versionId('animals:v0'), text: 'animals:v0' };

describe('a sentence', () => {
  test('keeps its references apart, and joins the text between them', () => {
    const part = sentence`holds ${2} files (${ruleReference('GC-2')})`;
    expect(sentence`${versionReference(named)} ${part}${''}.`).toEqual([
      VERSION,
      ' holds 2 files (',
      { kind: 'rule', id: 'GC-2', text: 'GC-2' },
      ').',
    ]);
  });

  test('can list things, with text between them', () => {
    expect(sentenceOf([versionReference(named), 'b', 'c'], ', ')).toEqual([VERSION, ', b, c']);
    expect(sentenceOf([])).toEqual([]);
  });

  test('is text on a terminal', () => {
    const file = fileReference({ ...named, path: 'cat.jpg' });
    expect(sentenceText(sentence`${file} is stored`)).toBe('animals:v0/cat.jpg is stored');
  });

  test('shows a path that is empty, and escapes what a terminal would obey', () => {
    expect(fileReference({ ...named, path: '' }).text).toBe('animals:v0/""');
    expect(fileReference({ ...named, path: 'a\u001b[31m' })).toMatchObject({
      path: 'a\u001b[31m',
      text: 'animals:v0/a\\u{1b}[31m',
    });
  });

  test('counts in the singular and in the plural', () => {
    expect([0, 1, 2].map((count) => counted(count, 'file'))).toEqual(['0 files', '1 file', '2 files']);
  });
});
