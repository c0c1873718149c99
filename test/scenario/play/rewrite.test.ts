import { describe, expect, test } from 'vitest';
import { play } from '../../../src/scenario/play/play.ts';
import { type Rewritten, rewriteRecordings } from '../../../src/scenario/play/rewrite.ts';
import { mistakesIn, playText, storyIn } from '../../support/stores/story.ts';

/** Plays a story and refreshes its recordings from what it printed. */
function rewritten(text: string): Rewritten {
  const shown: (string | null)[] = [];
  play(storyIn(text), undefined, (frame) => shown.push(frame.shown));
  return rewriteRecordings('story.yaml', text, shown);
}

function textOf(text: string): string {
  const result = rewritten(text);
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.text;
}

const HEAD = '# first\ntitle:   "t"   # odd spaces\n\nsteps:\n  - log: a # made\n    files: { x:   1MB }\n';
const TAIL = '\n  # last\n  - expect: { stored: 1MB }   # a claim\n';
const TABLE = ['artifact collection  alias   version', 'a                    latest  v0'];
const BLOCK = `is: |\n      ${TABLE.join('\n      ')}`;
const QUOTED = `is: ${JSON.stringify(TABLE.join('\n'))}`;

/** A step with an old recording, and the same step with a fresh one. */
type Row = readonly [what: string, before: string, after: string];

const ROWS: readonly Row[] = [
  ['a block', '  - show: aliases\n    is: |\n      old\n', `  - show: aliases\n    ${BLOCK}\n`],
  [
    'a block with blank lines behind it',
    '  - show: aliases\n    is: |\n      old\n\n\n',
    `  - show: aliases\n    ${BLOCK}\n\n\n`,
  ],
  [
    'a block with other indentation',
    '  - show: aliases\n    is: |\n            old\n',
    `  - show: aliases\n    ${BLOCK}\n`,
  ],
  [
    'a block with a comment at its head',
    '  - show: aliases\n    is: |  # as of today\n      old\n',
    `  - show: aliases\n    ${BLOCK.replace('|', '|  # as of today')}\n`,
  ],
  [
    'a folded block',
    '  - show: aliases\n    is: >-\n      old\n      and more\n',
    `  - show: aliases\n    ${BLOCK}\n`,
  ],
  [
    'a block before another key',
    '  - is: |\n      old\n    show: aliases\n',
    `  - ${BLOCK}\n    show: aliases\n`,
  ],
  ['a plain text', '  - show: aliases\n    is: old\n', `  - show: aliases\n    ${BLOCK}\n`],
  [
    'a plain text of two lines',
    '  - show: aliases\n    is: old\n      and more\n',
    `  - show: aliases\n    ${BLOCK}\n`,
  ],
  ['a quoted text', "  - show: aliases\n    is: 'old'\n", `  - show: aliases\n    ${BLOCK}\n`],
  ['nothing', '  - show: aliases\n    is: ""\n', `  - show: aliases\n    ${BLOCK}\n`],
  [
    'a text with a comment behind it',
    '  - show: aliases\n    is: old # as of today\n',
    `  - show: aliases\n    ${QUOTED} # as of today\n`,
  ],
  ['a text between braces', '  - { show: aliases, is: old }\n', `  - { show: aliases, ${QUOTED} }\n`],
  ['a text between braces, first', '  - { is: old, show: aliases }\n', `  - { ${QUOTED}, show: aliases }\n`],
  [
    'a text that a merge brings',
    '  - <<: { is: old }\n    show: aliases\n',
    `  - <<: { ${QUOTED} }\n    show: aliases\n`,
  ],
  [
    'a step that an anchor repeats',
    '  - &s\n    show: aliases\n    is: |\n      old\n  - *s\n',
    `  - &s\n    show: aliases\n    ${BLOCK}\n  - *s\n`,
  ],
];

