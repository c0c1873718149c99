import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { limbo } from '../../support/process/run-limbo.ts';
import { temporaryFolder } from '../../support/process/temporary-folder.ts';
import { Controlled } from '../../support/server/controlled.ts';
import { log, remove, restore, time } from '../../support/stores/builders.ts';
import { snapshotBytes } from '../../support/stores/snapshots.ts';

/** A server with a past: a version was deleted and restored, of which a snapshot knows nothing. */
async function served() {
  const server = new Controlled();
  await server.play(
    log('animals', { cat: '2MB', dog: '1MB' }),
    log('animals', { cat: '2MB' }),
    remove('animals:v0'),
    { type: 'wait', duration: time('1d') },
    restore('animals:v0'),
  );
  const folder = temporaryFolder({ 'store.limbo': snapshotBytes(server.host.store) });
  return { server, address: await server.listen(), from: `${folder}/store.limbo` };
}

/** A server that is something else. */
function otherServer(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
  });
}

describe('a question with --server', () => {
  test.each([
    ['why', 'animals:v0/cat'],
    ['why', 'animals:v9/cat'],
    ['why', '--json', 'animals:v0/cat'],
    ['plan', '--delete', 'animals:v0', 'animals:v1'],
    ['plan', '--json', '--delete-all', 'animals', '--where', 'keep last 1', '--delete-aliases'],
    ['usage'],
    ['usage', '--json', '--by', 'version'],
    ['verify'],
    ['verify', '--json'],
  ])('is answered as for a snapshot of its store: %j %j', async (question, ...args) => {
    const { address, from } = await served();
    const answer = await limbo(question, '--server', address, ...args);
    expect(answer).toEqual(await limbo(question, '--from', from, ...args));
    expect(answer.out).not.toBe('');
  });

  test.each([[[]], [['--json']], [['--mermaid']]])(
    'shows the whole past in a timeline, as for its story: %j',
    async (flags) => {
      const { server, address } = await served();
      const { body } = await server.get(`/story?title=${encodeURIComponent(address)}`);
      const folder = temporaryFolder({ 'story.yaml': String(body) });
      const answer = await limbo('timeline', '--server', address, ...flags);
      expect(answer).toEqual(await limbo('timeline', ...flags, `${folder}/story.yaml`));
      expect(answer.status).toBe(0);
    },
  );

  test.each([
    'nonsense',
    'ftp://127.0.0.1:8080',
    'http://127.0.0.1:8080/limbo',
    'http://127.0.0.1:8080/?a=b',
    'http://me:secret@127.0.0.1:8080',
    '',
  ])('cannot use the address %j', async (address) => {
    const { status, out, err } = await limbo('usage', '--server', address);
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(
      /^--server .*: expected the address of a server, such as http:\/\/127\.0\.0\.1:8080\n$/,
    );
  });

  test('says that no server answers', async () => {
    const { server, address } = await served();
    await server.app.close();
    const { status, err } = await limbo('usage', '--server', address);
    expect([status, err]).toEqual([
      2,
      `--server ${address}: no server answers (ECONNREFUSED); limbo serve starts one\n`,
    ]);
  });

  test.each([
    ['a page', 200, '<html>'],
    ['nothing', 404, ''],
    ['another address', 302, ''],
    ['an empty snapshot', 200, ''],
  ])('says that something else answers with %s', async (_what, status, body) => {
    const address = await otherServer((_request, response) => {
      response.writeHead(status, { location: '/elsewhere' }).end(body);
    });
    for (const question of ['usage', 'timeline']) {
      const answer = await limbo(question, '--server', address);
      expect([answer.status, answer.out]).toEqual([2, '']);
      expect(answer.err).toMatch(/^--server \S+: .*limbo server/);
    }
  });

  test('cannot be combined with a file or a snapshot', async () => {
    const server = ['--server', 'http://127.0.0.1:8080'];
    const file = await limbo('usage', ...server, 'story.yaml');
    expect([file.status, file.err]).toEqual([2, 'story.yaml: a file cannot be combined with --server\n']);
    const named = await limbo('why', ...server, 'story.yaml', 'animals:v0/cat');
    expect(named.status).toBe(2);
    const from = await limbo('usage', ...server, '--from', 'store.limbo');
    expect([from.status, from.err]).toEqual([2, expect.stringContaining('cannot be used with option')]);
  });
});
