import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type ServeOptions, serveCommand } from '../../../src/cli/commands/serve-command.ts';
import { limbo } from '../../support/process/run-limbo.ts';
import { temporaryFolder } from '../../support/process/temporary-folder.ts';
import { capturingTerminal } from '../../support/process/terminal.ts';
import { PATIENCE_MS } from '../../support/property-runs.ts';
import { storyWith } from '../../support/stores/story.ts';

const MAIN = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));
const TSX = createRequire(import.meta.url).resolve('tsx');

const STORY = storyWith(
  'team: { members: { alice: admin, bob: member } }',
  'log: animals\nfiles: { cat.jpg: 2MB }',
);

/** What is asked of a server while it runs. */
type Visit = (url: string, key: string) => Promise<unknown>;

/** Serves until the visit is over; `--json` is always given. */
async function serve(file: string | undefined, options: ServeOptions, visit: Visit = async () => null) {
  const { terminal, out, err } = capturingTerminal(80, '');
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const ended = serveCommand(file, { port: '0', json: true, ...options }, terminal, () => stopped);
  await expect.poll(out, { timeout: PATIENCE_MS }).not.toBe('');
  const { url, pid, keys } = JSON.parse(out());
  const seen = await visit(url, keys.admin);
  stop();
  return { status: await ended, out: out(), err: err(), url, pid, keys, seen };
}

const ask =
  (query: string): Visit =>
  async (url, key) => {
    const authorization = `Basic ${Buffer.from(`api:${key}`).toString('base64')}`;
    const headers = { authorization, 'content-type': 'application/json' };
    const body = JSON.stringify({ query });
    return (await fetch(`${url}/graphql`, { method: 'POST', headers, body })).json();
  };

describe('serve', () => {
  test('plays the story first, and gives a key to an admin and to each member', async () => {
    const folder = temporaryFolder({ 'story.yaml': STORY });
    const query = '{ project(name: "demo") { artifactCollection(name: "animals") { name } } }';
    const { status, keys, pid, seen, out } = await serve(`${folder}/story.yaml`, {}, ask(query));
    expect([status, Object.keys(keys), pid]).toEqual([0, ['admin', 'alice', 'bob'], process.pid]);
    expect(seen).toEqual({ data: { project: { artifactCollection: { name: 'animals' } } } });
    expect(out.trimEnd().split('\n').length).toBe(1);
  });

  test('serves an empty store where no story is named', async () => {
    const { seen, err } = await serve(undefined, {}, ask('{ project(name: "demo") { name } }'));
    expect([seen, err]).toEqual([{ data: { project: null } }, '']);
  });

  test('saves the store when it stops, and continues from it', async () => {
    const folder = temporaryFolder({ 'story.yaml': STORY });
    const save = `${folder}/after.limbo`;
    const start = 'mutation { upsertBucket(input: { modelName: "demo", name: "r" }) { inserted } }';
    const { err } = await serve(`${folder}/story.yaml`, { save }, ask(start));
    expect([err, existsSync(save)]).toEqual([`saved as ${save}\n`, true]);
    const query = '{ project(name: "demo") { run(name: "r") { state } } }';
    const again = await serve(undefined, { from: save }, ask(query));
    expect(again.seen).toEqual({ data: { project: { run: { state: 'running' } } } });
  });

  test('prints what to copy', async () => {
    const folder = temporaryFolder({ 'story.yaml': STORY });
    const { terminal, out } = capturingTerminal(80, '');
    await serveCommand(`${folder}/story.yaml`, { port: '0' }, terminal, () => Promise.resolve());
    expect(out().replaceAll(/\d{4,5}$|\d{4,5}(?=\. To)|[0-9a-f]{40}/gm, '…')).toBe(
      [
        'limbo serves at http://127.0.0.1:…. To use it:',
        '',
        'export WANDB_BASE_URL=http://127.0.0.1:…',
        'export WANDB_API_KEY=limbo-…  # admin',
        '# export WANDB_API_KEY=limbo-…  # alice',
        '# export WANDB_API_KEY=limbo-…  # bob',
        '',
      ].join('\n'),
    );
  });

  test.each([
    [['--port', '65536'], '--port 65536: expected a whole number from 0 to 65535\n'],
    [['--port', 'x'], '--port x: expected a whole number from 0 to 65535\n'],
    [['--clock', 'fast'], '--clock fast: expected manual, real, or a factor up to 3000000000\n'],
    [['--clock', '0'], '--clock 0: expected manual, real, or a factor up to 3000000000\n'],
    [
      ['--max-bytes', '4'],
      '--max-bytes 4: expected a size such as 512B, 10KB, 2MB or 1GiB; a bare number has no unit\n',
    ],
    [['--host', '0.0.0.0'], '--host 0.0.0.0: other machines could connect; add --allow-remote to let them\n'],
    [
      ['--host', 'nowhere.invalid', '--allow-remote'],
      '--host nowhere.invalid: expected an address of this machine\n',
    ],
    [['nothing.yaml'], 'nothing.yaml:1:1: no such file or folder; expected a scenario file\n'],
    [['--save', '/nowhere/x'], '--save /nowhere/x: cannot be written (ENOENT)\n'],
  ])('%j ends with 2 and says why', async (args, err) => {
    expect(await limbo('serve', ...args)).toEqual({ status: 2, out: '', err });
  });

  test('does not take a port that is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { status, err } = await limbo('serve', '--port', String(port));
    other.close();
    expect([status, err]).toEqual([2, `--port ${port}: already in use; --port 0 takes a free port\n`]);
  });
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  'a process that serves saves after %s, and ends with 0',
  { timeout: PATIENCE_MS },
  async (signal) => {
    const folder = temporaryFolder({});
    const save = `${folder}/after.limbo`;
    const args = ['--import', TSX, MAIN, 'serve', '--port', '0', '--json', '--save', save];
    const process = spawn(globalThis.process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const [line] = await once(createInterface(process.stdout), 'line');
    expect(JSON.parse(line).pid).toBe(process.pid);
    process.kill(signal);
    expect(await once(process, 'exit')).toEqual([0, null]);
    expect(readFileSync(save).length).toBeGreaterThan(0);
  },
);
