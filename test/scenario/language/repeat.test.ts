import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { scenarioJsonSchema } from '../../../src/scenario/language/schema.ts';
import { rewriteRecordings } from '../../../src/scenario/play/rewrite.ts';
import { PATIENCE_MS } from '../../support/property-runs.ts';
import { mistakesIn, playText, storyIn, storyText, storyWith } from '../../support/stores/story.ts';

/** A story that repeats steps, each on a line from the sixth on. */
function repeated(times: number | string, ...steps: readonly string[]): string {
  return storyWith(
    'team: { members: { bob: member } }',
    `repeat: ${times}\nsteps:\n${steps.map((step) => `  - ${step}`).join('\n')}`,
  );
}

const texts = (text: string) => storyIn(text).steps.map((step) => step.text);

describe('a repeat', () => {
  test('takes its steps as often as it says, in order, and counts from 0', () => {
    expect(
      texts(repeated(3, '{ log: "m-{n}", files: { "{n}.bin": "{n}MB of epoch {n}" } }', 'collect')),
    ).toEqual([
      'log: m-0, files: { "0.bin": 0MB of epoch 0 }',
      'collect',
      'log: m-1, files: { "1.bin": 1MB of epoch 1 }',
      'collect',
      'log: m-2, files: { "2.bin": 2MB of epoch 2 }',
      'collect',
    ]);
  });

  test('may be among the setup and the steps of an actor, too', () => {
    const { given, together } = storyIn(`title: A story
given: [{ repeat: 2, steps: [{ log: "g{n}" }] }]
steps: [collect]
together: { ann: [{ repeat: 2, steps: [{ log: "t{n}" }, expire] }, collect] }
`);
    expect(given.map(({ text }) => text)).toEqual(['log: g0', 'log: g1']);
    expect(together[0]?.steps.map(({ text }) => text)).toEqual([
      'log: t0',
      'expire',
      'log: t1',
      'expire',
      'collect',
    ]);
  });

  test('gives each repetition ids and ages of its own', () => {
    const { failures, final } = playText(
      repeated(
        4,
        '{ begin: m, id: "up{n}", files: { "f{n}": "{n}KB" }, ttl: "{n}.5d" }',
        '{ commit: "up{n}" }',
        '{ expect: { state: { "m:v{n}": COMMITTED }, expires in: { "m:v{n}": "{n}.5d" } } }',
      ),
    );
    expect(failures).toEqual([]);
    expect(final.bucket.storedBytes).toBe(6_000);
  });

  test('leaves {n} alone outside of it', () => {
    expect(texts(storyText('log: m\nfiles: { "{n}": 1MB }\naliases: ["a{n}"]'))).toEqual([
      'log: m, files: { "{n}": 1MB }, aliases: ["a{n}"]',
    ]);
  });

  test('names the lines of its claims', () => {
    const { failures } = playText(
      repeated(3, '{ log: "m-{n}", files: { "{n}": 1MB } }', '{ expect: { stored: "{n}MB" } }'),
    );
    expect(failures.map(({ line, expected }) => [line, expected])).toEqual([
      [7, 'stored 0B'],
      [7, 'stored 1MB'],
      [7, 'stored 2MB'],
    ]);
  });

  test('has one recording for all repetitions, which is refreshed only if they print the same', () => {
    const same = repeated(2, 'verify', '{ show: aliases, is: old }');
    expect(rewriteRecordings('', same, [null, 'new', null, 'new'])).toMatchObject({
      text: same.replace('old', '"new"'),
    });
    expect(rewriteRecordings('', same, [null, 'new', null, 'newer'])).toMatchObject({
      diagnostics: [{ line: 7, column: 30, message: expect.stringContaining('this step is repeated') }],
    });
  });
});