describe('a recording that was not fresh', () => {
  test.each(ROWS)('as %s is refreshed, and everything else stays to the byte', (_what, before, after) => {
    expect(textOf(HEAD + before + TAIL)).toBe(HEAD + after + TAIL);
  });

  test.each(ROWS)('as %s is fresh afterwards, and is not written again', (_what, before) => {
    const text = textOf(HEAD + before + TAIL);
    expect(mistakesIn(text)).toEqual([]);
    expect(playText(text).failures).toEqual([]);
    expect(textOf(text)).toBe(text);
  });

  test.each(ROWS)('as %s is refreshed in a file with the line ends of Windows', (_what, before, after) => {
    const windows = (text: string) => text.replaceAll('\n', '\r\n');
    expect(textOf(windows(HEAD + before + TAIL))).toBe(windows(HEAD + after + TAIL));
  });

  test.each(ROWS)('as %s is refreshed behind a byte order mark', (_what, before, after) => {
    expect(textOf(`\ufeff${HEAD}${before}${TAIL}`)).toBe(`\ufeff${HEAD}${after}${TAIL}`);
  });

  test('at the very end of a file is refreshed without a new line', () => {
    expect(textOf(`${HEAD}  - show: aliases\n    is: old`)).toBe(`${HEAD}  - show: aliases\n    ${BLOCK}`);
  });

  test('is one of several, each refreshed with its own', () => {
    const two =
      '  - show: aliases\n    is: old\n  - log: b\n    files: { x: 1MB }\n  - show: aliases\n    is: old\n';
    const text = textOf(HEAD + two);
    expect(playText(text).failures).toEqual([]);
    expect(text).toContain(`${BLOCK}\n  - log: b`);
  });

  test('can be in the setup', () => {
    const text = textOf('title: t\ngiven:\n  - show: aliases\n    is: old\nsteps:\n  - wait: 1d\n');
    expect(text).toBe(
      `title: t\ngiven:\n  - show: aliases\n    is: |\n      ${TABLE[0]?.replace('   ', '  ')}\nsteps:\n  - wait: 1d\n`,
    );
  });
});

describe('what verify found', () => {
  const found = (word: string) => `✗ a:v0 lacks x, 1MB: object ndTkYSaMgDT1yFZOFVxnpg== is gone; ${word}`;
  const step = '  - bucket delete: a:v0/x\n';
  const old = `${HEAD}${step}  - verify: now # by hand\n    is: |\n      nothing is wrong\n${TAIL.replace('1MB', '0B')}`;

  test('is a recording like that of a show step, and is refreshed', () => {
    const text = textOf(old);
    expect(text).toContain(
      `  - verify: now # by hand\n    is: |\n      ${found('it cannot be restored')}\n      checked: `,
    );
    expect(text.startsWith(`${HEAD}${step}`)).toBe(true);
    expect(text.endsWith(TAIL.replace('1MB', '0B'))).toBe(true);
    expect(playText(text).failures).toEqual([]);
    expect(textOf(text)).toBe(text);
  });

  test('is compared, and a difference fails the story', () => {
    const { failures } = playText(old);
    expect(failures).toEqual([
      { line: 8, expected: 'nothing is wrong', actual: expect.stringMatching(/^✗ a:v0 lacks x, 1MB/) },
    ]);
  });

  test('is not recorded where the step is bare, or has no recording', () => {
    const text = `${HEAD}  - verify\n  - verify: now\n${TAIL}`;
    expect(textOf(text)).toBe(text);
  });

  test('is refreshed between braces, and where an anchor repeats it', () => {
    const braces = textOf(`${HEAD}  - { verify: now, is: old }\n${TAIL}`);
    expect(braces).toMatch(/\{ verify: now, is: "✓ no problems found\\nchecked: [^"]+" \}/);
    expect(playText(braces).failures).toEqual([]);
    const anchor = textOf(`${HEAD}  - &v\n    verify: now\n    is: old\n  - *v\n${TAIL}`);
    expect(playText(anchor).failures).toEqual([]);
  });
});

describe('nothing is rewritten', () => {
  const fresh = `${HEAD}  - show: aliases\n    ${BLOCK}\n${TAIL}`;

  test.each([
    ['where a recording is fresh', fresh],
    ['where it differs in white space at the ends of lines only', fresh.replace('version\n', 'version   \n')],
    ['where a show has no recording', `${HEAD}  - show: aliases\n${TAIL}`],
    ['where a claim is false', `${HEAD}  - expect: { stored: 5MB }\n`],
  ])('%s', (_what, text) => {
    expect(textOf(text)).toBe(text);
  });

  test('where one recording, repeated by an anchor, would have to be two', () => {
    const step = '  - &s\n    show: aliases\n    is: |\n      old\n  - log: b\n  - *s\n';
    const result = rewritten(HEAD + step);
    expect(result.ok ? [] : result.diagnostics).toEqual([
      expect.objectContaining({
        line: 9,
        message: expect.stringMatching(/^expected a recording of its own/),
      }),
    ]);
  });
});
