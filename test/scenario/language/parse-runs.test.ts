import { describe, expect, test } from 'vitest';
import { NO_FOLDERS } from '../../../src/scenario/language/scenario.ts';
import { isDoing } from '../../../src/scenario/language/schema-steps.ts';
import { commandsOf } from '../../../src/scenario/play/commands-of.ts';
import { emptyStore } from '../../../src/store/store.ts';
import { DEEPEST_JSON } from '../../../src/values/json.ts';
import { emptySortedTable } from '../../../src/values/sorted-table.ts';
import { finish, start } from '../../support/stores/builders.ts';
import { json } from '../../support/stores/json.ts';
import { mistakesIn, storyIn, storyText, storyWith } from '../../support/stores/story.ts';
import { testMistakes } from './mistake-rows.ts';

const TEXT = 'expected text; a number, true or null needs quotes around it';
const RUN = 'the name of a run: train-1, project/train-1 or entity/project/train-1';
const JSON_MAPPING = `expected a mapping of JSON values, at most ${DEEPEST_JSON} levels deep`;

/** Lists inside each other, so many. */
function lists(levels: number): string {
  return '['.repeat(levels) + ']'.repeat(levels);
}

/** The commands of a step. */
function commandsIn(text: string) {
  const [step] = storyIn(storyWith('team: { members: { bob: member } }', text)).steps;
  if (step === undefined || !isDoing(step) || step.kind === 'wait' || step.kind === 'collect') return null;
  return commandsOf(step as Parameters<typeof commandsOf>[0], emptyStore(), emptySortedTable(), NO_FOLDERS);
}

describe('the start of a run', () => {
  const started = (...lines: readonly string[]) => storyText(['start run: r', ...lines].join('\n'));

  testMistakes([
    ['has an id of text', storyText('start run: 5'), [`3:16: expected ${RUN}`]],
    ['has an id', storyText('start run:'), [`3:15: expected ${RUN}`]],
    [
      'has a path with three parts at most',
      storyText('start run: a/b/c/d'),
      [/^3:16: expected the name of a run /],
    ],
    ['has no unknown key', started('nam: x'), ['4:5: unknown key "nam"; did you mean "name"?']],
    ['has a name of text', started('name: 5'), [`4:11: ${TEXT}`]],
    ['has a list of tags', started('tags: a'), ['4:11: expected a list']],
    ['has tags of text', started('tags: [a, 1]'), [`4:15: ${TEXT}`]],
    [
      'has a state that exists',
      started('state: done'),
      ['4:12: expected running, finished, failed or crashed'],
    ],
    ['has a config that is a mapping', started('config: [a]'), ['4:13: expected a mapping']],
    ['has a config if the key is there', started('config:'), ['4:12: expected a mapping']],
    ['has a summary that is a mapping', started('summary: 5'), ['4:14: expected a mapping']],
    ['has numbers that JSON has', started('config: { a: { b: [.inf] } }'), [`4:13: ${JSON_MAPPING}`]],
    ['has no number that is too large', started('summary: { a: 1e400 }'), [`4:14: ${JSON_MAPPING}`]],
    [
      'has each key of a config once',
      started('config: { a: { b: 1, b: 2 } }'),
      ['4:26: expected each key once; this mapping already has it'],
    ],
    [
      'has a config of some depth',
      started(`config: { a: ${lists(DEEPEST_JSON)} }`),
      [`4:13: ${JSON_MAPPING}`],
    ],
    [
      'has a config that does not contain itself',
      started('config: &x { a: *x }'),
      ['4:16: expected an anchor that does not contain itself'],
    ],
  ]);

  test('can have a config that is as deep as JSON may be', () => {
    expect(mistakesIn(started(`config: { a: ${lists(DEEPEST_JSON - 1)} }`))).toEqual([]);
  });

  test('keeps any key of a config', () => {
    const config = '{ __proto__: { __proto__: 1 }, constructor: [{ "": null }], 1: two, "\\0nul": true }';
    const proto = new Map<string, unknown>([
      ['__proto__', new Map([['__proto__', 1]])],
      ['constructor', [{ '': null }]],
      ['1', 'two'],
      ['\0nul', true],
    ]);
    expect(commandsIn(`start run: r\nconfig: ${config}`)).toStrictEqual([
      start('r', { config: json(proto) }),
    ]);
  });

  test('in another state than running is its start and its end', () => {
    expect(commandsIn('start run: lab/r\nname: night\nstate: crashed\nas: bob')).toStrictEqual([
      start('lab/r', { displayName: 'night' }, 'bob'),
      finish('lab/r', 'crashed', 'bob'),
    ]);
  });
});

describe('the end of a run', () => {
  testMistakes([
    ['has the id of a run', storyText('finish run:'), [`3:16: expected ${RUN}`]],
    [
      'has a state of what ended',
      storyText('finish run: r\nstate: running'),
      ['4:12: expected finished, failed or crashed'],
    ],
    [
      'has none of what a start has',
      storyText('finish run: r\nname: x'),
      ['4:5: unknown key "name"; expected one of: finish run, state, as, refused'],
    ],
  ]);
});

test('a setting that is no flag', () => {
  expect(mistakesIn('title: t\nserver: { runHistoryArtifacts: yes }\nsteps:\n  - wait: 1d\n')).toEqual([
    expect.stringMatching(/^2:32: expected true or false/),
  ]);
});
