import { existsSync, readFileSync } from 'node:fs';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { explore } from '../../../src/explore/explore.ts';
import { PROPERTIES } from '../../../src/explore/properties.ts';
import { COLLECTOR_NAMES } from '../../../src/store/settings.ts';
import { explorationIn, guilt } from '../../narration/answers/searched.ts';
import { limbo } from '../../support/process/run-limbo.ts';
import { temporaryFolder } from '../../support/process/temporary-folder.ts';
import { PATIENCE_MS } from '../../support/property-runs.ts';

const RACE = `title: A race
rules: [GC-9]
about: |
  Somebody uploads what is being collected.

  And nobody looks.
server: { retention: 0s }
steps: [{ log: m, files: { a: 1MB } }, { delete: "m:v0", deleteAliases: true }]
together:
  uploader: [{ begin: m, id: up, files: { a: 1MB } }, { commit: up }]
  collector: [collect]
`;
const LACKS = 'no committed version lacks a file';

/** What is told of the first of the broken properties, behind its name. */
function storyOf(out: string): string {
  const [, described = ''] = out.split(`\n✗ broken: ${LACKS}`);
  return described.split('\n\n')[0] ?? '';
}

async function explored(text: string, ...args: readonly string[]) {
  const folder = temporaryFolder({ 'story.yaml': text });
  const answer = await limbo('explore', `${folder}/story.yaml`, ...args);
  return { ...answer, folder };
}

