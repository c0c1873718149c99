import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../../src/scenario/language/parse.ts';
import { mistakesIn, storyIn, storyText } from '../../support/stores/story.ts';
import { testMistakes } from './mistake-rows.ts';

const STEPS =
  'log, begin, upload, commit, abandon, draft, use, start run, describe run, finish run, alias, describe, describe collection, rename collection, collection type, link, unlink, ttl, team ttl, restore, recover, delete, delete collection, delete run, delete project, delete all, wait, collect, expire, bucket delete, bucket undelete, crash, server, verify, expect, show, repeat';
const TEXT = 'expected text; a number, true or null needs quotes around it';
const WAIT = 'steps:\n  - wait: 1d\n';

describe('a file that is not a scenario is rejected', () => {
  const message = 'expected a scenario: a mapping with "title" and "steps"';
  testMistakes([
    ['nothing at all', '', [`1:1: ${message}`]],
    ['only a comment', '# later\n', [`1:1: ${message}`]],
    ['a list', '- a\n- b\n', [`1:1: ${message}`]],
    ['a text', 'hello', [`1:1: ${message}`]],
    ['a number behind a comment', '# one\n5\n', [`2:1: ${message}`]],
    ['text of another encoding', 't\0i\0t\0l\0e\0', [`1:1: ${message}`]],
  ]);
});

describe('the head of a scenario', () => {
  testMistakes([
    ['needs a title', WAIT, [/^1:1: missing "title": expected text/]],
    ['has a title of text', `title: 5\n${WAIT}`, [`1:8: ${TEXT}`]],
    ['has a title that is not empty', `title:\n${WAIT}`, [`1:7: ${TEXT}`]],
    [
      'has no unknown key, and names the nearest',
      `title: t\nabuot: x\n${WAIT}`,
      ['2:1: unknown key "abuot"; did you mean "about"?'],
    ],
    [
      'names every key where none is near',
      `title: t\nzzzzzzzz: x\n${WAIT}`,
      [/^2:1: unknown key "zzzzzzzz"; expected one of: title, rules, about, begins, server, /],
    ],
    [
      'has no key __proto__ or constructor',
      `title: t\n__proto__: { a: 1 }\nconstructor: 1\n${WAIT}`,
      [/^2:1: unknown key "__proto__"; /, /^3:1: unknown key "constructor"; /],
    ],
    [
      'names rules that exist',
      `title: t\nrules: [DEL-1, DEL-999, 7]\n${WAIT}`,
      [
        '2:16: expected the identifier of a rule, such as DEL-2; limbo rules lists them',
        '2:25: expected the identifier of a rule, such as DEL-2',
      ],
    ],
    ['names rules as a list', `title: t\nrules: DEL-1\n${WAIT}`, [/^2:8: expected a list/]],
    ['has prose of text', `title: t\nabout: [a]\n${WAIT}`, ['2:8: expected text']],
    ['has a title that says something', `title: ""\n${WAIT}`, ['1:8: expected text; this is empty']],
    ['is YAML of today', `%YAML 1.1\n---\ntitle: t\n${WAIT}`, ['1:1: expected YAML 1.2, or no directive']],
    ['has keys of text', `title: t\n? [a]\n: b\n${WAIT}`, ['2:3: expected text as a key']],
    [
      'has settings that exist',
      `title: t\nserver: { retantion: 7d }\n${WAIT}`,
      ['2:11: unknown key "retantion"; did you mean "retention"?'],
    ],
    ['has settings as a mapping', `title: t\nserver: 7d\n${WAIT}`, [/^2:9: expected a mapping/]],
    [
      'has settings with values that they take',
      `title: t\nserver:\n  gcEvery: 0s\n  retention: 7\n  sharing: both\n  latestAfterDelete: no\n${WAIT}`,
      [
        '3:12: expected a duration longer than 0s',
        '4:14: expected a duration such as 90s, 15m, 6h, 8d or 2w; a bare number has no unit',
        '5:12: expected collection or entity',
        '6:22: expected absent or resolve-newest',
      ],
    ],
  ]);
});

