import { describe, expect, test } from 'vitest';
import { explorationIn } from '../../narration/answers/searched.ts';
import { mistakesIn, playText, storyIn } from '../../support/stores/story.ts';

const HEAD = 'title: A story\nsteps: [{ log: m, files: { a: 1MB } }]\n';
const NO_ACTORS = 'expected a mapping of actors to lists of steps, with at least one actor';
const LOOKS = (kind: string) =>
  `expected a step that does something; ${kind} only looks, and is not allowed here`;

describe('a mistake in a block of actors', () => {
  test.each([
    ['together: 5', [`3:11: ${NO_ACTORS}`]],
    ['together: []', [`3:11: ${NO_ACTORS}`]],
    ['together: {}', [`3:11: ${NO_ACTORS}`]],
    ['together:', [`3:10: ${NO_ACTORS}`]],
    ['together: { a: collect }', ['3:16: expected a list of steps']],
    [
      'together: { a: [{ expect: { stored: 1MB } }], b: [] }',
      [`3:17: ${LOOKS('expect')}; always and finally claim what holds in any order`],
    ],
    ['together: { a: [{ show: objects }, verify] }', [`3:17: ${LOOKS('show')}`, `3:36: ${LOOKS('verify')}`]],
    ['together: { a: [collct] }', ['3:17: unknown step "collct"; did you mean "collect"?']],
    ['together: { a: [{ collect: twice }] }', ['3:28: expected now or step']],
    ['together: { a: [{ crash: never }] }', ['3:26: expected now, or after N, such as after 2']],
    ['together: { a: [{ expire: later }] }', ['3:27: expected now']],
    ['together: { a: [{ commit: nope }] }', ['3:27: expected an id that a step gives']],
    [
      'together:\n  a: [{ begin: m, id: up }]\n  b: [{ begin: n, id: up }]',
      ['5:23: expected another id; the step in line 4 has given this one'],
    ],
    [
      'together: { a: [{ log: m, files: { a: 2MB } }] }',
      [
        '3:39: expected 1MB, the size of this content in line 2; other content needs another name: "2MB of something-else"',
      ],
    ],
    [
      'team: { members: { bob: member } }\ntogether: { a: [{ log: m, as: bobo }] }',
      ['4:31: unknown person "bobo"; did you mean "bob"?'],
    ],
    [
      'together: { a: [collect], a: [expire] }',
      ['3:27: expected each key once; this mapping already has it'],
    ],
    ['together: { a: [collect] }\ncrashes: -1', ['4:10: expected a whole number, from 0']],
    ['together: { a: [collect] }\ncrashes: 1.5', ['4:10: expected a whole number, from 0']],
  ])('%j is told, and where it is', (block, mistakes) => {
    expect(mistakesIn(`${HEAD}${block}\n`)).toEqual(mistakes);
  });
});

