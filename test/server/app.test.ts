import { describe, expect, test, vi } from 'vitest';
import { type AppOptions, appFor } from '../../src/server/app.ts';
import { Clock } from '../../src/server/clock.ts';
import type { Host } from '../../src/server/host.ts';
import { Wire } from '../support/server/wire.ts';

const KEY = `k-${'x'.repeat(40)}`;
const BASIC = `Basic ${Buffer.from(`api:${KEY}`).toString('base64')}`;

function app(options: AppOptions = {}) {
  return appFor(new Wire().host, options);
}

/** What a GraphQL request with this body and these headers is answered. */
async function ask(
  payload: unknown,
  headers: Readonly<Record<string, string>> = {},
  host: Host = new Wire().host,
) {
  const response = await appFor(host).inject({
    method: 'POST',
    url: '/graphql',
    headers: { authorization: BASIC, 'content-type': 'application/json', ...headers },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  });
  return { status: response.statusCode, body: response.json() };
}

describe('a GraphQL request', () => {
  const query = '{ viewer { entity } }';

  test.each([
    { query },
    { query, variables: null, operationName: null },
    { query, variables: { unknown: 1 }, operationName: '' },
    { query: `# a comment\n${query}` },
    { query: 'query A { viewer { entity } } query B { serverInfo { cliVersionInfo } }', operationName: 'A' },
  ])('is answered: %j', async (request) => {
    const { status, body } = await ask(request);
    expect([status, Object.keys(body.data.viewer)]).toEqual([200, ['entity']]);
  });

  test('is for the user of its key, as a password or a token', async () => {
    const password = await ask({ query });
    const token = await ask({ query }, { authorization: `Bearer ${KEY}` });
    const other = await ask({ query }, { authorization: 'Bearer other' });
    expect(token).toEqual(password);
    expect(other).not.toEqual(password);
  });

  test.each([
    '',
    'Basic',
    'Basic !',
    `Basic ${Buffer.from('api:').toString('base64')}`,
    `Digest ${KEY}`,
    KEY,
  ])('without a key is answered 401: %j', async (authorization) => {
    expect(await ask({ query }, { authorization })).toEqual({
      status: 401,
      body: { errors: [{ message: 'An API key is required.' }] },
    });
  });

  test.each(['{', '', 'null', '[]', '{}', '{"query":1}', '{"query":"{a}","variables":[]}', '"{viewer{id}}"'])(
    'that makes no sense is answered 400 with a message: %s',
    async (text) => {
      const { status, body } = await ask(text);
      expect([status, typeof body.errors[0].message]).toEqual([400, 'string']);
    },
  );

  test('with an unknown field is answered in words that clients look for', async () => {
    const { status, body } = await ask({ query: '{ serverInfo { frobs } }' });
    expect([status, body.errors[0].message]).toEqual([
      400,
      'Cannot query field "frobs" on type "ServerInfo".',
    ]);
  });

  test('that is too large is answered 413', async () => {
    const { status, body } = await ask({ query, variables: { x: 'x'.repeat(16_000_000) } });
    expect([status, body.errors.length]).toEqual([413, 1]);
  });

  test('that meets a bug is answered 400, and the bug is reported without the key', async () => {
    const { host } = new Wire();
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    vi.spyOn(host.users, 'withKey').mockImplementation(() => ({
      username: 'x',
      get entity(): string {
        throw new TypeError('the bug');
      },
      actingIn: () => null,
    }));
    try {
      const { status, body } = await ask({ query }, {}, host);
      expect([status, body.data]).toEqual([400, undefined]);
      expect(body.errors[0].message).toContain('limbo has a bug here');
      expect(written.mock.calls.join()).toContain('the bug');
      expect(written.mock.calls.join()).not.toContain(KEY);
    } finally {
      written.mockRestore();
    }
  });
});

describe('a request to another host', () => {
  const probe = (options: AppOptions, host: string) =>
    app(options).inject({ method: 'GET', url: '/x', headers: { host } });

  test('is answered 403, since a page of another site may have sent it', async () => {
    const response = await probe({}, 'evil.example:8080');
    expect(response.statusCode).toBe(403);
    expect(response.json()).toEqual({ errors: [{ message: 'The Host header names another server.' }] });
  });

  test('is answered where the server may be called by any name', async () => {
    expect((await probe({ address: null }, 'evil.example')).statusCode).toBe(404);
  });

  test('is none where it names this machine, or the address that the server is bound to', async () => {
    expect((await probe({}, '[::1]:80')).statusCode).toBe(404);
    expect((await probe({ address: '10.0.0.5' }, '10.0.0.5:1')).statusCode).toBe(404);
  });
});

describe('a request to an address that does not exist', () => {
  test.each([
    ['GET', '/'],
    ['GET', '/limbo/files/../../x'],
    ['GET', '/limbo/files/%00'],
    ['GET', '/limbo/files/wandb_artifacts/../../etc/passwd'],
    ['GET', '/limbo/files/runs/x/%2e%2e/%2e%2e/etc/passwd'],
    ['PUT', '/limbo/files/runs/x/..%2f..%2fx'],
    ['PUT', '/limbo/files/manifests/x/y'],
    ['DELETE', '/graphql'],
    ['POST', '/sdk/otel/v1/metrics'],
    ['POST', '/sdk/otel/v1/logs'],
  ] as const)('is answered 400 or 404: %s %s', async (method, url) => {
    const response = await app().inject({ method, url });
    expect([400, 404]).toContain(response.statusCode);
  });

  test('that cannot be decoded is answered 400', async () => {
    expect((await app().inject({ method: 'GET', url: '/limbo/files/%zz' })).statusCode).toBe(400);
  });
});

test('time passes before a request is answered, if the clock says so', async () => {
  const { host } = new Wire();
  let realMs = 0;
  const served = appFor(host, { clock: new Clock(1, () => realMs) });
  realMs = 5_000;
  await served.inject({ method: 'GET', url: '/x' });
  expect(host.store.now).toBe(5);
});
