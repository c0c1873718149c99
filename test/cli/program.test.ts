import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { limbo } from '../support/process/run-limbo.ts';
import { temporaryFolder } from '../support/process/temporary-folder.ts';
import { storyText } from '../support/stores/story.ts';

const COMMANDS = [
  'run',
  'why',
  'plan',
  'usage',
  'verify',
  'timeline',
  'explore',
  'serve',
  'shell',
  'generate',
  'rules',
  'schema',
];
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

describe('help', () => {
  test.each([[], ...COMMANDS.map((command) => [command])])(
    '%s is printed, with examples, in 80 columns',
    async (...command) => {
      const { status, out, err } = await limbo(...command, '--help');
      expect([status, err]).toEqual([0, '']);
      expect(out).toMatch(new RegExp(`^Usage: limbo ${command.join('')}`));
      expect(out).toContain('\nExamples:\n  limbo ');
      expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
    },
  );

  test('names every command, and is asked for in three ways', async () => {
    const { out } = await limbo('--help');
    expect(COMMANDS.filter((command) => !out.includes(`\n  ${command} `))).toEqual([]);
    expect((await limbo('-h')).out).toBe(out);
    expect((await limbo('help')).out).toBe(out);
    expect((await limbo('help', 'run')).out).toBe((await limbo('run', '--help')).out);
  });

  test.each([['run', '--help'], ['language']])('of %s says how a story has dates', async (...asked) => {
    const { out } = await limbo(...asked);
    expect(out).toContain('begins');
    expect(out.replace(/\s+/g, ' ')).toContain('wait: { until: 2026-03-01 }');
  });

  test('gives examples that the program understands', async () => {
    for (const command of COMMANDS) {
      const { out } = await limbo(command, '--help');
      const named = [...out.matchAll(/^ {2}limbo (\w+)/gm)].map(([, name]) => name);
      expect(named.length).toBeGreaterThan(0);
      expect(named.filter((name) => name !== command)).toEqual([]);
    }
  });
});

test('the version is that of the package', async () => {
  expect(await limbo('--version')).toEqual({ status: 0, out: `${version}\n`, err: '' });
});

describe('a call that cannot be understood', () => {
  test.each([
    [['frobnicate'], "error: unknown command 'frobnicate'"],
    [['runn', 'x'], "error: unknown command 'runn'"],
    [['--frob'], "error: unknown option '--frob'"],
    [['run'], 'expected a scenario file, or --stories'],
    [['run', '--frob', 'x'], "error: unknown option '--frob'"],
    [['run', '--json=5', 'x'], 'error: '],
    [['run', '--rewrite', '--json', 'x'], 'error: '],
    [['run', '--rewrite', '--quiet', 'x'], 'error: '],
    [['run', '--quiet', '--json', 'x'], 'error: '],
    [['why', 'x'], "error: missing required argument 'name'"],
    [['generate'], "error: required option '--save <snapshot>' not specified"],
    [['why', 'x', 'a:v0/x', 'y'], "error: too many arguments for 'why'"],
    [['rules', '--quiet'], "error: unknown option '--quiet'"],
    [['schema', 'x'], "error: too many arguments for 'schema'"],
  ])('%j ends with 2 and a few lines that say so', async (args, message) => {
    const { status, out, err } = await limbo(...args);
    expect([status, out]).toEqual([2, '']);
    expect(err.startsWith(message)).toBe(true);
    expect(err.trimEnd().split('\n').length).toBeLessThanOrEqual(3);
  });

  test('at all, for want of a command, gets the help', async () => {
    const { status, out, err } = await limbo();
    expect([status, out]).toEqual([2, '']);
    expect(err).toBe((await limbo('--help')).out);
  });
});

describe('the exit status of run', () => {
  const folder = () =>
    temporaryFolder({
      'good.yaml': storyText('wait: 1d'),
      'bad.yaml': storyText('expect: { stored: 1B }'),
      'refused.yaml': storyText('log: a\naliases: [v1]', 'delete: "nothing:v0"'),
      'unusable.yaml': storyText('wiat: 1d'),
    });

  test.each([
    ['0 where every story comes true', ['good', 'good'], 0],
    ['1 where one does not', ['good', 'bad', 'good'], 1],
    ['1 where a step is refused that should not be', ['refused'], 1],
    ['2 where a file cannot be used, and nothing is played', ['bad', 'unusable'], 2],
  ])('is %s', async (_what, names, status) => {
    const root = folder();
    const files = names.map((name) => `${root}/${name}.yaml`);
    const answers = await Promise.all([
      limbo('run', ...files),
      limbo('run', '--quiet', ...files),
      limbo('run', '--json', ...files),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual([status, status, status]);
    if (status === 2) expect(answers.map(({ out }) => out)).toEqual(['', '', '']);
    else expect(answers.map(({ err }) => err)).toEqual(['', '', '']);
  });
});

test('the schema is JSON, the same each time', async () => {
  const { status, out, err } = await limbo('schema');
  expect([status, err]).toEqual([0, '']);
  expect(JSON.parse(out)).toMatchObject({ title: 'limbo scenario', type: 'object' });
  expect((await limbo('schema')).out).toBe(out);
});