describe('the steps of a scenario', () => {
  const list = 'expected a list of steps, with at least one';
  const mapping = `expected a step: a mapping with one of ${STEPS}`;
  testMistakes([
    ['are needed', 'title: t\n', [`1:1: missing "steps": ${list}`]],
    ['are a list', 'title: t\nsteps: { wait: 1d }\n', [`2:8: ${list}`]],
    ['are at least one', 'title: t\nsteps: []\n', [`2:8: ${list}`]],
    ['of the setup are a list too', `title: t\ngiven: 1d\n${WAIT}`, [/^2:8: expected a list of steps/]],
    [
      'are mappings',
      storyText('5', '[wait]', '{}'),
      [`3:5: ${mapping}`, `4:5: ${mapping}`, `5:5: ${mapping}`],
    ],
    ['have a name that exists', storyText('wiat: 1d'), ['3:5: unknown step "wiat"; did you mean "wait"?']],
    [
      'are not named by a word, but for collect and verify',
      storyText('wiat', 'collect', 'verify'),
      ['3:5: unknown step "wiat"; did you mean "wait"?'],
    ],
    [
      'begin with their name',
      storyText('files: { a: 1MB }'),
      [`3:5: unknown step "files"; expected one of: ${STEPS}`],
    ],
    [
      'are not called __proto__',
      storyText('__proto__: 1d'),
      [`3:5: unknown step "__proto__"; expected one of: ${STEPS}`],
    ],
    [
      'do one thing each',
      storyText('wait: 1d\ncommit: x'),
      ['3:5: expected a step to do one thing; this one names commit and wait'],
    ],
    [
      'have no unknown key',
      storyText('delete: a:v0\ndeleteAlias: true'),
      ['4:5: unknown key "deleteAlias"; did you mean "deleteAliases"?'],
    ],
    [
      'have no key twice',
      storyText('wait: 1d\n"wait": 2d'),
      ['4:5: expected each key once; this mapping already has it'],
    ],
    [
      'have what they need',
      storyText('use: a:v0'),
      ['3:5: missing "run": expected the name of a run: train-1, project/train-1 or entity/project/train-1'],
    ],
    [
      'are refused with codes that exist',
      storyText('delete: a:v0\nrefused: nope'),
      [/^4:14: expected the code of a refusal: bad-alias, /],
    ],
    [
      'are found through an anchor',
      storyText('&w { wait: 5 }', '*w'),
      ['3:16: expected a duration such as 90s, 15m, 6h, 8d or 2w; a bare number has no unit'],
    ],
  ]);

  test('may be a setup with nothing in it', () => {
    expect(storyIn(`title: t\ngiven: []\n${WAIT}`).given).toEqual([]);
  });
});

describe('every mistake', () => {
  test('is reported at once, in the order of the text', () => {
    const text = 'titel: t\nrules: [X]\nsteps:\n  - wiat: 1d\n  - wait: 1\n    foo: 1\n  - commit: x\n';
    expect(mistakesIn(text).map((mistake) => mistake.split(':').slice(0, 2).join(':'))).toEqual(
      expect.arrayContaining(['1:1', '2:9', '4:5', '5:11', '6:5', '7:13']),
    );
    const places = mistakesIn(text).map((mistake) => mistake.split(':').slice(0, 2).map(Number));
    expect(places).toEqual([...places].sort(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d));
  });

  test('is reported once, where an anchor repeats it', () => {
    expect(mistakesIn(storyText('&w { wait: 5 }', '*w', '*w'))).toHaveLength(1);
  });

  test('leaves no scenario, and no mistake leaves one', () => {
    expect(parseScenario('f.yaml', 'titel: t')).not.toHaveProperty('scenario');
    const parsed = parseScenario('f.yaml', storyText('collect', 'collect: now'));
    expect(parsed.ok && parsed.scenario.steps.map(({ kind, line }) => [kind, line])).toEqual([
      ['collect', 3],
      ['collect', 4],
    ]);
    expect(parsed.ok && parsed.scenario).toMatchObject({
      file: 'f.yaml',
      title: 'A story',
      rules: [],
      about: null,
    });
  });
});