describe('a block of actors', () => {
  test('may share ids, people and content with all the rest of the story', () => {
    const text = `title: A story
team: { members: { bob: member } }
steps: [{ begin: m, id: first, files: { a: 1MB } }]
together:
  a: [{ begin: m, id: second, files: { a: 1MB } }, { commit: first }]
  b: [{ commit: second, as: bob }]
`;
    expect(mistakesIn(text)).toEqual([]);
  });

  test('may name its actors as it likes', () => {
    const names = ['__proto__', 'constructor', '', '🐈', 'a\nb', 'x'.repeat(10_000)];
    const block = names.map((name) => `? ${JSON.stringify(name)}\n  : [expire]`).join('\n  ');
    const story = storyIn(`${HEAD}together:\n  ${block}\n`);
    expect(story.together.map(({ name }) => name)).toEqual(names);
    expect(story.together.map(({ steps }) => steps.map(({ kind }) => kind))).toEqual(
      names.map(() => ['expire']),
    );
  });

  test('allows no crash of the collector by default', () => {
    expect(storyIn(`${HEAD}together: { a: [collect] }\n`).crashes).toBe(0);
    expect(storyIn(`${HEAD}together: { a: [collect] }\ncrashes: 3\n`).crashes).toBe(3);
  });

  test('is played as it is written, actor by actor', () => {
    const { frames, failures } = playText(`${HEAD}together:
  late: [{ log: m, files: { b: 1MB } }, { wait: 1d }]
  early: [{ delete: "m:v0" }]
`);
    expect(failures).toEqual([]);
    expect(frames.map(({ actor, step }) => [actor, step.kind])).toEqual([
      [null, 'log'],
      ['late', 'log'],
      ['late', 'wait'],
      ['early', 'delete'],
    ]);
  });

  test('may have claims between the steps of an actor that is alone, which a search leaves to a run', () => {
    const text = `${HEAD}together: { a: [{ log: other, files: { b: 1MB } }, { expect: { stored: 1MB } }, collect] }\n`;
    expect(playText(text).failures).toEqual([{ line: 3, expected: 'stored 1MB', actual: '2MB' }]);
    expect(explorationIn(text).actors[0]?.moves.map(({ text: told }) => told)).toEqual([
      'log: other, files: { b: 1MB }',
      'collect',
    ]);
  });

  test('moves only the clock at a wait; expire and collect run the jobs', () => {
    const { frames, failures, final } = playText(`title: A story
server: { retention: 0s, abandonAfter: 1d, bucket: { provider: aws } }
steps:
  - { log: m, files: { a: 1MB } }
  - { log: m, files: { b: 1MB }, ttl: 2d }
  - { begin: m, files: { c: 1MB } }
  - { delete: "m:v0" }
together:
  clock: [{ wait: 30d }]
  jobs: [expire, collect]
`);
    expect(failures).toEqual([]);
    const types = frames.slice(4).map(({ events }) => [...new Set(events.map(({ type }) => type))]);
    expect(types).toEqual([
      ['clockMoved'],
      ['versionExpired', 'versionAbandoned'],
      ['versionsReviewed', 'holdsReleased', 'objectSwept', 'versionClosed'],
    ]);
    expect(final.bucket.storedBytes).toBe(0);
  });

  test('takes the collector a step at a time, and crashes it between two', () => {
    const { frames, failures } = playText(`title: A story
server: { retention: 0s }
steps: [{ log: m, files: { a: 1MB } }, { delete: "m:v0", deleteAliases: true }]
together:
  collector: [{ collect: step }, { collect: step }, { crash: now }, { collect: step }, collect, { collect: step }]
`);
    expect(failures).toEqual([]);
    expect(frames.slice(2).map(({ events }) => events.map(({ type }) => type))).toEqual([
      ['versionsReviewed'],
      ['holdsReleased'],
      ['garbageCollectionCrashed'],
      ['objectSwept'],
      ['versionClosed'],
      [],
    ]);
  });
});

describe('what is claimed of the states that actors reach', () => {
  const BLOCK = 'together: { a: [collect] }\n';
  const WAY = (key: string) => `expected a claim about the store; "${key}" is about what happened on the way`;
  test.each([
    [
      'always: { stored: 6 }',
      [expect.stringMatching(/^4:19: expected a size such as .* a bare number has no unit$/)],
    ],
    ['finally: {}', ['4:10: expected at least one claim, such as stored: 6MB']],
    ['reachable: [stored]', ['4:12: expected a mapping']],
    ['always: { freed: 1MB }', [`4:18: ${WAY('freed')}`]],
    ['finally: { events: [] }', [`4:20: ${WAY('events')}`]],
    ['reachable: { stord: 1MB }', ['4:14: unknown key "stord"; did you mean "stored"?']],
    [
      'always: { state: { m: COMMITTED } }',
      ['4:20: expected an id that a step gives; a version is written m:v0'],
    ],
    ['alwys: { stored: 1MB }', ['4:1: unknown key "alwys"; did you mean "always"?']],
  ])('%s has a mistake, which is reported at its place', (block, mistakes) => {
    expect(mistakesIn(`${HEAD}${BLOCK}${block}\n`)).toEqual(mistakes);
  });

  test.each(['always', 'finally', 'reachable'])('%s needs actors', (kind) => {
    expect(mistakesIn(`${HEAD}${kind}: { stored: 1MB }\n`)).toEqual([
      `3:1: "${kind}" needs a "together" block: it is about the orders of its steps`,
    ]);
  });

  test('is kept as it is written, each claim on its own, but for what must be so in one state', () => {
    const body = '{ stored: 1MB, state: { "m:v0": COMMITTED, __proto__:v0: DELETED } }';
    const { claims } = storyIn(`${HEAD}${BLOCK}always: ${body}\nreachable: ${body}\n`);
    expect(claims.map(({ kind, written }) => [kind, written])).toEqual([
      ['always', { stored: '1MB' }],
      ['always', { state: { 'm:v0': 'COMMITTED' } }],
      ['always', { state: { '__proto__:v0': 'DELETED' } }],
      ['reachable', { stored: '1MB', state: { 'm:v0': 'COMMITTED', '__proto__:v0': 'DELETED' } }],
    ]);
  });
});
