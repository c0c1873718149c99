import { describe, expect, test } from 'vitest';
import { Controlled } from '../../support/server/controlled.ts';

const KEY = `Basic ${Buffer.from(`api:${'k'.repeat(40)}`).toString('base64')}`;

function viewer(server: Controlled, query = '{ viewer { username } }', operationName?: string) {
  const headers = { authorization: KEY };
  return server.send({ method: 'POST', url: '/graphql', headers, payload: { query, operationName } });
}

async function planned(...faults: readonly object[]): Promise<Controlled> {
  const server = new Controlled();
  for (const fault of faults) expect(await server.post('/faults', fault)).toEqual({ status: 200, body: {} });
  return server;
}

describe('a planned fault', () => {
  test('happens to the next calls of its operation, as often as planned', async () => {
    const server = await planned({ operation: 'viewer', times: 2, status: 503 });
    const statuses = [];
    for (let at = 0; at < 4; at += 1) statuses.push((await viewer(server)).status);
    expect(statuses).toEqual([503, 503, 200, 200]);
  });

  test.each([
    ['{ me: viewer { username } }', undefined],
    ['query A { ...F } fragment F on Query { viewer { username } }', 'A'],
    ['{ ... on Query { viewer { username } } }', undefined],
    ['query A { viewer { username } } query B { __typename }', 'A'],
  ])('is found by the field that %s asks for, not by the name of the operation', async (query, name) => {
    const server = await planned({ operation: 'viewer', status: 500 });
    expect((await viewer(server, query, name)).status).toBe(500);
  });

  test.each([
    ['query viewer { __typename }', undefined],
    ['query A { viewer { username } } query B { __typename }', 'B'],
    ['{ viewer', undefined],
  ])('does not happen to %s', async (query, name) => {
    const server = await planned({ operation: 'viewer', status: 599 });
    expect((await viewer(server, query, name)).status).not.toBe(599);
    expect((await server.get('/faults')).body).toMatchObject({ faults: [{ times: 1 }] });
  });

  test.each([
    ['PUT', '/limbo/files/wandb_artifacts/x/y', 'upload'],
    ['GET', '/limbo/files/wandb_artifacts/x/y', 'download'],
    ['GET', '/artifactsV2/default/team/demo/animals/a/b/c', 'download'],
    ['POST', '/files/team/demo/run/file_stream', 'fileStream'],
  ] as const)('happens to %s %s as %s', async (method, url, operation) => {
    const server = new Controlled();
    // Whatever else serves these addresses: here they must exist.
    if (!server.app.hasRoute({ method, url })) server.app.route({ method, url, handler: async () => ({}) });
    await server.post('/faults', { operation, status: 418 });
    const payload = method === 'GET' ? {} : { payload: {} };
    expect((await server.send({ method, url, ...payload })).status).toBe(418);
    expect((await server.send({ method, url, ...payload })).status).not.toBe(418);
  });

  test('can close the connection', async () => {
    const server = await planned({ operation: '*', drop: true });
    const address = await server.listen();
    const headers = { 'content-type': 'application/json' };
    const call = () => fetch(`${address}/graphql`, { method: 'POST', headers, body: '{}' });
    await expect(call()).rejects.toThrow('fetch failed');
    expect((await call()).status).toBeGreaterThanOrEqual(400);
  });

  test('can delay the answer, which a stopping server does not wait for', async () => {
    const server = await planned({ operation: 'viewer', delay: 0.01 }, { operation: 'viewer', delay: 60 });
    expect((await viewer(server)).status).toBe(200);
    const slow = viewer(server);
    // The call waits as soon as its fault is used up.
    await expect.poll(async () => (await server.get('/faults')).body).toEqual({ faults: [] });
    await server.app.close();
    expect((await slow).status).toBe(200);
  });

  test('never happens to the control API', async () => {
    const server = await planned({ operation: '*', times: 9, status: 500 });
    expect((await server.get('/state')).status).toBe(200);
  });

  test('is listed with the calls that it still has, in order, and can be forgotten', async () => {
    const server = await planned(
      { operation: 'viewer', times: 3, status: 503 },
      { operation: '*', delay: 0.5, status: 500 },
      { operation: 'upload', drop: true },
    );
    await viewer(server);
    expect((await server.get('/faults')).body).toEqual({
      faults: [
        { operation: 'viewer', times: 2, status: 503, delay: 0, drop: false },
        { operation: '*', times: 1, status: 500, delay: 0.5, drop: false },
        { operation: 'upload', times: 1, delay: 0, drop: true },
      ],
    });
    expect((await server.send({ method: 'DELETE', url: '/limbo/v1/faults' })).status).toBe(200);
    expect((await viewer(server)).status).toBe(200);
  });

  test.each([
    [{}, 'operation: '],
    [{ operation: 'vewer', status: 503 }, 'unknown operation "vewer"; did you mean "viewer"?'],
    [{ operation: 'viewer' }, 'expected a status, a delay or drop'],
    [{ operation: 'viewer', status: 503, drop: true }, 'expected a status or drop, not both'],
    [{ operation: 'viewer', status: 200 }, 'status: '],
    [{ operation: 'viewer', delay: 61 }, 'delay: '],
    [{ operation: 'viewer', delay: -1 }, 'delay: '],
    [{ operation: 'viewer', status: 503, times: 0 }, 'times: '],
    [{ operation: 'viewer', status: 503, time: 1 }, 'time: unknown field; did you mean times?'],
  ])('cannot be %j', async (asked, message) => {
    const server = new Controlled();
    const { status, body } = await server.post('/faults', asked);
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { code: 'bad-request', message: expect.stringContaining(message) } });
    expect((await server.get('/faults')).body).toEqual({ faults: [] });
  });
});
