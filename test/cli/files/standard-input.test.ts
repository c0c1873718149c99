import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { limboReading } from '../../support/process/run-limbo.ts';
import { temporaryFolder } from '../../support/process/temporary-folder.ts';
import { storyText } from '../../support/stores/story.ts';

const STORY = storyText('log: m\nfiles: { a: 1MB }');
const RACE = `${STORY}together: { cleaner: [{ delete: "m:v0", deleteAliases: true }], collector: [collect] }\n`;

describe('a story on standard input', () => {
  test.each([
    [['run', '--quiet', '-'], 'passed  <stdin>  A story\n'],
    [['run', '-'], '<stdin>\n'],
    [['run', '--json', '-'], '"file": "<stdin>"'],
    [['why', '-', 'm:v0/a'], 'm:v0/a, 1MB: stored since day 0.'],
    [['plan', '-', '--delete', 'm:v0', '--delete-aliases'], '1 version would be soft-deleted'],
    [['usage', '-'], 'm:v0'],
    [['verify', '-'], '✓ no problems found'],
    [['timeline', '-'], 'm:v0'],
    [['explore', '-'], 'search complete'],
    [['explore', '--json', '-'], '"file": "<stdin>"'],
  ])('is read by %j', async (args, part) => {
    const story = args[0] === 'explore' ? RACE : STORY;
    const { status, out, err } = await limboReading(story, ...args);
    expect([status, err]).toEqual([0, '']);
    expect(out).toContain(part);
  });

  test('is read beside files, in its turn', async () => {
    const folder = temporaryFolder({ 'story.yaml': storyText('wait: 1d') });
    const { out } = await limboReading(STORY, 'run', '--quiet', `${folder}/story.yaml`, '-');
    expect(out).toMatch(/^passed {2}.*story\.yaml.*\npassed {2}<stdin> .*\n2 passed, 0 failed\n$/);
  });

  test('takes real folders from the working directory', async () => {
    const story = storyText(
      'log: m\nfiles: { from: ./scenarios/1-logging/hello }',
      'expect: { state: { m:v0: COMMITTED } }',
    );
    expect((await limboReading(story, 'run', '--quiet', '-')).status).toBe(0);
    const { status, err } = await limboReading(story.replace('hello', 'nowhere'), 'run', '-');
    expect([status, err]).toEqual([2, '<stdin>:4:20: expected a readable folder; no such file or folder\n']);
  });

  test.each([
    ['', '<stdin>:1:1: the file is empty; expected a scenario: "title" and "steps"\n'],
    ['titel: t\nsteps: [verify]\n', '<stdin>:1:1: unknown key "titel"; did you mean "title"?\n'],
    [Uint8Array.of(0x74, 0xff), '<stdin>:1:2: expected UTF-8 text; these bytes are not valid UTF-8\n'],
  ])('that cannot be used is refused: %j', async (input, message) => {
    for (const command of ['run', 'explore', 'usage']) {
      expect(await limboReading(input, command, '-')).toEqual({ status: 2, out: '', err: message });
    }
  });

  test.each([
    [['run', '-', '-'], '-: standard input can be read once\n'],
    [['run', '--rewrite', '-'], '-: --rewrite requires a file that it can write\n'],
    [['shell', '-'], '-: expected a scenario file; the steps come from standard input\n'],
  ])('is refused by %j', async (args, message) => {
    expect(await limboReading(STORY, ...args)).toEqual({ status: 2, out: '', err: message });
  });

  test('can be explored into a counterexample', async () => {
    const folder = temporaryFolder({});
    const race = RACE.replace('cleaner: [', 'uploader: [{ log: n, files: { a: 1MB } }], cleaner: [');
    const flawed = ['explore', '-', '--collector', 'deletes-at-once', '--save', `${folder}/saved.yaml`];
    expect((await limboReading(race, ...flawed)).status).toBe(1);
    expect(readFileSync(`${folder}/saved.yaml`, 'utf8')).toContain('together:\n');
  });
});
