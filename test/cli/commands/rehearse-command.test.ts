import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { limbo } from '../../support/process/run-limbo.ts';
import { temporaryFolder } from '../../support/process/temporary-folder.ts';
import { PATIENCE_MS } from '../../support/property-runs.ts';

const STORY = `title: Three versions
steps:
  - repeat: 3
    steps:
      - log: animals
        files: { cat: 2MB, "f{n}": 10MB }
`;

// A script in JavaScript that calls the service as the SDK does.
const CLIENT = `
const call = async (query) => {
  const response = await fetch(process.env.WANDB_BASE_URL + '/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: 'Basic ' + btoa('api:' + process.env.WANDB_API_KEY),
    },
    body: JSON.stringify({ query }),
  });
  return response.json();
};
const PROJECT = 'project(name: "demo", entityName: "team")';
const idOf = async (name) => {
  const { data } = await call(\`{ \${PROJECT} { artifactCollectionMembership(name: "\${name}") { artifact { id } } } }\`);
  return data.project.artifactCollectionMembership?.artifact.id;
};
const remove = async (name) => {
  const id = await idOf(name);
  return call(\`mutation { deleteArtifact(input: { artifactID: "\${id}" }) { artifact { id } } }\`);
};
`;

function story(text = STORY): string {
  const file = path.join(temporaryFolder(), 'story.yaml');
  writeFileSync(file, text);
  return file;
}

/** Rehearses a script that calls the service; everything before it are arguments. */
function rehearsing(script: string, ...args: readonly string[]) {
  const code = `${CLIENT}\n(async () => { ${script} })()`;
  return limbo('rehearse', ...args, '--', process.execPath, '-e', code);
}

describe('limbo rehearse', () => {
  test('reports on what a command does to the service', async () => {
    const { status, out } = await rehearsing(
      `console.log('deleting'); await remove('animals:v0'); await remove('animals:v2');`,
      story(),
    );
    expect(status).toBe(0);
    expect(out).toMatch(/^deleting\n\nThe command ended with exit status 0/);
    for (const said of [
      'versions deleted (1): animals:v0',
      'api.artifact("team/demo/animals:v2").delete()\n  refused: has-aliases (DEL-2)',
      'Try: api.artifact("team/demo/animals:v2").delete(delete_aliases=True)',
      '10MB in 1 object would be freed on',
      '✗ It swallowed 1 refusal',
    ]) {
      expect(out).toContain(said);
    }
  });

  test('ends with the status of the command, or fails where it is told to', async () => {
    const file = story();
    const ends = async (script: string, ...args: readonly string[]) =>
      (await rehearsing(script, ...args, file)).status;
    expect(await ends('process.exit(7)')).toBe(7);
    expect(await ends(`await remove('animals:v2')`)).toBe(0);
    expect(await ends(`await remove('animals:v2')`, '--fail-on', 'refusal')).toBe(1);
    expect(await ends(`await remove('animals:v0')`, '--fail-on', 'warning')).toBe(0);
  });

  test('checks what must hold afterward, and says where it does not', async () => {
    const expected = path.join(temporaryFolder(), 'after.yaml');
    writeFileSync(expected, 'state: { animals:v0: PENDING_DELETION }\nlogical: 24MB\n');
    const script = `await remove('animals:v0')`;
    expect((await rehearsing(script, story(), '--expect', expected)).status).toBe(0);
    const { status, out } = await rehearsing('', story(), '--expect', expected);
    expect(status).toBe(1);
    expect(out).toContain(`${expected}:1: expected state of animals:v0 PENDING_DELETION, found COMMITTED`);
    writeFileSync(expected, 'logical: 24MB\nstored: many\n');
    const unusable = await rehearsing(script, story(), '--expect', expected);
    expect(unusable.status).toBe(2);
    expect(unusable.err).toContain(`${expected}:2:9: expected a size`);
  });

  test('writes the report as a document, and the store as a snapshot that goes on', async () => {
    const folder = temporaryFolder();
    const [report, saved] = [path.join(folder, 'report.html'), path.join(folder, 'after.limbo')];
    await rehearsing(`await remove('animals:v0')`, story(), '--report', report, '--save', saved);
    expect(readFileSync(report, 'utf8')).toContain('versions deleted (1): animals:v0');
    const { out } = await rehearsing(`await remove('animals:v1')`, '--from', saved);
    expect(out).toContain('versions deleted (1): animals:v1');
  });

  test('replaces an earlier report, and no other file', async () => {
    const report = path.join(temporaryFolder(), 'report.html');
    for (const said of ['nothing that changes the store', 'versions deleted (1): animals:v0']) {
      const script = said.startsWith('nothing') ? '' : `await remove('animals:v0')`;
      expect((await rehearsing(script, story(), '--report', report)).status).toBe(0);
      expect(readFileSync(report, 'utf8')).toContain(said);
    }
    writeFileSync(report, '<!doctype html><title>Something else</title>');
    const { status, err } = await rehearsing('', story(), '--report', report);
    expect(status).toBe(2);
    expect(err).toContain('expected a new file or an old report; this is another file');
  });

  test('goes around a proxy, and keeps what it is to go around', async () => {
    const script = `console.log(process.env.NO_PROXY, process.env.no_proxy)`;
    expect((await rehearsing(script)).out).toMatch(/^(\S*\b127\.0\.0\.1\b ?){2}\n/);
  });

  test('takes any key for that of the person who rehearses', async () => {
    const script = `process.env.WANDB_API_KEY = 'another'; await remove('animals:v0');`;
    expect((await rehearsing(script, story())).out).toContain('versions deleted (1): animals:v0');
  });

  test('prints one JSON document', async () => {
    const { out } = await rehearsing(`await remove('animals:v2')`, story(), '--json');
    expect(JSON.parse(out)).toMatchObject({
      exitStatus: 0,
      refused: [{ refusal: { code: 'has-aliases' }, isNoticed: false }],
      findings: [{ kind: 'refusals swallowed' }, { kind: 'latest kept all' }],
      failures: [],
    });
  });

  test('sees what the command looks up, and between which pages it deletes', async () => {
    const script = `
      await idOf('animals:best');
      const page = (after) => call(\`{ \${PROJECT} { artifactCollection(name: "animals") {
        artifacts(first: 2\${after}) { pageInfo { endCursor } edges { node { id } } } } } }\`);
      const { data } = await page('');
      await remove('animals:v1');
      const { endCursor } = data.project.artifactCollection.artifacts.pageInfo;
      await page(', after: "' + endCursor + '"');
    `;
    const { out } = await rehearsing(script, story(), '--json');
    expect(JSON.parse(out).findings).toMatchObject([
      { kind: 'not found', names: ['animals:best'] },
      { kind: 'deleted while paging', deleted: 1, skipped: ['animals:v0'] },
    ]);
  });

  test('needs a command that can be run', async () => {
    expect(await limbo('rehearse', story())).toMatchObject({ status: 2 });
    expect(await limbo('rehearse', story(), '--', '')).toMatchObject({ status: 2 });
    const { status, err } = await limbo('rehearse', story(), '--', '/nowhere/at-all');
    expect(status).toBe(2);
    expect(err).toBe('/nowhere/at-all: cannot be run (ENOENT)\n');
    expect((await limbo('rehearse', 'one', 'two', '--', 'true')).err).toContain('write the command after --');
  });
});

