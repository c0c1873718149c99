import { describe, expect, test } from 'vitest';
import { canonicalStore } from '../../../src/explore/fingerprint.ts';
import { Context } from '../../../src/server/graphql/context.ts';
import { Controlled } from '../../support/server/controlled.ts';
import { clock, log, remove } from '../../support/stores/builders.ts';
import { given } from '../../support/stores/given.ts';

const animals = log('animals', { cat: '2MB' });
const deleted = remove('animals:v0', { deleteAliases: true });

describe('POST /advance', () => {
  test('moves the clock, and answers what was freed on the way', async () => {
    const server = new Controlled(given(animals, deleted).store);
    const { status, body } = await server.post('/advance', { by: '8d' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ now: 'P8D', freed: 2_000_000, deleted: ['team/demo/animals:v0'] });
    expect(body).toHaveProperty('events', expect.arrayContaining([{ type: 'clockMoved', to: 'P8D' }]));
    expect(server.host.store.now).toBe(8 * 86_400);
  });

  test.each([
    [{}, 'by: expected a duration'],
    [{ by: 8 }, 'by: expected a duration such as 90s, 15m, 6h, 8d or 2w; a bare number has no unit'],
    [{ by: '8 moons' }, 'by: expected a duration'],
    [{ by: '8d', bye: 1 }, 'bye: unknown field; did you mean by?'],
    [[], 'expected'],
  ])('refuses %j', async (asked, message) => {
    const server = new Controlled();
    const before = server.host.store;
    const { status, body } = await server.post('/advance', asked);
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { code: 'bad-request', message: expect.stringContaining(message) } });
    expect(server.host.store).toBe(before);
  });
});

describe('POST /collect', () => {
  test('collects garbage, as one call', async () => {
    const server = new Controlled(given(animals, deleted).store);
    await server.play(clock('8d'));
    const before = canonicalStore(server.host.store);
    const { body } = await server.post('/collect');
    expect(body).toMatchObject({ now: 'P8D', freed: 2_000_000, deleted: ['team/demo/animals:v0'] });
    await server.post('/undo');
    expect(canonicalStore(server.host.store)).toBe(before);
  });

  test('answers 409 with the rule, the sentence and the steps to take where it is refused', async () => {
    const server = new Controlled(given(animals).store);
    await server.post('/steps', {
      yaml: '- server: { deployment: self-managed, bucket: { provider: gcp } }',
    });
    const { status, body } = await server.post('/collect');
    expect(status).toBe(409);
    expect(body).toMatchObject({
      error: { code: 'gc-not-enabled', rule: 'GC-6', blockers: expect.anything(), advice: expect.anything() },
    });
    expect(body).toHaveProperty('error.advice.length', 3);
    expect(body).toHaveProperty('error.message', (body as { error: { sentence: string } }).error.sentence);
  });
});

describe('POST /undo and /redo', () => {
  test('undo and redo calls, as many as there are', async () => {
    const server = new Controlled();
    await server.play(animals, log('plants'), log('rocks'));
    const { eventCount } = server.host.service;
    const final = canonicalStore(server.host.store);
    expect((await server.post('/undo')).body).toMatchObject({ done: 1 });
    expect((await server.post('/undo', { steps: 9 })).body).toEqual({ done: 2, position: 0 });
    expect((await server.post('/redo', { steps: 2 })).body).toMatchObject({ done: 2 });
    expect((await server.post('/redo', { steps: 2 })).body).toEqual({ done: 1, position: eventCount });
    expect(canonicalStore(server.host.store)).toBe(final);
  });

  test('undo all that one request of a client did', async () => {
    const server = new Controlled();
    const { host } = server;
    const user = host.users.withKey('someone');
    for (const [one, other] of [
      ['animals', 'plants'],
      ['rocks', 'stars'],
    ] as const) {
      const context = new Context(host, user, 'http://127.0.0.1');
      for (const name of [one, other]) await context.act('log', user.entity, (turn) => turn.apply(log(name)));
    }
    expect(host.store.versions.size).toBe(4);
    expect((await server.post('/undo')).body).toMatchObject({ done: 1 });
    expect(host.store.versions.size).toBe(2);
  });

  test.each([[{ steps: 0 }], [{ steps: 1.5 }], [{ steps: '2' }]])('refuse %j', async (asked) => {
    expect((await new Controlled().post('/undo', asked)).status).toBe(400);
  });
});

describe('POST /reset', () => {
  test('returns to the start, without a history and planned faults', async () => {
    const server = new Controlled(given(animals).store);
    await server.play(deleted);
    await server.post('/faults', { operation: '*', status: 503 });
    expect(await server.post('/reset')).toEqual({ status: 200, body: {} });
    expect(server.host.store).toBe(server.host.start);
    expect((await server.get('/faults')).body).toEqual({ faults: [] });
    expect((await server.post('/undo')).body).toEqual({ done: 0, position: 0 });
  });

  test('needs no body', async () => {
    const server = new Controlled();
    expect(await server.send({ method: 'POST', url: '/limbo/v1/reset' })).toEqual({ status: 200, body: {} });
  });
});

describe('POST /steps', () => {
  test('plays steps as one call, and answers their outcomes and the claims that fail', async () => {
    const server = new Controlled();
    const yaml = `
- log: animals
  files: { cat: 2MB }
- delete: animals:v0
- expect: { state: { animals:v0: PENDING_DELETION } }
- show: versions
`;
    const { status, body } = await server.post('/steps', { yaml });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      now: 'PT0S',
      verdict: 'failed',
      steps: [
        { step: 'log: animals, files: { cat: 2MB }', line: 2, outcome: 'done' },
        {
          line: 4,
          outcome: 'refused',
          refusal: { code: 'has-aliases' },
          advice: ['delete: animals:v0, deleteAliases: true'],
        },
        { line: 5, outcome: 'failed' },
        { line: 6, outcome: 'done' },
      ],
      failures: [{ line: 4 }, { line: 5, actual: 'COMMITTED' }],
    });
    expect(server.host.store.versions.size).toBe(1);
    expect((await server.post('/undo')).body).toEqual({ done: 1, position: 0 });
  });

  test('leave the store as they would leave it in a scenario', async () => {
    const yaml = '- begin: animals\n  id: one\n  files: { cat: 2MB }\n- commit: one\n- wait: 3d\n';
    const [whole, single] = [new Controlled(), new Controlled()];
    await whole.post('/steps', { yaml });
    const logged = '- log: animals\n  files: { cat: 2MB }\n';
    for (const step of [logged, '- wait: 1d', '- wait: 2d']) await single.post('/steps', { yaml: step });
    expect(canonicalStore(whole.host.store)).toBe(canonicalStore(single.host.store));
  });

  test.each([
    ['- dleete: animals:v0', { line: 1, column: 3 }],
    ['- wait: 1d\n- delete: [', { line: 2 }],
    ['delete: animals:v0', { line: 1, column: 1 }],
    ['- commit: one', { line: 1, column: 11 }],
    ['- log: animals\n  files: { from: /etc }', { line: 2, column: 18 }],
    ['- delete: animals:v0\n  as: eve', { line: 2 }],
    ['- wait: { until: 2026-03-01 }', { line: 1 }],
    ['', {}],
  ])('refuses %j with the place of the mistake', async (yaml, place) => {
    const server = new Controlled();
    const { status, body } = await server.post('/steps', { yaml });
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { code: 'bad-request', ...place } });
    expect(server.host.service.eventCount).toBe(0);
  });
});
