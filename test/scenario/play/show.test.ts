import { describe, expect, test } from 'vitest';
import { failuresOf, playSteps, playText, storyText } from '../../support/stores/story.ts';

const PAST = [
  'log: animals\nfiles: { cat.jpg: 2MB, map: { ref: s3://maps/1, size: 5GB } }\naliases: [best]\ntags: [seen]',
  'log: animals\nfiles: { cat.jpg: 2MB, dog.jpg: 10MB }',
  'link: animals:v0\nto: models/prod',
  'delete: animals:v1\ndeleteAliases: true',
  'wait: 8d',
  'begin: pets/zebras\nfiles: { "👨‍👩‍👧.png": 3KB }',
];

function shown(question: string): string {
  const [frame] = playSteps(...PAST, `show: ${question}`).frames.slice(-1);
  return frame?.shown ?? '';
}

const TABLES: readonly (readonly [question: string, table: readonly string[]])[] = [
  [
    'versions',
    [
      'version        state      size  created  aliases  tags',
      'animals:v0     COMMITTED   2MB    day 0  best     seen',
      'animals:v1     DELETED    12MB    day 0',
      'pets/zebras#0  PENDING     3KB    day 8',
    ],
  ],
  [
    'holders',
    [
      'object                held by',
      'animals:v0/cat.jpg    animals:v0',
      'animals:v1/dog.jpg    nothing',
      'pets/zebras#0/👨‍👩‍👧.png  pets/zebras#0',
    ],
  ],
  [
    'objects',
    [
      'object                size  holders  bucket  since',
      'animals:v0/cat.jpg     2MB        1  stored  day 0',
      'animals:v1/dog.jpg    10MB        0  gone    day 7',
      'pets/zebras#0/👨‍👩‍👧.png   3KB        1  stored  day 8',
    ],
  ],
  [
    'aliases',
    [
      'artifact collection  alias   version',
      'animals              best    v0',
      'models/prod          latest  v0',
    ],
  ],
  [
    'usage',
    [
      'artifact collection  versions  logical',
      'animals                     1      2MB',
      'models/prod                 0       0B',
      'pets/zebras                 0       0B',
      'logical 2MB   stored 2.003MB   billed 2.003MB',
    ],
  ],
];

describe('show', () => {
  test.each(TABLES)('prints %s as a table', (question, table) => {
    expect(shown(question).split('\n')).toEqual(table);
  });

  test.each(TABLES.map(([question]) => question))('%s of an empty store prints the headings', (question) => {
    const [frame] = playSteps(`show: ${question}`).frames;
    const [headings = ''] = shown(question).split('\n');
    expect(frame?.shown?.split('\n')[0]?.split(/ {2,}/)).toEqual(headings.split(/ {2,}/));
  });

  test('prints what users chose on one line, and cuts what is very long', () => {
    const [frame] = playSteps(
      `log: a\nfiles: { "x\\n\\e[31m": 1MB }\naliases: [${'b'.repeat(300)}]`,
      'show: versions',
    ).frames.slice(-1);
    expect(frame?.shown).toMatch(/^[^\p{Cc}]*\n[^\p{Cc}]*$/u);
    expect(Math.max(...(frame?.shown ?? '').split('\n').map((line) => line.length))).toBeLessThan(200);
  });
});

describe('a recording', () => {
  const [, [, aliases]] = [TABLES[0], TABLES[3] ?? ['', []]];
  const block = (lines: readonly string[]) =>
    `show: aliases\nis: |\n${lines.map((line) => `  ${line}\n`).join('')}`;

  test('that equals the output passes, except for white space at the ends of lines', () => {
    expect(failuresOf(...PAST, block(aliases))).toEqual([]);
    expect(failuresOf(...PAST, block(aliases.map((line) => `${line}   `)))).toEqual([]);
    expect(failuresOf(...PAST, block([...aliases, '', '']))).toEqual([]);
  });

  test('that is something else does not', () => {
    const lines = aliases.map((line) => line.replace('v0', 'v1'));
    expect(failuresOf(...PAST, block(lines))).toEqual([
      `expected ${lines.join('\n')}, actual ${aliases.join('\n')}`,
    ]);
  });

  test('that is empty is one too', () => {
    expect(failuresOf('show: aliases\nis: ""')).toHaveLength(1);
  });

  test('fails at the line of its step, and the story continues', () => {
    const { failures, frames } = playText(storyText('wait: 1d', 'show: aliases\nis: old', 'wait: 1d'));
    expect(failures.map(({ line }) => line)).toEqual([4]);
    expect(frames.map(({ outcome }) => outcome)).toEqual(['done', 'failed', 'done']);
  });
});
