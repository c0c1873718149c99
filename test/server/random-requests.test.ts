import fc from 'fast-check';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { appFor } from '../../src/server/app.ts';
import { artifactId, nodeId } from '../../src/server/graphql/ids.ts';
import type { Host } from '../../src/server/host.ts';
import { PATIENCE_MS, runs } from '../support/property-runs.ts';
import { chooser, type Pool, randomMutation, randomQuery } from '../support/server/random-documents.ts';
import { Wire } from '../support/server/wire.ts';
import { playText, storyWith } from '../support/stores/story.ts';

const STORY = storyWith(
  'team: { members: { ann: member } }\nregistries: { models: { ann: admin } }',
  'log: animals\nfiles: { cat.jpg: 2MB, dog.jpg: { ref: "s3://a/b", size: 1MB } }\nrun: r1\ntags: [x]',
  'log: animals\nfiles: { cat.jpg: 1MB of another }\naliases: [best]\nrun: r1',
  'log: animals\nfiles: { cat.jpg: 3MB of third }',
  'begin: animals\nid: up\nfiles: { rat.jpg: 3MB }',
  'use: "animals:v0"\nrun: r2',
  'link: "animals:v0"\nto: models/prod\naliases: [live]',
  'delete: "animals:v2"\ndeleteAliases: true',
  'finish run: r2',
);

const ODD = [
  '',
  ' ',
  '..',
  '__proto__',
  'constructor',
  '\0',
  '\ud800',
  'é',
  'a/b:c',
  '\'"`$(x)',
  '9'.repeat(400),
];

function idsIn({ store }: Host): Pool {
  return [
    ...Array.from(store.versions.unorderedRows(), ({ id }) => artifactId(id)),
    ...Array.from(store.runs.unorderedRows(), ({ id }) => nodeId('Run', id)),
    ...Array.from(store.runs.unorderedRows(), ({ id }) => nodeId('File', `${id}/x`)),
    ...Array.from(store.collections.unorderedRows(), ({ id }) => nodeId('ArtifactCollection', id)),
    ...['team', 'demo', 'models', 'animals', 'prod', 'dataset', 'animals:v0', 'animals:latest', 'v1', 'best'],
    ...['r1', 'r2', 'version_index', '-created_at', 'XUFAKrxLKna5cZ2REBfFkg==', 'bmV4dA'],
    ...ODD,
  ];
}

interface Served {
  readonly host: Host;
  readonly app: FastifyInstance;
}

function served(): Served {
  const { host } = new Wire(START);
  return { host, app: appFor(host) };
}

const index = (size: number) => fc.nat({ max: size - 1 });
const bugs: unknown[] = [];

beforeAll(() => {
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    bugs.push(text);
    return true;
  });
});
afterAll(() => {
  vi.restoreAllMocks();
});

/** Sends a request, and fails if the answer is not one that a client can use. */
async function send({ host, app }: Served, request: InjectOptions) {
  const before = host.store;
  const response = await app.inject(request);
  expect(bugs.splice(0)).toEqual([]);
  expect(response.statusCode).toBeLessThan(500);
  expect(response.statusCode).not.toBe(429);
  // What is answered with an error has changed nothing.
  if (response.statusCode >= 400) expect(host.store).toBe(before);
  return response;
}

function graphql(payload: string | Buffer, who: string, { users }: Host) {
  const authorization = `Bearer ${users.keys.get(who) ?? who}`;
  return {
    method: 'POST' as const,
    url: '/graphql',
    headers: { authorization, 'content-type': 'application/json' },
    payload,
  };
}

describe('random requests', { timeout: 4 * PATIENCE_MS }, () => {
  test('with queries over the schema are answered, and change nothing', async () => {
    const server = served();
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (draw) => {
        const query = randomQuery(chooser(draw, index), POOL);
        const { statusCode } = await send(server, graphql(JSON.stringify({ query }), 'admin', server.host));
        if (statusCode === 200) answered += 1;
      }),
      runs(3_000),
    );
    expect(server.host.store).toBe(START);
    expect(answered).toBeGreaterThan(0);
  });

  test('with mutations over the schema change nothing where they are answered with an error', async () => {
    const server = served();
    await fc.assert(
      fc.asyncProperty(fc.gen(), fc.constantFrom('admin', 'ann', 'stranger'), async (draw, who) => {
        server.host.reset();
        const query = randomMutation(chooser(draw, index), POOL);
        await send(server, graphql(JSON.stringify({ query }), who, server.host));
      }),
      runs(2_000),
    );
  });

  test('with documents that are damaged, or any text, are answered 400', async () => {
    const server = served();
    await fc.assert(
      fc.asyncProperty(
        fc.gen(),
        fc.string({ unit: 'binary', maxLength: 20 }),
        fc.nat(),
        async (draw, inserted, where) => {
          const document = randomQuery(chooser(draw, index), POOL);
          const at = where % (document.length + 1);
          const query = document.slice(0, at) + inserted + document.slice(at + (where % 3));
          await send(server, graphql(JSON.stringify({ query }), 'admin', server.host));
        },
      ),
      runs(2_000),
    );
    expect(server.host.store).toBe(START);
  });

  test('with any bytes or any JSON in place of a document are answered 400, and change nothing', async () => {
    const server = served();
    const payload = fc.oneof(
      fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
      fc.json(),
      fc.record({ query: fc.anything(), variables: fc.anything(), operationName: fc.anything() }).map(jsonOr),
    );
    const url = fc.constantFrom('/graphql', '/files/team/demo/r1/file_stream');
    await fc.assert(
      fc.asyncProperty(payload, url, async (body, where) => {
        const { statusCode } = await send(server, { ...graphql(body, 'admin', server.host), url: where });
        if (where === '/graphql') expect(statusCode).toBe(400);
      }),
      runs(1_500),
    );
    expect(server.host.store).toBe(START);
  });

  test('to any address, with any method, are answered, and change nothing', async () => {
    const server = served();
    const part = fc.oneof(
      fc.constantFrom(
        'limbo',
        'files',
        'runs',
        'manifests',
        'wandb_artifacts',
        'artifactsV2',
        'v1',
        '..',
        '%00',
        '%zz',
        '',
      ),
      fc.constantFrom(...POOL).map((text) => encodeURIComponent(Buffer.from(text).toString())),
      fc.string({ maxLength: 10 }).map(encodeURIComponent),
    );
    const url = fc.array(part, { maxLength: 9 }).map((parts) => `/${parts.join('/')}`);
    const method = fc.constantFrom('GET', 'PUT', 'POST', 'HEAD', 'DELETE', 'OPTIONS', 'PATCH');
    await fc.assert(
      fc.asyncProperty(url, method, fc.uint8Array({ maxLength: 20 }), async (where, how, bytes) => {
        const payload = how === 'GET' || how === 'HEAD' ? undefined : Buffer.from(bytes);
        await send(server, { method: how, url: where, ...(payload && { payload }) } as never);
      }),
      runs(1_500),
    );
    expect(server.host.store).toBe(START);
  });
});

const START = playText(STORY).final;
const POOL = idsIn(new Wire(START).host);

function jsonOr(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    return 'null';
  }
}
