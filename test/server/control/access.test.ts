import { describe, expect, test } from 'vitest';
import { Controlled } from '../../support/server/controlled.ts';
import { log } from '../../support/stores/builders.ts';

describe('the control API', () => {
  test.each(['http://evil.example', 'null', 'http://127.0.0.1:1', 'https://127.0.0.1:8080'])(
    'refuses what a browser sends for a page of %s',
    async (origin) => {
      const server = new Controlled();
      await server.play(log('animals'));
      const headers = { origin, host: '127.0.0.1:8080' };
      for (const answer of [await server.post('/reset', {}, headers), await server.get('/state', headers)]) {
        expect(answer).toMatchObject({ status: 403, body: { error: { code: 'forbidden-origin' } } });
      }
      expect(server.host.store.versions.size).toBe(1);
    },
  );

  test('answers a page of its own origin', async () => {
    const headers = { origin: 'http://127.0.0.1:8080', host: '127.0.0.1:8080' };
    expect((await new Controlled().get('/state', headers)).status).toBe(200);
  });

  test.each([
    ['{"by": ', 'application/json', 400],
    ['{"__proto__": {}}', 'application/json', 400],
    ['by=8d', 'application/x-www-form-urlencoded', 415],
    ['{"by": "8d"}', 'text/plain', 400],
  ])('refuses the body %s as %s with an error like any other', async (payload, type, expected) => {
    const server = new Controlled();
    const request = { method: 'POST', url: '/limbo/v1/advance', headers: { 'content-type': type }, payload };
    const { status, body } = await server.send({ ...request, method: 'POST' });
    expect([status, body]).toEqual([
      expected,
      { error: { code: 'bad-request', message: expect.any(String) } },
    ]);
  });
});