const MAIN = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));
const TSX = createRequire(import.meta.url).resolve('tsx');

/** Rehearses in a process of its own, and interrupts it as soon as it has written this. */
async function interruptedAt(said: string, ...command: readonly string[]) {
  const limboProcess = spawn(process.execPath, ['--import', TSX, MAIN, 'rehearse', '--', ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = Buffer.alloc(0);
  let isInterrupted = false;
  const read = (piece: Buffer) => {
    written = Buffer.concat([written, piece]);
    if (isInterrupted || !written.includes(said)) return;
    isInterrupted = true;
    limboProcess.kill('SIGINT');
  };
  limboProcess.stdout.on('data', read);
  limboProcess.stderr.on('data', read);
  const [status] = await once(limboProcess, 'close');
  return { status, written };
}

describe('the process of limbo rehearse', { timeout: PATIENCE_MS }, () => {
  test('passes on a signal and bytes that are not text, and reports afterward', async () => {
    const script = `
      process.on('SIGINT', () => process.exit(3));
      setInterval(() => {}, 1_000);
      process.stdout.write(Buffer.from([0xff, 0x00, 0xfe]));
      console.log('ready');
    `;
    const { status, written } = await interruptedAt('ready', process.execPath, '-e', script);
    expect(status).toBe(3);
    expect(written.subarray(0, 3)).toEqual(Buffer.from([0xff, 0x00, 0xfe]));
    expect(written.toString('latin1')).toContain('The command ended with exit status 3.');
  });

  test('waits for what a command leaves behind until it is interrupted', async () => {
    const script = `
      const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1_000)'], { detached: true, stdio: 'inherit' });
      console.log('left', child.pid);
      child.unref();
    `;
    const { status, written } = await interruptedAt('interrupt (Ctrl+C)', process.execPath, '-e', script);
    const [, left = ''] = /left (\d+)/.exec(written.toString()) ?? [];
    process.kill(Number(left));
    expect(status).toBe(0);
    expect(written.toString()).toContain('The command ended with exit status 0.');
  });
});
