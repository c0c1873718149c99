import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { limbo } from '../../support/process/run-limbo.ts';
import { temporaryFolder } from '../../support/process/temporary-folder.ts';

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

  test('needs a command that can be run', async () => {
    expect(await limbo('rehearse', story())).toMatchObject({ status: 2 });
    expect(await limbo('rehearse', story(), '--', '')).toMatchObject({ status: 2 });
    const { status, err } = await limbo('rehearse', story(), '--', '/nowhere/at-all');
    expect(status).toBe(2);
    expect(err).toBe('/nowhere/at-all: cannot be run (ENOENT)\n');
    expect((await limbo('rehearse', 'one', 'two', '--', 'true')).err).toContain('write the command after --');
  });
});