describe('explore', { timeout: PATIENCE_MS }, () => {
  test('ends with 0 where everything holds, and says how much it searched', async () => {
    const { status, out, err } = await explored(RACE);
    expect(status).toBe(0);
    expect(out).toContain(`reference-counting: 15 states,`);
    expect(out.replaceAll('\n', ' ')).toContain('search complete');
    expect(out).toContain(`  ✓ ${LACKS}\n`);
    expect(out).toContain('  – not reached: an interrupted garbage collection continues\n');
    expect(out).not.toContain('✗');
    expect(err).toBe('');
  });

  test('ends with 1 where something is broken, and tells a shortest way to it', async () => {
    const { status, out } = await explored(RACE, '--collector', 'counts-at-review');
    expect(status).toBe(1);
    expect(storyOf(out)).toBe(`
  shortest counterexample, 5 steps:
   1  collector  collect: step
                 garbage collection reviews m:v0
   2  collector  collect: step
                 m:v0 releases its files
   3  uploader   begin: m, files: { a: 1MB }, id: up
                 m#1 is PENDING: already stored: a 1MB
   4  uploader   commit: up
                 m#1 is COMMITTED as m:v1
                 latest points to m:v1
   5  collector  collect: step
                 m:v0/a 1MB is deleted from the bucket: 1MB freed
  result: m:v1 lacks a`);
  });

  test('ends with 1 at a limit, and says that it does not know', async () => {
    const { status, out } = await explored(RACE, '--states', '5');
    expect(status).toBe(1);
    expect(out.replaceAll('\n', ' ')).toContain('search stopped at the limit of states');
    expect(out).toContain(`  ? unknown, search incomplete: ${LACKS}\n`);
    expect(out.match(/[✓✗].*/g)).toEqual([
      '✓ two versions share a file',
      '✓ an actor acts during a garbage collection',
    ]);
  });

  test.each([
    [['--states', '0'], '--states 0: expected a whole number, from 1'],
    [['--states', '1e3'], '--states 1e3: expected a whole number, from 1'],
    [['--seconds', '-1'], '--seconds -1: expected a whole number, from 1'],
    [['--seconds', ''], '--seconds "": expected a whole number, from 1'],
    [['--collector', '__proto__'], `--collector __proto__: expected one of ${COLLECTOR_NAMES.join(', ')}`],
  ])('ends with 2 for %j, and says what was expected', async (args, message) => {
    const { status, out, err } = await explored(RACE, ...args);
    expect([status, out, err]).toEqual([2, '', `${message}\n`]);
  });

  test('ends with 2 for a story without actors, with mistakes, or that is not there', async () => {
    const [alone] = RACE.split('together');
    const without = await explored(alone ?? '');
    expect([without.status, without.out]).toEqual([2, '']);
    expect(without.err).toMatch(/story\.yaml"?:1:1: expected a story with a "together" block/);
    const mistaken = await explored(`${RACE}crashes: -1\n`);
    expect([mistaken.status, mistaken.out]).toEqual([2, '']);
    expect(mistaken.err).toContain('12:10: expected a whole number, from 0');
    expect((await limbo('explore', '/nowhere/at/all.yaml')).status).toBe(2);
  });

  test('prints one JSON document, the same at every run', async () => {
    const { status, out, folder } = await explored(RACE, '--json', '--collector', 'counts-at-review');
    expect(status).toBe(1);
    const document = JSON.parse(out);
    expect(document).toMatchObject({
      file: `${folder}/story.yaml`,
      collector: 'counts-at-review',
      states: 19,
      bound: null,
    });
    expect(Object.keys(document)).toEqual([
      'file',
      'collector',
      'states',
      'transitions',
      'orders',
      'bound',
      'properties',
    ]);
    expect(document.properties.map(({ name, kind }: { name: string; kind: string }) => [name, kind])).toEqual(
      PROPERTIES.map(({ name, kind }) => [name, kind]),
    );
    const [lacks] = document.properties;
    expect(lacks.holds).toBe(false);
    expect(lacks.wrong).toEqual(['m:v1 lacks a']);
    expect(
      lacks.counterexample.map(({ actor, step }: { actor: string; step: string }) => [actor, step]),
    ).toEqual([
      ['collector', 'collect: step'],
      ['collector', 'collect: step'],
      ['uploader', 'begin: m, files: { a: 1MB }, id: up'],
      ['uploader', 'commit: up'],
      ['collector', 'collect: step'],
    ]);
    expect(
      (await limbo('explore', `${folder}/story.yaml`, '--json', '--collector', 'counts-at-review')).out,
    ).toBe(out);
    const bounded = JSON.parse((await explored(RACE, '--json', '--states', '3')).out);
    expect([bounded.bound, bounded.properties[0].holds]).toEqual(['states', null]);
  });
});

describe('a counterexample that is saved', { timeout: PATIENCE_MS }, () => {
  test.each(['counts-at-review', 'forgets-uploads'])(
    'is a story that breaks the same property, step by step: %s',
    async (collector) => {
      const folder = temporaryFolder({ 'story.yaml': RACE });
      const target = `${folder}/saved.yaml`;
      const first = await limbo(
        'explore',
        `${folder}/story.yaml`,
        '--collector',
        collector,
        '--save',
        target,
      );
      expect(first.err).toContain('saved as');
      const saved = readFileSync(target, 'utf8');
      expect(saved).toContain(`# ${LACKS}: broken by the steps of "in this order".\n# m:v1 lacks a\n`);
      const again = await limbo('explore', target);
      expect(again.status).toBe(1);
      expect(guilt(explore(explorationIn(saved)))[LACKS]).toBe(
        guilt(
          explore(
            explorationIn(
              RACE,
              COLLECTOR_NAMES.find((name) => name === collector),
            ),
          ),
        )[LACKS],
      );
      // What is told is the same, but for who does it.
      const described = (text: string) =>
        storyOf(text)
          .replace(/^( +\d+ +)(uploader|collector|in this order) +/gm, '$1')
          .replace(/^ +/gm, '');
      expect(described(first.out)).toContain('\nresult: m:v1 lacks a');
      expect(described(again.out)).toBe(described(first.out));
      expect((await limbo('run', target)).status).toBe(0);
    },
  );

  test('keeps crashes, half-done collections, people, texts and everything else of the story', async () => {
    const text = `title: "A crash: and more"
about: "one\\ntwo"
server: { retention: 0s, env: { __proto__: "#" } }
team: { members: { "__proto__": admin } }
given:
  - { log: m, files: { "a b: c": 1MB, __proto__: 2MB }, tags: ["x: y"] }
steps:
  - { delete: "m:v0", deleteAliases: true, as: __proto__ }
together:
  "a: b": [collect, { server: { collector: reference-counting } }]
crashes: 1
`;
    const folder = temporaryFolder({ 'story.yaml': text });
    const target = `${folder}/saved.yaml`;
    await limbo('explore', `${folder}/story.yaml`, '--collector', 'not-resumable', '--save', target);
    const saved = readFileSync(target, 'utf8');
    expect(saved).toContain('- crash: now');
    const before = guilt(explore(explorationIn(text, 'not-resumable')));
    expect(Object.keys(before)).not.toEqual([]);
    const [property = ''] = saved.slice(2).split(': broken');
    expect(guilt(explore(explorationIn(saved)))[property]).toBe(before[property]);
  });

  test('begins with the collector with which the story began, whatever it has at the end of its steps', async () => {
    const text = `title: Two collectors
server: { retention: 0s, collector: mark-and-sweep }
steps:
  - { log: m, files: { a: 1MB } }
  - { delete: "m:v0", deleteAliases: true }
  - { server: { collector: counts-at-review } }
together:
  uploader: [{ log: m, files: { a: 1MB } }]
  collector: [collect]
`;
    const folder = temporaryFolder({ 'story.yaml': text });
    await limbo('explore', `${folder}/story.yaml`, '--save', `${folder}/saved.yaml`);
    expect(readFileSync(`${folder}/saved.yaml`, 'utf8')).toContain(
      'server: { retention: 0s, collector: mark-and-sweep }',
    );
    expect((await limbo('explore', `${folder}/saved.yaml`)).status).toBe(1);
  });

  test('is that of the counterexample that is printed first', async () => {
    const folder = temporaryFolder({
      'story.yaml': `${RACE}always: { stored: 1MB }\nfinally: { stored: 7MB }\n`,
    });
    const { out } = await limbo('explore', `${folder}/story.yaml`, '--save', `${folder}/saved.yaml`);
    const [, first = 'none'] = /✗ broken: (.*)\n/.exec(out) ?? [];
    expect(readFileSync(`${folder}/saved.yaml`, 'utf8')).toContain(`# ${first}: broken`);
  });

  test('is never written over the story, over another file, or for nothing', async () => {
    const folder = temporaryFolder({ 'story.yaml': RACE, 'other.yaml': 'mine' });
    const flawed = ['explore', `${folder}/story.yaml`, '--collector', 'counts-at-review', '--save'] as const;
    expect((await limbo(...flawed, `${folder}/story.yaml`)).status).toBe(2);
    expect((await limbo(...flawed, `${folder}/../${folder.split('/').at(-1)}/story.yaml`)).status).toBe(2);
    expect((await limbo(...flawed, `${folder}/other.yaml`)).err).toContain('cannot be written (EEXIST)');
    expect(readFileSync(`${folder}/story.yaml`, 'utf8')).toBe(RACE);
    expect(readFileSync(`${folder}/other.yaml`, 'utf8')).toBe('mine');
    const sound = await limbo('explore', `${folder}/story.yaml`, '--save', `${folder}/none.yaml`);
    expect([sound.status, sound.err.includes('nothing to save')]).toEqual([0, true]);
    expect(existsSync(`${folder}/none.yaml`)).toBe(false);
  });
});

describe('what a story claims of its states', { timeout: PATIENCE_MS }, () => {
  const CLAIMS = `always: { object: { "m:v0/a": stored } }
finally: { stored: 1MB }
reachable: { state: { "m:v0": DELETED }, stored: 1MB }
`;
  const of = (document: { properties: { name: string }[] }) =>
    document.properties.filter(({ name }) => /^\w+: /.test(name));

  test('is told beside the properties of every store, with the shortest ways', async () => {
    const { status, out } = await explored(`${RACE}${CLAIMS}`);
    expect(status).toBe(1);
    expect(out).toContain('  ✗ always: object m:v0/a: stored\n');
    expect(out).toContain('  ✓ finally: stored 1MB\n');
    expect(out).toContain('  ✓ reachable: state of m:v0: DELETED, stored 1MB\n');
    const [, broken = ''] = out.split('✗ broken: always: object m:v0/a: stored\n');
    expect(broken.split('\n\n')[0]).toBe(`  shortest counterexample, 3 steps:
   1  collector  collect: step
                 garbage collection reviews m:v0
   2  collector  collect: step
                 m:v0 releases its files
   3  collector  collect: step
                 m:v0/a 1MB is deleted from the bucket: 1MB freed
  result: expected object m:v0/a: stored; actual: gone`);
    const [, example = ''] = out.split('\n✓ reachable: state of m:v0: DELETED, stored 1MB\n');
    expect(example).toMatch(/^ {2}shortest path, \d steps:\n/);
    expect(out.split('\n').filter((line) => stringWidth(line) > 80)).toEqual([]);
  });

  test.each([
    ['always: { logical: 5MB }', 1, 'violated from the start'],
    ['reachable: { logical: 5MB }', 1, '✗ reachable: logical 5MB, but no order of the steps reaches it'],
    ['reachable: { stored: 1MB }', 0, 'so from the start'],
    ['finally: { stored: 1MB }', 0, '✓ finally: stored 1MB'],
    ['finally: { state: { "m:v0": DELETED } }', 0, '✓ finally: state of m:v0: DELETED'],
    ['finally: { stored: 2MB }', 1, 'actual: 1MB'],
  ])('decides the exit status: %s', async (claim, expected, part) => {
    const { status, out } = await explored(`${RACE}${claim}\n`);
    expect(status).toBe(expected);
    expect(out).toContain(part);
    expect(out).not.toContain('then garbage collection runs to completion');
  });

  test('is in the JSON document, each way with its actors', async () => {
    const { status, out } = await explored(`${RACE}${CLAIMS}`, '--json');
    expect(status).toBe(1);
    const collector = { actor: 'collector', step: 'collect: step' };
    expect(of(JSON.parse(out))).toMatchObject([
      {
        name: 'always: object m:v0/a: stored',
        kind: 'always',
        holds: false,
        counterexample: [collector, collector, collector],
        wrong: ['expected object m:v0/a: stored; actual: gone'],
        example: null,
      },
      {
        name: 'finally: stored 1MB',
        kind: 'finally',
        holds: true,
        counterexample: null,
        wrong: [],
        example: null,
      },
      {
        name: 'reachable: state of m:v0: DELETED, stored 1MB',
        kind: 'reachable',
        holds: true,
        counterexample: null,
        wrong: [],
        example: expect.arrayContaining([expect.objectContaining({ actor: 'uploader' })]),
      },
    ]);
  });

  test.each([
    ['always: { object: { "m:v0/a": stored } }', 'failed', 'expected object m:v0/a stored, actual gone'],
    ['finally: { aliases: { m: { latest: v0 } } }', 'failed', 'expected alias latest of m v0, actual v1'],
    ['always: { logical: 1MB }', 'failed', 'expected logical 1MB, actual 0B'],
    ['reachable: { state: { "m:v0": DELETED }, stored: 1MB }', 'passed', 'A race'],
  ])('is the end of a saved story, which limbo run plays to it: %s', async (claim, verdict, part) => {
    const folder = temporaryFolder({ 'story.yaml': `${RACE}${claim}\n` });
    const saved = `${folder}/saved.yaml`;
    const { err } = await limbo('explore', `${folder}/story.yaml`, '--save', saved);
    expect(err).toContain('saved as');
    const { status, out } = await limbo('run', '--quiet', saved);
    expect([status, out]).toEqual([
      verdict === 'passed' ? 0 : 1,
      expect.stringMatching(RegExp(`^${verdict} `)),
    ]);
    expect(out).toContain(part);
    // Its one order, explored, leads to the same.
    const again = JSON.parse((await limbo('explore', '--json', saved)).out);
    expect(of(again)).toMatchObject([{ holds: verdict === 'passed' }]);
    expect(again.orders).toBe('1');
  });
});

describe('hostile names of actors', { timeout: PATIENCE_MS }, () => {
  test.each([
    '__proto__',
    '🐈'.repeat(40),
    'a\nb\u001b[31m',
    'x'.repeat(10_000),
    '',
    '漢'.repeat(24),
    '#',
    'a: b',
  ])('%j are told within 80 columns, reported whole, and saved in a story that can be read', async (name) => {
    const text = RACE.replace('  uploader:', `  ? ${JSON.stringify(name)}\n  :`);
    const folder = temporaryFolder({ 'story.yaml': text });
    const flawed = ['explore', `${folder}/story.yaml`, '--collector', 'counts-at-review'] as const;
    const described = await limbo(...flawed, '--save', `${folder}/saved.yaml`);
    expect(described.status).toBe(1);
    expect(described.out.split('\n').filter((line) => stringWidth(line) > 80)).toEqual([]);
    expect(described.out).not.toMatch(/\p{Cc}(?<!\n)/u);
    const { properties } = JSON.parse((await limbo(...flawed, '--json')).out);
    const actors = properties[0].counterexample.map(({ actor }: { actor: string }) => actor);
    expect(new Set(actors)).toEqual(new Set([name, 'collector']));
    expect((await limbo('explore', `${folder}/saved.yaml`)).status).toBe(1);
  });

  test('leave the answer at a limit within 80 columns, too', async () => {
    const { out } = await explored(RACE, '--states', '2');
    expect(out.split('\n').filter((line) => stringWidth(line) > 80)).toEqual([]);
  });
});
