import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { limbo } from '../../support/process/run-limbo.ts';
import { temporaryFolder } from '../../support/process/temporary-folder.ts';

const SMALL = ['--collections', '6', '--versions', '4', '--files', '3', '--seed', '7'];

describe('generate', () => {
  test('saves a store that questions can be asked of, and says what is in it', async () => {
    const state = `${temporaryFolder()}/state.limbo`;
    const { status, out, err } = await limbo('generate', ...SMALL, '--save', state);
    expect([status, err]).toEqual([0, '']);
    expect(out).toMatch(
      /^6 artifact collections, 24 versions, 36 objects over 4d; logical \S+, stored \S+\nsaved as /,
    );
    expect((await limbo('verify', '--from', state)).status).toBe(0);
    expect(
      (await limbo('why', '--from', state, 'training/checkpoint-0:best/weights-00000.safetensors')).status,
    ).toBe(0);
  });

  test('gives the same bytes for the same seed', async () => {
    const folder = temporaryFolder();
    for (const name of ['a', 'b']) await limbo('generate', ...SMALL, '--save', `${folder}/${name}`);
    await limbo('generate', ...SMALL, '--seed', '8', '--save', `${folder}/c`);
    const [a, b, c] = ['a', 'b', 'c'].map((name) => readFileSync(`${folder}/${name}`));
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
  });

  test.each([
    [['--collections', '0'], '--collections 0: expected a whole number from 1 to 100000000'],
    [['--versions', '1e3'], '--versions 1e3: expected a whole number from 1 to 100000000'],
    [['--files', '-1'], '--files -1: expected a whole number from 1 to 100000000'],
    [['--churn', '1.5'], '--churn 1.5: expected a share from 0 to 1, such as 0.1'],
    [['--churn', ''], '--churn "": expected a share from 0 to 1, such as 0.1'],
    [['--seed', '2147483648'], '--seed 2147483648: expected a whole number from 0 to 2147483647'],
    [['--shape', 'round'], '--shape round: expected one of mixed, checkpoints, dataset, tables'],
    [
      ['--collections', '100000000', '--versions', '100000000'],
      'expected fewer or smaller files, or --shape tables: ',
    ],
    [
      ['--shape', 'tables', '--collections', '10000', '--versions', '10000'],
      'expected fewer versions or files, or more memory: 100000000 versions with 100090000 objects need about ',
    ],
  ])('refuses %j, and makes nothing', async (args, message) => {
    const state = `${temporaryFolder()}/state.limbo`;
    const { status, out, err } = await limbo('generate', ...args, '--save', state);
    expect([status, out]).toEqual([2, '']);
    expect(err.startsWith(message), err).toBe(true);
    expect(existsSync(state)).toBe(false);
  });

  test('never replaces a file that is not a snapshot', async () => {
    const folder = temporaryFolder({ 'story.yaml': 'title: mine\n' });
    const { status, err } = await limbo('generate', '--save', `${folder}/story.yaml`);
    expect(status).toBe(2);
    expect(err).toContain('expected a new file or an old snapshot');
    expect(readFileSync(`${folder}/story.yaml`, 'utf8')).toBe('title: mine\n');
  });
});
