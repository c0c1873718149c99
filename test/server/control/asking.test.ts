import { describe, expect, test } from 'vitest';
import { limbo } from '../../support/process/run-limbo.ts';
import { temporaryFolder } from '../../support/process/temporary-folder.ts';
import { Controlled } from '../../support/server/controlled.ts';
import { clock, log, remove } from '../../support/stores/builders.ts';
import { given } from '../../support/stores/given.ts';
import { snapshotBytes, storeIn } from '../../support/stores/snapshots.ts';
import { playText, storyText } from '../../support/stores/story.ts';

const start = given(
  log('animals', { cat: '2MB', dog: '1MB' }),
  log('animals', { cat: '2MB' }),
  clock('3d'),
  remove('animals:v0'),
).store;

/** What `limbo QUESTION --json` says about the same store. */
async function said(question: string, ...args: readonly string[]): Promise<unknown> {
  const folder = temporaryFolder({ 'store.limbo': snapshotBytes(start) });
  const { out } = await limbo(question, '--json', '--from', `${folder}/store.limbo`, ...args);
  return JSON.parse(out);
}

describe('a question to the control API', () => {
  test.each([
    ['/why?name=animals:v0/cat', 'why', ['animals:v0/cat']],
    ['/why?name=animals:v9/cat', 'why', ['animals:v9/cat']],
    ['/usage', 'usage', []],
    ['/usage?by=version', 'usage', ['--by', 'version']],
    ['/timeline', 'timeline', []],
    ['/verify', 'verify', []],
  ])('GET %s is answered as by the command line', async (path, question, args) => {
    const { status, body } = await new Controlled(start).get(path);
    expect([status, body]).toEqual([200, await said(question, ...args)]);
  });

  test.each([
    [{ delete: ['animals:v1'], deleteAliases: true }, ['--delete', 'animals:v1', '--delete-aliases']],
    [{ delete: ['animals:v1'], as: 'bob' }, ['--delete', 'animals:v1', '--as', 'bob']],
    [{ deleteCollections: ['animals'] }, ['--delete-collection', 'animals']],
    [
      { deleteRuns: ['train'], deleteProjects: ['demo'], artifacts: true },
      ['--delete-run', 'train', '--delete-project', 'demo', '--artifacts'],
    ],
    [
      { deleteAll: 'animals', where: ['keep last 1', 'without aliases'], all: true },
      ['--delete-all', 'animals', '--where', 'keep last 1', 'without aliases', '--all'],
    ],
  ])('POST /plan with %j is answered as by the command line', async (asked, args) => {
    const { status, body } = await new Controlled(start).post('/plan', asked);
    expect([status, body]).toEqual([200, await said('plan', ...args)]);
  });

  test.each([
    ['/why', 'name: expected a path of a version, such as animals:v0/cat.jpg'],
    ['/why?name=animals', 'name: expected'],
    ['/why?name=a:v0/x&name=a:v0/y', 'name: expected'],
    ['/usage?by=file', 'by: '],
    ['/usage?buy=version', 'buy: unknown field; did you mean by?'],
    ['/snapshot?at=noon', 'at: '],
    ['/story?title=', 'title: '],
    ['/events?since=-1', 'since: expected a position'],
  ])('GET %s is refused', async (path, message) => {
    const { status, body } = await new Controlled().get(path);
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { code: 'bad-request', message: expect.stringContaining(message) } });
  });

  test.each([
    [{}, 'expected something to delete'],
    [{ delete: 'animals:v0' }, 'delete: '],
    [{ delete: ['animals'] }, 'delete: expected a version such as animals:v0'],
    [{ deleteAll: 'animals', where: ['odd'] }, 'where: expected "without aliases"'],
    [{ deleteAll: 'animals', where: ['keep last 1', 'keep last 2'] }, 'where: expected each condition once'],
    [{ delete: ['animals:v0'], where: ['keep last 1'] }, 'where: expected deleteAll beside it'],
    [{ dleete: [] }, 'dleete: unknown field; did you mean delete?'],
  ])('POST /plan with %j is refused', async (asked, message) => {
    const { status, body } = await new Controlled().post('/plan', asked);
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { code: 'bad-request', message: expect.stringContaining(message) } });
  });

  test('GET /state is answered as at the end of limbo run --json', async () => {
    const text = storyText('log: animals\nfiles: { cat: 2MB }', 'wait: 1d');
    const folder = temporaryFolder({ 'story.yaml': text });
    const { out } = await limbo('run', '--json', `${folder}/story.yaml`);
    const { body } = await new Controlled(playText(text).final).get('/state');
    expect(body).toEqual(JSON.parse(out).scenarios[0].final);
  });

  test('GET /snapshot answers the bytes that limbo reads, of now or of the start', async () => {
    const server = new Controlled(start);
    await server.play(log('plants'));
    const bytes = async (path: string) => (await server.app.inject(`/limbo/v1${path}`)).rawPayload;
    expect(storeIn(await bytes('/snapshot'))).toEqual(server.host.store);
    expect(Buffer.from(await bytes('/snapshot?at=start'))).toEqual(Buffer.from(snapshotBytes(start)));
  });

  test('GET /keys is not offered, and neither is anything else', async () => {
    const { status, body } = await new Controlled().get('/keys?all=1');
    expect(status).toBe(404);
    expect(body).toMatchObject({
      error: { code: 'not-found', message: expect.stringContaining('GET /limbo/v1/keys;') },
    });
  });
});
