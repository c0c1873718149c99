import {
  chmodSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { limbo } from '../../support/process/run-limbo.ts';
import { temporaryFolder } from '../../support/process/temporary-folder.ts';
import { describeText, storyText, storyWith } from '../../support/stores/story.ts';

const GOOD = storyText('log: a\nfiles: { x: 1MB }', 'expect: { stored: 1MB }');
const BAD = storyText('expect: { stored: 1B }', 'delete: a:v0');

/** Writes stories into a folder, and runs them in it with these flags. */
async function run(flags: readonly string[], ...texts: readonly string[]) {
  const folder = temporaryFolder(Object.fromEntries(texts.map((text, at) => [`${at}.yaml`, text])));
  const files = texts.map((_text, at) => path.join(folder, `${at}.yaml`));
  const { status, out, err } = await limbo('run', ...flags, ...files);
  const short = (text: string) => text.replaceAll(`${folder}/`, '');
  return { status, out: short(out), err: short(err), files };
}

describe('run', () => {
  test('narrates each story, and counts them if there are several', async () => {
    expect((await run([], GOOD)).out).toBe(`${describeText(GOOD).replace('story.yaml', '0.yaml')}\n`);
    const { out } = await run([], GOOD, BAD);
    expect(out).toContain('\n✓ passed\n');
    expect(out).toContain('\n✗ failed: 2 expectations not met\n');
    expect(out.endsWith('\n1 passed, 1 failed\n')).toBe(true);
  });

  test('--quiet prints one line a file', async () => {
    expect((await run(['--quiet'], GOOD, BAD)).out).toBe(
      'passed  0.yaml  A story\nfailed  1.yaml  line 3: expected stored 1B, actual 0B\n1 passed, 1 failed\n',
    );
    expect((await run(['--quiet'], GOOD)).out).toBe('passed  0.yaml  A story\n');
  });

  test('--quiet keeps to its line, whatever the story is called', async () => {
    const { out } = await run(['--quiet'], 'title: "a\\nb\\e[31m"\nsteps:\n  - wait: 1d\n');
    expect(out).toMatch(/^[^\p{Cc}]*\n$/u);
  });

  test('--json says when a story begins, if it does, and counts its instants from then', async () => {
    const dated = storyWith('begins: 2026-01-31', 'wait: { until: 2026-02-02 }');
    const { scenarios } = JSON.parse((await run(['--json'], dated, GOOD)).out);
    expect(scenarios[0]).toMatchObject({ begins: '2026-01-31T00:00:00Z', verdict: 'passed' });
    expect(JSON.stringify(scenarios[0])).toContain('{"type":"clockMoved","to":"P2D"}');
    expect(scenarios[1]).not.toHaveProperty('begins');
  });

  test('--json prints one document, the same bytes each time', async () => {
    const [first, second] = [await run(['--json'], GOOD, BAD), await run(['--json'], GOOD, BAD)];
    const report = JSON.parse(first.out);
    expect(Object.keys(report)).toEqual(['passed', 'failed', 'scenarios']);
    expect(report).toMatchObject({
      passed: 1,
      failed: 1,
      scenarios: [{ verdict: 'passed' }, { verdict: 'failed' }],
    });
    expect(report.scenarios[1].failures).toEqual([
      { line: 3, expected: 'stored 1B', actual: '0B' },
      {
        line: 4,
        expected: '"delete: a:v0" to go through',
        actual: 'refused: not-found. There is no version a:v0.',
      },
    ]);
    expect(second.out).toBe(first.out);
    expect(first.out.endsWith('}\n')).toBe(true);
  });

  test('may be given the same file twice', async () => {
    const folder = temporaryFolder({ 'a.yaml': GOOD });
    expect((await limbo('run', '--quiet', `${folder}/a.yaml`, `${folder}/a.yaml`)).out).toMatch(
      /\n2 passed, 0 failed\n$/,
    );
  });
});

describe('run --rewrite', () => {
  const OLD = storyText(
    'log: a\nfiles: { x: 1MB }',
    'show: holders\nis: |\n  stale',
    'expect: { stored: 1MB } # true',
  );
  const FRESH = OLD.replace('stale', 'object  held by\n      a:v0/x  a:v0');

  test('refreshes what show steps record, prints the difference, and is content the second time', async () => {
    const { status, out, files } = await run(['--rewrite'], OLD);
    const [file = ''] = files;
    expect(readFileSync(file, 'utf8')).toBe(FRESH);
    expect(status).toBe(0);
    expect(out).toContain('\n-      stale\n+      object  held by\n+      a:v0/x  a:v0\n');
    expect(await limbo('run', '--rewrite', file)).toEqual({
      status: 0,
      out: `${file}: every recording is up to date\n`,
      err: '',
    });
    expect((await limbo('run', file)).status).toBe(0);
  });

  test.each([
    [
      'a claim fails',
      OLD.replace('stored: 1MB', 'stored: 2MB'),
      '0.yaml:8:1: expected stored 2MB, actual 1MB\n',
    ],
    ['a step is refused', `${OLD}  - delete: b:v0\n`, '0.yaml:9:1: expected "delete: b:v0" to go through'],
  ])('changes nothing where %s', async (_what, text, message) => {
    const { status, err, files } = await run(['--rewrite'], text);
    expect(status).toBe(1);
    expect(err).toContain('0.yaml: not rewritten; ✗ failed: 1 expectation not met\n');
    expect(err).toContain(message);
    expect(readFileSync(files[0] ?? '', 'utf8')).toBe(text);
  });

  test('changes nothing where another file cannot be used', async () => {
    const { status, files } = await run(['--rewrite'], OLD, 'titel: t\n');
    expect(status).toBe(2);
    expect(readFileSync(files[0] ?? '', 'utf8')).toBe(OLD);
  });

  test('leaves the mode of the file as it is, and nothing beside it', async () => {
    const folder = temporaryFolder({ 'a.yaml': OLD, 'a.yaml.rewritten': 'mine' });
    chmodSync(`${folder}/a.yaml`, 0o600);
    expect((await limbo('run', '--rewrite', `${folder}/a.yaml`)).status).toBe(0);
    expect(statSync(`${folder}/a.yaml`).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).sort()).toEqual(['a.yaml', 'a.yaml.rewritten']);
    expect(readFileSync(`${folder}/a.yaml.rewritten`, 'utf8')).toBe('mine');
  });

  test('writes through a symbolic link, which stays one', async () => {
    const folder = temporaryFolder({ 'real/a.yaml': OLD });
    symlinkSync('real/a.yaml', `${folder}/link.yaml`);
    await limbo('run', '--rewrite', `${folder}/link.yaml`);
    expect(lstatSync(`${folder}/link.yaml`).isSymbolicLink()).toBe(true);
    expect(readFileSync(`${folder}/real/a.yaml`, 'utf8')).toBe(FRESH);
  });

  test('keeps a byte order mark, and the line ends of Windows', async () => {
    const windows = (text: string) => `\ufeff${text.replaceAll('\n', '\r\n')}`;
    const { files } = await run(['--rewrite'], windows(OLD));
    expect(readFileSync(files[0] ?? '', 'utf8')).toBe(windows(FRESH));
  });

  test('sees the file as it was when it was read', async () => {
    const folder = temporaryFolder({ 'a.yaml': OLD });
    writeFileSync(`${folder}/b.yaml`, OLD);
    await limbo('run', '--rewrite', `${folder}/a.yaml`, `${folder}/b.yaml`, `${folder}/a.yaml`);
    expect(readFileSync(`${folder}/a.yaml`, 'utf8')).toBe(FRESH);
    expect(readFileSync(`${folder}/b.yaml`, 'utf8')).toBe(FRESH);
  });
});
