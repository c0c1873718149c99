import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { limbo } from '../../support/process/run-limbo.ts';
import { temporaryFolder } from '../../support/process/temporary-folder.ts';
import { storyText } from '../../support/stores/story.ts';

const BEGINNING = `title: Two versions
server: { retention: 1d }
team: { members: { bob: member } }
steps:
  - { log: animals, files: { cat.jpg: 2MB, dog.jpg: 1MB } }
  - { log: animals, files: { cat.jpg: 2MB } }
`;
const CLEAN_UP = storyText(
  'delete: "animals:v0"\nas: bob',
  'wait: 2d',
  'expect: { stored: 2MB, state: { "animals:v0": DELETED } }',
);

async function saved(files: Readonly<Record<string, string>> = {}) {
  const folder = temporaryFolder({ 'begin.yaml': BEGINNING, 'clean.yaml': CLEAN_UP, ...files });
  const state = `${folder}/state.limbo`;
  const { status, err } = await limbo('run', '--quiet', `${folder}/begin.yaml`, '--save', state);
  expect([status, err]).toEqual([0, `saved as ${state}\n`]);
  return { folder, state };
}

describe('run --save', () => {
  test('gives the same bytes each time, and leaves nothing beside them', async () => {
    const [one, other] = [await saved(), await saved()];
    expect(readFileSync(one.state)).toEqual(readFileSync(other.state));
    expect(readdirSync(one.folder).sort()).toEqual(['begin.yaml', 'clean.yaml', 'state.limbo']);
  });

  test('saves nothing where the story fails, and says so', async () => {
    const { folder, state } = await saved({ 'fails.yaml': storyText('expect: { stored: 1B }') });
    const before = readFileSync(state);
    const { status, err } = await limbo('run', '--quiet', `${folder}/fails.yaml`, '--save', state);
    expect([status, err]).toEqual([1, `${state}: nothing is saved, since the story failed\n`]);
    expect(readFileSync(state)).toEqual(before);
  });

  test('replaces a state, and keeps its mode and its place behind a symbolic link', async () => {
    const { folder, state } = await saved();
    symlinkSync(state, `${folder}/link.limbo`);
    const { mode } = statSync(state);
    const before = readFileSync(state);
    const args = ['--quiet', `${folder}/clean.yaml`, '--from', state, '--save', `${folder}/link.limbo`];
    expect((await limbo('run', ...args)).status).toBe(0);
    expect(readFileSync(state)).not.toEqual(before);
    expect(statSync(state).mode).toBe(mode);
  });

  test.each([
    ['a file that is no state', 'begin.yaml', 'expected a new file or an old snapshot; this is another file'],
    ['a folder', '', 'expected a new file or an old snapshot; this is not a file'],
    ['a place that is not there', 'nowhere/state.limbo', 'cannot be written (ENOENT)'],
  ])('refuses %s, before anything is played', async (_what, name, message) => {
    const { folder } = await saved();
    const target = `${folder}/${name}`;
    const answer = await limbo('run', `${folder}/begin.yaml`, '--save', target);
    expect(answer).toEqual({ status: 2, out: '', err: `--save ${target}: ${message}\n` });
    expect(readFileSync(`${folder}/begin.yaml`, 'utf8')).toBe(BEGINNING);
  });

  test('takes one story', async () => {
    const { folder, state } = await saved();
    const answer = await limbo('run', `${folder}/begin.yaml`, `${folder}/begin.yaml`, '--save', state);
    expect(answer.status).toBe(2);
    expect(answer.err).toContain('requires exactly one scenario file');
  });

  test('works with --json, whose document stays whole', async () => {
    const { folder, state } = await saved();
    const { out, status } = await limbo('run', '--json', `${folder}/begin.yaml`, '--save', state);
    expect([status, JSON.parse(out).passed]).toEqual([0, 1]);
  });
});

