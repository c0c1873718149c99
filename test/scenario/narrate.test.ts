import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { Narrator } from '../../src/scenario/narrate.ts';
import type { Paint } from '../../src/scenario/paint.ts';
import { play } from '../../src/scenario/play.ts';
import { PATIENCE_MS, runs } from '../support/property-runs.ts';
import { storyIn, storyText, tellText } from '../support/story.ts';
import { ODD_TEXTS, userText } from '../support/user-texts.ts';

const STORY = `title: Deleting the second version frees only what it added
rules: [DEL-1, GC-2]
about: |
  v1 shares cat with v0 and adds rat. This paragraph is long enough to be broken,
  and its own lines do not matter.

  A second one.
given:
  - log: animals
    files: { cat: 2MB }
steps:
  - log: animals
    files: { cat: 2MB, rat: 3MB }
    aliases: [best]
  - delete: animals:v1
    refused: has-aliases
  - delete: animals:v1
    deleteAliases: true
  - alias: animals:v0
    remove: [gone]
  - wait: 8d
  - show: holders
  - expect: { stored: 2MB, freed: 3MB }
  - expect:
      logical: 5MB
`;

const TOLD = `Deleting the second version frees only what it added
story.yaml · DEL-1, GC-2

  v1 shares cat with v0 and adds rat. This paragraph is long enough to be
  broken, and its own lines do not matter.

  A second one.

     given 1 step of set-up: logical 2MB, stored 2MB, billed 2MB
  1  log animals
     animals:v1 is PENDING: uploads rat 3MB; already stored: cat 2MB       LOG-6
     animals:v1 is COMMITTED                                               LOG-5
     latest names v1 of animals, no longer v0                              ALI-2
     best names v1 of animals                                              ALI-1
     logical 2MB → 7MB · stored 2MB → 5MB · billed 2MB → 5MB
  2  delete animals:v1
     refused: has-aliases, as expected                                     DEL-2
     animals:v1 has the aliases best, latest.
     would go through: delete: animals:v1, deleteAliases: true
  3  delete animals:v1 with its aliases
     animals:v1 is PENDING_DELETION, without best, latest; its files stay
     in the bucket                                                         DEL-1
     logical 7MB → 2MB
  4  alias animals:v0 remove gone
     nothing changes
  5  wait 8d
     it is 7d since the beginning
     garbage collection reviews animals:v1                                  GC-1
     animals:v1 releases its files; others still hold cat 2MB               GC-2
     animals:v1/rat 3MB is deleted from the bucket: 3MB freed              BKT-1
     animals:v1 is DELETED                                                  GC-2
     it is 8d since the beginning
     stored 5MB → 2MB · billed 5MB → 2MB
  6  show holders
     object          held by
     animals:v0/cat  animals:v0
     animals:v1/rat  nothing
  7  expect
     ✓ stored 2MB · freed 3MB
  8  expect
     ✗ line 25: expected logical 5MB
       actual: 2MB

✗ failed: 1 claim did not come true
`;

describe('a story is told', () => {
  test('step by step, with what each caused, by which rule, and what it moved', () => {
    expect(tellText(STORY).split('\n')).toEqual(TOLD.split('\n'));
  });

  test('to its good end', () => {
    expect(tellText(storyText('expect: { stored: 0B }'))).toBe(
      'A story\nstory.yaml\n\n  1  expect\n     ✓ stored 0B\n\n✓ passed\n',
    );
  });

  test('with a refusal that nobody expected, and one that did not come', () => {
    const told = tellText(storyText('delete: a:v0', 'wait: 1d\nrefused: not-found'));
    expect(told.split('\n').slice(3)).toEqual([
      '  1  delete a:v0',
      '     refused: not-found                                                    DEL-3',
      '     There is no version a:v0.',
      '     ✗ line 3: expected delete a:v0 to go through',
      '       actual: refused: not-found. There is no version a:v0.',
      '  2  wait 1d',
      '     it is 1d since the beginning',
      '     ✗ line 4: expected wait 1d refused: not-found',
      '       actual: it went through',
      '',
      '✗ failed: 2 claims did not come true',
      '',
    ]);
  });

  test('without every one of many like events', () => {
    const files = Array.from({ length: 30 }, (_, at) => `f${at}: 1MB`).join(', ');
    const told = tellText(
      storyText(`log: a\nfiles: { ${files} }`, 'delete: a:v0\ndeleteAliases: true', 'wait: 8d'),
    );
    expect(told.match(/is deleted from the bucket/g)).toHaveLength(8);
    expect(told).toMatch(/… and 22 more like it +BKT-1/);
  });

  test('the same way each time', () => {
    expect(tellText(STORY)).toBe(tellText(STORY));
  });
});

/** A story in which everything that users name has this name, and in which everything is told of it. */
function storyOf(name: string): string {
  const text = JSON.stringify(name);
  const inCollection = JSON.stringify(`a:${name}`);
  return `title: ${JSON.stringify(`On ${name}`)}
about: ${text}
given:
  - log: a
    files: { first: 1MB }
steps:
  - log: a
    type: ${text}
    refused: type-mismatch
  - log: ${JSON.stringify(name.replaceAll(/[:/]/g, '-'))}
    type: ${text}
    files: { ${text}: 1MB of content-2 }
  - log: a
    files: { ${text}: 123.456KB of content-1, ${JSON.stringify(`${name}2`)}: ${JSON.stringify(`1.25MB of content-3 ${name}`)} }
    aliases: [${text}]
    tags: [${text}]
    id: ${JSON.stringify(`id ${name}`)}
  - delete: ${inCollection}
  - delete: ${inCollection}
    deleteAliases: true
  - delete all: a
    where: { with: ${text}, keep last: 3 }
  - alias: ${inCollection}
    add: [best, ${text}]
    remove: [${text}]
  - wait: 8d
  - expect:
      aliases: { a: { ${text}: v7 } }
      not found: [a:v0, ${inCollection}]
      holders: { ${JSON.stringify(`a:v0/${name}`)}: [${inCollection}] }
`;
}

describe('no line', () => {
  test(
    'is wider than the width, or holds a control character, whatever things are called',
    () => {
      const names = fc.oneof(
        {
          weight: 9,
          arbitrary: fc.constantFrom(...ODD_TEXTS, ...ODD_TEXTS.map((text) => `${text} `.repeat(9))),
        },
        { weight: 1, arbitrary: userText },
      );
      fc.assert(
        fc.property(names, fc.integer({ min: 40, max: 100 }), (name, width) => {
          const lines = tellText(storyOf(name), width).split('\n');
          expect(lines.filter((line) => stringWidth(line) > width)).toEqual([]);
          expect(lines.filter((line) => /\p{Cc}/u.test(line))).toEqual([]);
        }),
        runs(40),
      );
    },
    PATIENCE_MS,
  );

  test('ends with white space', () => {
    expect(
      tellText(STORY, 60)
        .split('\n')
        .filter((line) => line !== line.trimEnd()),
    ).toEqual([]);
  });

  test('is wider for its colours', () => {
    const mark = (text: string) => `<${text}>`;
    const paint: Paint = { title: mark, step: mark, quiet: mark, good: mark, bad: mark };
    const scenario = storyIn(STORY);
    const narrator = new Narrator(paint, 60);
    const told = [narrator.opening(scenario)];
    const playback = play(scenario, undefined, (frame) => told.push(narrator.frame(frame)));
    told.push(narrator.verdict(playback));
    expect(told.join('').replaceAll(/[<>]/g, '')).toBe(tellText(STORY, 60));
    expect(told.join('')).toContain('<  2  delete animals:v1>\n');
  });
});
