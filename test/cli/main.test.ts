import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/process/temporary-folder.ts';
import { PATIENCE_MS } from '../support/property-runs.ts';
import { storyText } from '../support/stores/story.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
// A child of Node itself, without the start of npx, which takes longer than everything else.
const TSX = createRequire(import.meta.url).resolve('tsx');

interface Ended {
  readonly status: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the program as a process of its own. A stream that is cut is closed after its first piece. */
function child(args: readonly string[], cut?: 'stdout' | 'stderr'): Promise<Ended> {
  const started = spawn(process.execPath, ['--import', TSX, MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    const stream = started[name];
    stream.setEncoding('utf8').on('data', (piece) => {
      text[name] += piece;
      if (cut === name) stream.destroy();
    });
  }
  return new Promise((resolve, reject) => {
    started.on('error', reject);
    started.on('close', (status, signal) => resolve({ status, signal, out: text.stdout, err: text.stderr }));
  });
}

describe('the program as a process', { timeout: PATIENCE_MS }, () => {
  test('ends with the status of its command, and writes to the right stream, without colors', async () => {
    const folder = temporaryFolder({ 'good.yaml': storyText('wait: 1d'), 'bad.yaml': storyText('wiat: 1d') });
    const [good, bad] = await Promise.all([
      child(['run', '--quiet', `${folder}/good.yaml`]),
      child(['run', '--quiet', `${folder}/bad.yaml`]),
    ]);
    expect(good).toEqual({ status: 0, signal: null, out: `passed  ${folder}/good.yaml  A story\n`, err: '' });
    expect(bad).toEqual({
      status: 2,
      signal: null,
      out: '',
      err: `${folder}/bad.yaml:3:5: unknown step "wiat"; did you mean "wait"?\n`,
    });
  });

  test('takes a reader that goes away for no failure of its own, and tells no stack', async () => {
    const steps = [...Array<string>(3_000).fill('wait: 1d'), 'expect: { stored: 1B }'];
    const folder = temporaryFolder({ 'long.yaml': storyText(...steps) });
    const { status, signal, err } = await child(['run', `${folder}/long.yaml`], 'stdout');
    expect({ status, signal, err }).toEqual({ status: 1, signal: null, err: '' });
  });
});