describe('--from', () => {
  test('starts from a snapshot, with its settings and its people', async () => {
    const { folder, state } = await saved();
    const { status, out, err } = await limbo('run', `${folder}/clean.yaml`, '--from', state);
    expect([status, err]).toEqual([0, '']);
    // An object is told by the path that brought it in, though nobody tells of that story.
    expect(out).toContain('animals:v0/dog.jpg 1MB is deleted from the bucket');
  });

  test('refuses heads that would contradict the state, and names their lines', async () => {
    const { folder, state } = await saved();
    const { status, out, err } = await limbo('run', `${folder}/begin.yaml`, '--from', state);
    expect([status, out]).toEqual([2, '']);
    expect(err.split('\n').map((line) => line.replace(/ in a story.*/, ''))).toEqual([
      `${folder}/begin.yaml:2:1: expected no "server"`,
      `${folder}/begin.yaml:3:1: expected no "team"`,
      '',
    ]);
  });

  test('answers every question without a story', async () => {
    const { state } = await saved();
    const answers = await Promise.all([
      limbo('why', '--from', state, 'animals:v0/cat.jpg'),
      limbo('plan', '--from', state, '--delete', 'animals:v0'),
      limbo('usage', '--from', state, '--by', 'collection'),
      limbo('verify', '--from', state),
      limbo('timeline', '--from', state),
    ]);
    expect(answers.map(({ status, err }) => [status, err])).toEqual(answers.map(() => [0, '']));
    expect(answers.map(({ out }) => out.includes('animals') || out.includes('no problems found'))).toEqual(
      answers.map(() => true),
    );
  });

  test('answers a question about the end of a story that starts from a snapshot', async () => {
    const { folder, state } = await saved();
    const why = await limbo('why', `${folder}/clean.yaml`, 'animals:v0/dog.jpg', '--from', state);
    expect(why.out).toContain('animals:v0/dog.jpg, 1MB: gone since day 1');
    const { out } = await limbo('timeline', '--json', `${folder}/clean.yaml`, '--from', state);
    const { versions } = JSON.parse(out);
    expect(versions.map(({ states }: { states: { state: string }[] }) => states.at(-1)?.state)).toEqual([
      'DELETED',
      'COMMITTED',
    ]);
  });

  test('is for the explorer and the rewriting of recordings, too', async () => {
    const { folder, state } = await saved({
      'together.yaml': `title: T
steps: [{ wait: 1h }]
together:
  cleaner: [{ delete: "animals:v0", as: bob }]
  uploader: [{ log: animals, files: { cow.jpg: 1MB } }]
`,
      'shown.yaml': storyText('delete: "animals:v0"\nas: bob', 'show: versions\nis: old'),
    });
    expect((await limbo('explore', `${folder}/together.yaml`, '--from', state)).status).toBe(0);
    expect((await limbo('run', '--rewrite', `${folder}/shown.yaml`, '--from', state)).status).toBe(0);
    expect(readFileSync(`${folder}/shown.yaml`, 'utf8')).toContain('PENDING_DELETION');
  });

  test.each([
    ['no state', 'title: a story\n', 'this is not a snapshot; expected a file written by --save'],
    ['empty', '', 'this is not a snapshot; expected a file written by --save'],
    ['newer', '{"format":"limbo snapshot","version":9,"x":1}\n', 'this snapshot has format version 9'],
    ['damaged', null, 'this snapshot is damaged'],
    ['missing', undefined, 'no such file; expected a snapshot written by --save'],
  ])('refuses a file that is %s, whoever is asked', async (_what, content, message) => {
    const { folder, state } = await saved();
    const file = `${folder}/wrong.limbo`;
    if (content === null) writeFileSync(file, readFileSync(state).subarray(0, 300));
    else if (content !== undefined) writeFileSync(file, content);
    const answers = await Promise.all([
      limbo('run', `${folder}/clean.yaml`, '--from', file),
      limbo('usage', '--from', file),
      limbo('explore', `${folder}/clean.yaml`, '--from', file),
      limbo('shell', '--from', file),
    ]);
    for (const { status, out, err } of answers) {
      expect([status, out]).toEqual([2, '']);
      expect(err.startsWith(`${file}: ${message}`)).toBe(true);
      expect(err.trimEnd().split('\n')).toHaveLength(1);
    }
  });

  test('recognizes a snapshot that is given as a story, and suggests --from', async () => {
    const { state } = await saved();
    for (const command of ['run', 'usage', 'explore']) {
      const { status, err } = await limbo(command, state);
      expect(status).toBe(2);
      expect(err).toBe(`${state}: this is a snapshot, not a scenario; use --from to start from it\n`);
    }
  });

  test('refuses a folder', async () => {
    const { folder } = await saved();
    mkdirSync(`${folder}/states`);
    const { status, err } = await limbo('usage', '--from', `${folder}/states`);
    expect(status).toBe(2);
    expect(err).toContain('states: cannot be read (EISDIR); expected a snapshot');
  });

  test('or a scenario is what a question needs', async () => {
    for (const question of ['usage', 'verify', 'timeline']) {
      expect(await limbo(question)).toEqual({
        status: 2,
        out: '',
        err: 'expected a scenario file, or a snapshot: --from SNAPSHOT\n',
      });
    }
    expect((await limbo('why', '--from', 'x')).err).toContain("error: missing required argument 'name'");
  });
});
