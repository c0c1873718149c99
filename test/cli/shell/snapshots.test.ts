import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type ShellOptions, shellCommand } from '../../../src/cli/shell/command.ts';
import { limbo } from '../../support/process/run-limbo.ts';
import { temporaryFolder } from '../../support/process/temporary-folder.ts';
import { capturingTerminal } from '../../support/process/terminal.ts';
import { storyText } from '../../support/stores/story.ts';

async function shell(lines: readonly string[], options: ShellOptions, file?: string) {
  const { terminal, out, err } = capturingTerminal();
  const input = {
    interactive: false,
    lines: async function* () {
      yield* lines;
    },
  };
  const status = await shellCommand(file, options, terminal, input);
  return { status, out: out(), err: err() };
}

async function saved() {
  const folder = temporaryFolder({
    'begin.yaml': storyText('log: animals\nfiles: { cat.jpg: 2MB }', 'wait: 1d'),
    'other.yaml': storyText('log: pets\nfiles: { cat.jpg: 2MB }'),
  });
  for (const name of ['begin', 'other']) {
    await limbo('run', '--quiet', `${folder}/${name}.yaml`, '--save', `${folder}/${name}.limbo`);
  }
  return { folder, state: `${folder}/begin.limbo` };
}

describe('a shell that starts from a snapshot', () => {
  test('takes steps from there, and undoes only those', async () => {
    const { state } = await saved();
    const lines = ['delete: animals:v0, deleteAliases: true', 'timeline', 'undo', 'verify'];
    const { status, out } = await shell(lines, { from: state });
    expect(status).toBe(0);
    expect(out).toContain('animals:v0 is PENDING_DELETION');
    expect(out).toMatch(/animals:v0 {2}█+╱\n/);
    expect(out).toContain('no problems found');
    expect((await shell(['undo'], { from: state })).err).toContain('there is nothing to undo');
  });

  test('saves its steps as a story that starts from the snapshot, and says so', async () => {
    const { folder, state } = await saved();
    const story = `${folder}/story.yaml`;
    const lines = ['delete: animals:v0, deleteAliases: true', 'expect: { logical: 0B }', `save ${story}`];
    const { out } = await shell(lines, { from: state });
    expect(out).toContain('saved 2 steps in');
    expect(out).toContain('the story starts from the snapshot (--from)');
    expect(readFileSync(story, 'utf8')).toContain('steps:');
    expect((await limbo('run', story, '--from', state)).status).toBe(0);
    expect((await limbo('run', story)).status).toBe(1);
  });

  test('keeps a journal, which starts from the same snapshot alone', async () => {
    const { folder, state } = await saved();
    const journal = `${folder}/today.jsonl`;
    expect((await shell(['wait: 1d'], { from: state, journal })).status).toBe(0);
    expect((await shell(['expect: { events: [] }'], { from: state, journal })).out).toContain(
      '1 step so far',
    );
    await expect(shell([], { from: `${folder}/other.limbo`, journal })).rejects.toThrow(
      'this journal continues',
    );
    await expect(shell([], { journal })).rejects.toThrow('this journal continues');
  });
});
