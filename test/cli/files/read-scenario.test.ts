import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { limbo } from '../../support/process/run-limbo.ts';
import { temporaryFolder } from '../../support/process/temporary-folder.ts';

const STORY = 'title: t\nsteps:\n  - wait: 1d\n';

/** Runs one scenario file, and answers what is said of it, with the name of the file left out. */
async function said(content: string | Uint8Array, files: Readonly<Record<string, string>> = {}) {
  const folder = temporaryFolder({ ...files, 'story.yaml': content });
  const { status, out, err } = await limbo('run', path.join(folder, 'story.yaml'));
  return { status, out, err: err.replaceAll(`${folder}/`, '').trimEnd().split('\n') };
}

/** Text, with bytes that are no text at its end. */
function withBytes(text: string, ...bytes: readonly number[]): Uint8Array {
  return new Uint8Array([...new TextEncoder().encode(text), ...bytes]);
}

describe('a scenario file that cannot be used', () => {
  test.each<readonly [string, string | Uint8Array, string]>([
    ['is empty', '', '1:1: the file is empty; expected a scenario: "title" and "steps"'],
    [
      'is UTF-16',
      withBytes('', 0xff, 0xfe, 0x74, 0),
      '1:1: expected UTF-8 text; these bytes are not valid UTF-8',
    ],
    [
      'is Latin 1',
      withBytes('title: t\nabout: caf', 0xe9, 0x0a),
      '2:11: expected UTF-8 text; these bytes are not valid UTF-8',
    ],
    [
      'ends within a character',
      withBytes('title: 🐈', 0xf0, 0x9f),
      '1:10: expected UTF-8 text; these bytes are not valid UTF-8',
    ],
    ['is a zip archive', withBytes('PK', 3, 4, 0, 0), '1:1: '],
    [
      'begins with a byte order mark',
      `\ufefftitel: t\n${STORY}`,
      '1:1: unknown key "titel"; did you mean "title"?',
    ],
    [
      'has the line ends of Windows',
      STORY.replace('1d', '1').replaceAll('\n', '\r\n'),
      '3:11: expected a duration',
    ],
  ])('that %s is told where it is so', async (_what, content, message) => {
    const { status, out, err } = await said(content);
    expect(err[0]?.slice(0, `story.yaml:${message}`.length)).toBe(`story.yaml:${message}`);
    expect([status, out]).toEqual([2, '']);
  });

  test('is not there, or is a folder, or has no name', async () => {
    const folder = temporaryFolder();
    const missing = path.join(folder, 'missing.yaml');
    expect(await limbo('run', missing)).toEqual({
      status: 2,
      out: '',
      err: `${missing}:1:1: no such file or folder; expected a scenario file\n`,
    });
    expect((await limbo('run', folder)).err).toBe(
      `${folder}:1:1: this is a folder; expected a scenario file\n`,
    );
    expect((await limbo('run', '')).err).toBe('"":1:1: no such file or folder; expected a scenario file\n');
  });

  test('is one of several, and then none is played, and each is reported', async () => {
    const folder = temporaryFolder({ 'good.yaml': STORY, 'bad.yaml': 'title: t\n', 'worse.yaml': 'x' });
    const { status, out, err } = await limbo(
      'run',
      ...['good', 'bad', 'worse'].map((name) => `${folder}/${name}.yaml`),
    );
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(
      /^\S+\/bad\.yaml:1:1: missing "steps": .*\n\S+\/worse\.yaml:1:1: expected a scenario: .*\n$/,
    );
  });

  test('has its first twenty mistakes listed and the others counted', async () => {
    const { err } = await said(`title: t\nsteps:\n${'  - wait: 1\n'.repeat(50)}`);
    expect(err).toHaveLength(21);
    expect(err.at(-1)).toBe('story.yaml: and 30 more');
  });
});

describe('the folders of a scenario', () => {
  const from = (folder: string) =>
    `title: t\nsteps:\n  - log: a\n    files: { from: ${folder} }\n  - expect: { stored: 5B }\n`;

  test('are found beside the scenario', async () => {
    const { status, err } = await said(from('./data'), { 'data/a.txt': 'hello', 'data/sub/b.txt': 'hello' });
    expect([status, err]).toEqual([0, ['']]);
  });

  test('that cannot be read are reported together, each at its place', async () => {
    const text =
      'title: t\nsteps:\n  - log: a\n    files: { from: ./nothing }\n  - begin: b\n    files:\n      from: ./file\n';
    const { status, out, err } = await said(text, { file: '' });
    expect([status, out]).toEqual([2, '']);
    expect(err).toEqual([
      'story.yaml:4:20: expected a readable folder; no such file or folder',
      expect.stringMatching(/^story\.yaml:7:13: expected a folder; \.\/file is /),
    ]);
  });

  test('are not followed through links, which are reported in one line each', async () => {
    const folder = temporaryFolder({
      outside: 'secret',
      'data/a.txt': 'hello',
      'story.yaml': from('./data'),
    });
    symlinkSync('../outside', path.join(folder, 'data/a\u001b[31m\nb'));
    const { status, err } = await limbo('run', path.join(folder, 'story.yaml'));
    expect(status).toBe(0);
    expect(err.replace(`${folder}/`, '')).toBe(
      'story.yaml:4:20: skipped: ./data/a\\u{1b}[31m\\u{a}b is a symbolic link out of the folder\n',
    );
  });

  test('have files whose content may not be given another size by its name', async () => {
    // The digest of named content is the MD5 of its name, so this name is the content of the file.
    const named = '  - log: b\n    files: { x: 7MB of hello }\n';
    const { status, out, err } = await said(from('./data') + named, { 'data/a.txt': 'hello' });
    expect([status, out]).toEqual([2, '']);
    expect(err).toEqual([
      expect.stringMatching(/^story\.yaml:7:17: expected 5B, the size of this content in line 4; /),
    ]);
    const swapped = await said(`title: t\nsteps:\n${named}  - log: a\n    files: { from: ./data }\n`, {
      'data/a.txt': 'hello',
    });
    expect(swapped.err).toEqual([
      expect.stringMatching(
        /^story\.yaml:6:20: expected 7MB, the size of this content in line 4; the real file a\.txt has 5B$/,
      ),
    ]);
  });
});
