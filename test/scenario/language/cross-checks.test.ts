import { describe, expect, test } from 'vitest';
import { mistakesIn, storyText } from '../../support/stores/story.ts';
import { testMistakes } from './mistake-rows.ts';

describe('ids', () => {
  testMistakes([
    [
      'are given once',
      storyText('begin: a\nid: x', 'begin: b\nid: x'),
      ['6:9: expected another id; the step in line 3 has given this one'],
    ],
    [
      'that nothing gives cannot be used',
      storyText('commit: x', 'abandon: y'),
      [/^3:13: expected an id that /, /^4:14: expected an id that /],
    ],
    [
      'that are misspelt are told the nearest',
      storyText('begin: a\nid: upload', 'commit: uplaod'),
      ['5:13: unknown id "uplaod"; did you mean "upload"?'],
    ],
    [
      'are what a deletion without a colon names',
      storyText('delete: animals'),
      [
        /^3:13: expected an id .*; a version is written animals:v0, and "delete collection" deletes all of them$/,
      ],
    ],
    [
      'cannot be taken for the name of a version, or a part of one',
      storyText('begin: a\nid: a:v0', 'log: a\nid: a/b', 'draft: a:v0\nid: a#0', 'begin: a\nid: "#12"'),
      [4, 6, 8, 10].map(
        (line) => `${line}:9: expected an id without a colon or slash, and not like animals#0`,
      ),
    ],
    [
      'are known in every step that can name a version by its id, and are said once if they are not',
      storyText(
        ...['upload: x\nfiles: { y: 1MB }', 'use: x\nrun: r', 'link: x\nto: p', 'unlink: x', 'draft: x'],
        ...['alias: x\nadd: [y]', 'ttl: x\nis: 1d', 'restore: x', 'recover: x', 'bucket delete: x/y'],
        ...['bucket undelete: x/y', 'commit: x', 'abandon: x'],
      ),
      [
        '3:13: expected an id that a step gives',
        ...['5:10', '7:11', '9:13', '10:12', '11:12', '13:10', '15:14', '16:14', '17:20', '18:22'].map(
          (at) => `${at}: expected an id that a step gives; a version is written x:v0`,
        ),
        '19:13: expected an id that a step gives',
        '20:14: expected an id that a step gives',
      ],
    ],
    [
      'are known in claims, too',
      storyText(
        'begin: a\nid: upload',
        'expect: { state: { uplaod: PENDING }, not found: [upload, a#0, b] }',
      ),
      [
        '5:24: unknown id "uplaod"; did you mean "upload"? A version is written uplaod:v0',
        '5:68: unknown id "b"; expected one of: upload; a version is written b:v0',
      ],
    ],
    ['say something', storyText('begin: a\nid: ""'), ['4:9: expected text; this is empty']],
    [
      'are text',
      storyText('begin: a\nid: 5'),
      ['4:9: expected text; a number, true or null needs quotes around it'],
    ],
    [
      'may be called __proto__, which nothing gives by itself',
      storyText('commit: __proto__', 'commit: constructor'),
      [/^3:13: expected an id /, /^4:13: expected an id /],
    ],
    [
      'of a step with a mistake are given all the same',
      storyText('begin: a\nid: x\nfilez: {}', 'commit: x'),
      ['5:5: unknown key "filez"; did you mean "files"?'],
    ],
  ]);
});

describe('one content has one size', () => {
  const other = (size: string, line: number, given: string) =>
    `expected ${size}, the size of this content in line ${line}; other content needs another name: "${given} of something-else"`;
  testMistakes([
    [
      'within a step',
      storyText('log: a\nfiles: { x: 1MB, y: 2MB of x }'),
      [`4:25: ${other('1MB', 4, '2MB')}`],
    ],
    [
      'across steps',
      storyText('log: a\nfiles: { x: 1MB }', 'log: b\nfiles:\n  x: 2MB'),
      [`7:10: ${other('1MB', 4, '2MB')}`],
    ],
    [
      'in a draft',
      storyText('log: a\nfiles: { x: 1MB }', 'draft: a:v0\nadd: { x: 2KB }'),
      [`6:15: ${other('1MB', 4, '2KB')}`],
    ],
    [
      'from the setup on',
      `title: t\ngiven:\n  - log: a\n    files: { x: 1MB }\nsteps:\n  - log: b\n    files: { x: 3B }\n`,
      [`7:17: ${other('1MB', 4, '3B')}`],
    ],
  ]);

  test('while a reference may have any size, and different contents as well', () => {
    expect(mistakesIn(storyText('log: a\nfiles: { x: 1MB, y: { ref: x, size: 2MB }, z: 2MB }'))).toEqual([]);
  });
});
