import { describe, expect, test } from 'vitest';
import { shippedChapters } from '../../../src/cli/shipped.ts';
import { limbo } from '../../support/process/run-limbo.ts';

const chapters = await shippedChapters();

describe('run --stories', () => {
  test('tells the canonical story, and counts the others by chapter, on one screen', async () => {
    const { status, out } = await limbo('run', '--stories');
    expect(status).toBe(0);
    expect(out).toContain('Deleting the first version frees nothing\n');
    for (const { number, name, files } of chapters) {
      expect(out).toMatch(new RegExp(`^✓ +${number} ${name} +${files.length} passed$`, 'm'));
    }
    expect(out.split('\n').length).toBeLessThan(60);
  });

  test.each(['3', 'deleting', '3-deleting', 'del'])('tells the stories of one chapter: %s', async (named) => {
    const { status, out } = await limbo('run', '--stories', named);
    expect(status).toBe(0);
    const told = [...out.matchAll(/^scenarios\/(\S+)\//gm)].map(([, chapter]) => chapter);
    expect(told).toEqual(chapters[2]?.files.map(() => '3-deleting'));
  });

  test('with --quiet or --json prints every story, under the name that it has wherever limbo is installed', async () => {
    const quiet = await limbo('run', '--stories', '--quiet');
    const count = chapters.reduce((sum, { files }) => sum + files.length, 0);
    expect(quiet.out.match(/^passed {2}scenarios\/\S+ {2}/gm)).toHaveLength(count);
    const json = await limbo('run', '--json', '--stories', 'aliases');
    const files: readonly string[] = JSON.parse(json.out).scenarios.map(({ file }: { file: string }) => file);
    expect(files).toHaveLength(chapters[1]?.files.length ?? 0);
    expect(files.every((file) => file.startsWith('scenarios/2-aliases/'))).toBe(true);
  });

  test('lists the chapters for an unknown one', async () => {
    expect(await limbo('run', '--stories', 'deletng')).toMatchObject({
      status: 2,
      out: '',
      err: 'unknown chapter "deletng"; did you mean "deleting"?\n',
    });
    expect((await limbo('run', '--stories', '')).status).toBe(2);
  });

  test('takes no file beside it, and a run without it takes at least one', async () => {
    expect(await limbo('run', 'story.yaml', '--stories')).toMatchObject({
      status: 2,
      err: 'story.yaml: files cannot be combined with --stories\n',
    });
    expect(await limbo('run')).toMatchObject({
      status: 2,
      err: 'expected a scenario file, or --stories\n',
    });
  });
});