describe('a mistake in a repeat', () => {
  const TIMES = 'expected a whole number, from 1 to 100000';
  test.each([
    [repeated(0, 'collect'), [`4:13: ${TIMES}`]],
    [repeated('1.5', 'collect'), [`4:13: ${TIMES}`]],
    [repeated('100001', 'collect'), [`4:13: ${TIMES}`]],
    [repeated('often', 'colect'), [`4:13: ${TIMES}`, '6:9: unknown step "colect"; did you mean "collect"?']],
    [storyText('repeat: 3'), ['3:5: missing "steps": expected a list']],
    [storyText('repeat: 3\nsteps: []'), ['4:12: expected a list of steps, with at least one']],
    [
      storyText('repeat: 3\nsteps: [collect]\nas: bob'),
      ['5:5: unknown key "as"; expected one of: repeat, steps'],
    ],
    [storyText('repaet: 3\nsteps: [collect]'), ['3:5: unknown step "repaet"; did you mean "repeat"?']],
    [
      repeated(3, '{ repeat: 2, steps: [collect] }'),
      ['6:9: expected no repeat within a repeat, since {n} could be the number of either'],
    ],
  ])('%j is reported, and where it is', (text, mistakes) => {
    expect(mistakesIn(text)).toEqual(mistakes);
  });

  test.each([
    ['of a key', '{ log: m, "fil{n}": {} }', ['6:19: unknown key "fil0"; did you mean "files"?']],
    ['of a value', '{ wait: "{n}x" }', ['6:17: expected a duration such as 90s, 15m, 6h, 8d or 2w']],
    [
      'that only some have',
      '{ ttl: "m:v0", is: "{n}d" }',
      [expect.stringMatching(/^6:28: expected inherit, none or /)],
    ],
    ['of an id', '{ commit: "up{n}" }', ['6:19: expected an id that a step gives']],
    ['of a person', '{ wait: 1d, as: "bob{n}" }', ['6:25: unknown person "bob0"; did you mean "bob"?']],
    [
      'of content',
      '{ log: m, files: { a: "{n}MB" } }',
      [
        '6:31: expected 0B, the size of this content in line 6; other content needs another name: "1MB of something-{n}"',
      ],
    ],
    [
      'of an id without {n}',
      '{ begin: "m{n}", id: up }',
      ['6:30: expected an id with {n}, since this step is repeated: "up-{n}"'],
    ],
    [
      'of a key that is there twice',
      '{ log: m, files: { "a{n}": 1MB, a2: 1MB } }',
      ['6:41: expected each key once; with {n} replaced by 2, this mapping has it twice'],
    ],
  ])('%s is reported once', (_what, step, mistakes) => {
    expect(mistakesIn(repeated(40, step))).toEqual(mistakes);
  });

  test('is not that another step uses the id of a step that has one', () => {
    expect(
      mistakesIn(repeated(3, '{ begin: "m{n}", id: "up{n}", file: {} }', '{ commit: "up{n}" }')),
    ).toEqual(['6:39: unknown key "file"; did you mean "files"?']);
  });

  test('is one unknown id, however often it is used', () => {
    const text = repeated(40, '{ begin: "m{n}", id: "up{n}" }', '{ commit: "uq{n}" }');
    expect(mistakesIn(text)).toEqual(['7:19: unknown id "uq0"; did you mean "up0"?']);
  });

  test('is that the steps of all repeats are too many, or too long', () => {
    const repeats = Array.from({ length: 2 }, () => 'repeat: 30000\nsteps: [collect, collect]');
    expect(mistakesIn(storyText(...repeats))).toEqual([
      '5:13: expected at most 100000 repeated steps in a story; there are 120000 up to here',
    ]);
    expect(mistakesIn(repeated(50_000, `{ log: "m{n}", tags: [${'x'.repeat(1_000)}] }`))).toEqual([
      '4:13: expected fewer repetitions or shorter steps: together they have more than 20000000 characters',
    ]);
  });

  test('is a text with {n} without its quotes', () => {
    for (const step of ['{ log: m{n} }', '{ log: m, files: { {n}.txt: 1MB } }']) {
      expect(mistakesIn(repeated(3, step))).toEqual([
        expect.stringMatching(/^6:\d+: expected quotes around a text with \{n\}: "run-\{n\}"$/),
      ]);
    }
  });
});

describe('many repetitions', { timeout: PATIENCE_MS }, () => {
  const most = repeated(
    25_000,
    '{ log: "m{n}", files: { "f{n}": "{n}B" } }',
    '{ begin: x, id: "u{n}" }',
    '{ commit: "u{n}" }',
    'collect',
  );

  test('are read whole, right or wrong', () => {
    expect(storyIn(most).steps).toHaveLength(100_000);
    expect(mistakesIn(most.replace('commit: "u', 'commit: "w'))).toHaveLength(1);
  });
});

describe('the JSON Schema', () => {
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(scenarioJsonSchema());

  test.each([
    [
      repeated(
        3,
        '{ log: "m-{n}", files: { a: "{n}MB of {n}" }, ttl: "{n}d" }',
        'collect',
        '{ wait: "{n}h" }',
      ),
      true,
    ],
    [repeated(3, '{ expect: { versions: { m: ["v{n}"] }, stored: "{n}MB" } }'), true],
    [storyText('wait: "{n}h"'), false],
    [repeated(3, '{ wait: "{m}h" }'), false],
    [repeated(0, 'collect'), false],
    [repeated(3, '{ repeat: 3, steps: [collect] }'), false],
    [storyWith('', 'repeat: 3'), false],
  ])('%j fits: %s', (text, fits) => {
    expect(validate(parse(text))).toBe(fits);
  });
});
