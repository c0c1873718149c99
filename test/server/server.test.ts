import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { blobAddress } from '../../src/server/files/addresses.ts';
import { NotLoopback, type RunningServer, type ServerOptions, startServer } from '../../src/server/server.ts';
import { Simulator } from '../../src/simulator/simulator.ts';
import { emptyStore } from '../../src/store/store.ts';
import type { UnixTime } from '../../src/values/dates.ts';
import { PATIENCE_MS } from '../support/property-runs.ts';
import { digestOfText } from '../support/server/digest-of-text.ts';
import { log } from '../support/stores/builders.ts';

const running: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function started(options: Partial<ServerOptions> = {}): Promise<RunningServer> {
  const server = await startServer({ store: emptyStore(), ...options });
  running.push(server);
  return server;
}

function socketTo({ url }: RunningServer): Socket {
  return connect(Number(new URL(url).port), '127.0.0.1');
}

/** What a server answers to this text, until it closes the connection. */
async function answerTo(server: RunningServer, request: string): Promise<string> {
  const socket = socketTo(server);
  socket.write(request);
  return text(socket);
}

const PATIENT = { timeout: PATIENCE_MS };
const HEAD = 'Host: localhost\r\n';

describe('a server', () => {
  test('takes a free port, and says where it is', async () => {
    const { url } = await started();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${url}/x`)).status).toBe(404);
  });

  test('listens on version 6 too', async () => {
    const { url } = await started({ host: '::1' });
    expect(url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect((await fetch(`${url}/x`)).status).toBe(404);
  });

  test('is refused an address that other machines can reach, unless they may', async () => {
    await expect(started({ host: '0.0.0.0' })).rejects.toThrow(NotLoopback);
    const { url } = await started({ host: '0.0.0.0', allowRemote: true });
    expect((await fetch(url.replace('0.0.0.0', '127.0.0.1'))).status).toBe(404);
  });

  test('is refused a port that is in use', async () => {
    const { url } = await started();
    await expect(started({ port: Number(new URL(url).port) })).rejects.toThrow('EADDRINUSE');
  });

  test('begins now, unless the story says when', async () => {
    const simulator = new Simulator();
    simulator.apply({ type: 'wait', duration: 86_400 as never });
    const { host } = await started({ store: simulator.store });
    const { begins } = host.store;
    expect(Math.abs((begins ?? 0) + 86_400 - Date.now() / 1_000)).toBeLessThan(60);
    const dated = await started({ store: emptyStore(undefined, undefined, [], 5 as UnixTime) });
    expect(dated.host.store.begins).toBe(5);
  });

  test('has as its entity that of the projects of the story', async () => {
    const simulator = new Simulator();
    simulator.apply(log('acme/p/animals'));
    const { host } = await started({ store: simulator.store });
    const [key = ''] = host.users.keys.values();
    expect(host.users.withKey(key).entity).toBe('acme');
    expect((await started()).host.users.withKey(key).entity).toBe('team');
  });

  test('refuses the name of another host, as a browser sends it for a page of another site', async () => {
    const server = await started();
    const request = 'GET /x HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n';
    expect(await answerTo(server, request)).toMatch(/^HTTP\/1\.1 403 /);
    const none = await answerTo(server, 'GET /x HTTP/1.1\r\nConnection: close\r\n\r\n');
    expect(none).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('answers a thousand clients at once', async () => {
    const server = await started();
    const sockets = Array.from({ length: 1_000 }, () => socketTo(server));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    for (const socket of sockets) socket.write(`GET /x HTTP/1.1\r\n${HEAD}Connection: close\r\n\r\n`);
    const answers = await Promise.all(sockets.map((socket) => text(socket)));
    expect(answers.filter((answer) => !answer.startsWith('HTTP/1.1 404 '))).toEqual([]);
  });

  test('gives up clients that send too slowly, and answers the others', async () => {
    const server = await started({ patience: { headersMs: 50, requestMs: 50 } });
    const slow = [
      answerTo(server, 'GET /x HTTP/1.1\r\nHost: loc'),
      answerTo(
        server,
        `POST /graphql HTTP/1.1\r\n${HEAD}Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{`,
      ),
    ];
    expect((await fetch(`${server.url}/x`)).status).toBe(404);
    for (const answer of await Promise.all(slow)) expect(answer).toMatch(/^HTTP\/1\.1 40[018] /);
  });

  test.each([
    'x\r\n\r\n',
    'GET / HTTP/9\r\n\r\n',
    `GET /${'x'.repeat(100_000)} HTTP/1.1\r\n${HEAD}\r\n`,
    '\0\0\0\0\r\n\r\n',
  ])('answers what is no request with 4xx', async (request) => {
    expect(await answerTo(await started(), request)).toMatch(/^HTTP\/1\.1 4\d\d /);
  });
});

describe('an upload', () => {
  const content = 'x'.repeat(1_000);
  const digest = digestOfText(content);

  // All but the last byte have arrived.
  async function almostUploaded() {
    const simulator = new Simulator();
    simulator.apply(log('animals'));
    const server = await started({ store: simulator.store });
    const [version] = simulator.store.versions.unorderedRows();
    if (version === undefined) throw new Error('nothing was logged');
    const socket = socketTo(server);
    const address = blobAddress(version.id, digest, 'x');
    socket.write(
      `PUT ${address} HTTP/1.1\r\n${HEAD}Content-Length: ${content.length}\r\n\r\n${content.slice(1)}`,
    );
    await expect.poll(() => server.host.contents.bytesInMemory, PATIENT).toBe(content.length - 1);
    return { server, socket };
  }

  test('that is aborted leaves nothing', async () => {
    const { server, socket } = await almostUploaded();
    socket.destroy();
    await expect.poll(() => server.host.contents.bytesInMemory, PATIENT).toBe(0);
    expect(server.host.contents.has(digest)).toBe(false);
  });

  test('under way is finished before the server stops', async () => {
    const { server, socket } = await almostUploaded();
    const closed = server.close();
    socket.write(content.slice(0, 1));
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 /);
    await closed;
    await expect(fetch(server.url)).rejects.toThrow();
  });
});
