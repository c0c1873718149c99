import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { ROUTES } from '../../../src/server/control/control-routes.ts';
import { openApi } from '../../../src/server/control/openapi.ts';
import { Controlled } from '../../support/server/controlled.ts';
import { clock, log, remove } from '../../support/stores/builders.ts';
import { given } from '../../support/stores/given.ts';

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly schema: object }[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: object } } };
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { schema: object }>> }>
  >;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: object;
}

const DOCUMENT = openApi('/limbo/v1', ROUTES) as unknown as Document;
const OPERATIONS = Object.entries(DOCUMENT.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);
const animals = log('animals', { cat: '2MB' });
const start = given(animals, clock('1d'), remove('animals:v0', { deleteAliases: true })).store;

/** A request for each operation that answers JSON, which the schema of its answer must describe. */
const REQUESTS: readonly (readonly [method: 'get' | 'post' | 'delete', path: string, body?: object])[] = [
  ['post', '/advance', { by: '8d' }],
  ['post', '/collect'],
  ['post', '/undo', { steps: 2 }],
  ['post', '/redo'],
  ['post', '/steps', { yaml: '- log: plants\n- delete: plants:v0\n- expect: { stored: 1B }' }],
  ['get', '/state'],
  ['post', '/plan', { delete: ['animals:v0'] }],
  ['get', '/why?name=animals:v0/cat'],
  ['get', '/usage'],
  ['get', '/timeline'],
  ['get', '/verify'],
  ['get', '/events'],
  ['post', '/faults', { operation: '*', status: 500 }],
  ['get', '/faults'],
  ['delete', '/faults'],
  ['post', '/reset'],
  ['get', '/openapi.json'],
];

describe('the OpenAPI document', () => {
  test('is served, and names every route once', async () => {
    const { status, body } = await new Controlled().get('/openapi.json');
    expect([status, body]).toEqual([200, JSON.parse(JSON.stringify(DOCUMENT))]);
    expect(DOCUMENT.openapi).toBe('3.1.0');
    const ids = OPERATIONS.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ROUTES.length);
    expect(ids).toContain('postAdvance');
  });

  test('has schemas that are valid, with a description of what every field means', () => {
    const ajv = new Ajv2020({ strict: false });
    for (const { operation } of OPERATIONS) {
      const { parameters, requestBody, responses } = operation;
      const bodies = requestBody === undefined ? [] : [requestBody.content['application/json'].schema];
      const answers = Object.values(responses['200']?.content ?? {}).map(({ schema }) => schema);
      for (const schema of [...parameters.map(({ schema }) => schema), ...bodies, ...answers]) {
        expect(ajv.validateSchema(schema), JSON.stringify(schema)).toBe(true);
      }
    }
  });

  test('describes the answers', async () => {
    const ajv = new Ajv2020({ strict: false });
    const server = new Controlled(start);
    for (const [method, path, body] of REQUESTS) {
      const [bare = ''] = path.split('?');
      const schema = DOCUMENT.paths[bare]?.[method]?.responses['200']?.content['application/json']?.schema;
      const answer =
        method === 'post'
          ? await server.post(path, body)
          : await server.send({ method: method === 'get' ? 'GET' : 'DELETE', url: `/limbo/v1${path}` });
      expect(answer.status, path).toBe(200);
      const validate = ajv.compile(schema ?? false);
      expect(validate(answer.body), `${path}: ${JSON.stringify(validate.errors)}`).toBe(true);
    }
    const asked = new Set(REQUESTS.map(([method, path]) => `${method} ${path.split('?')[0]}`));
    const others = OPERATIONS.map(({ method, path }) => `${method} ${path}`).filter((one) => !asked.has(one));
    expect(others).toEqual(['get /snapshot', 'get /story']);
  });

  test('describes the errors', async () => {
    const ajv = new Ajv2020({ strict: false });
    const validate = ajv.compile({ ...DOCUMENT, $ref: '#/components/schemas/Error' });
    const server = new Controlled(start);
    const bad = [
      await server.post('/advance'),
      await server.post('/steps', { yaml: '- x' }),
      await server.get('/x'),
    ];
    for (const { status, body } of bad) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(validate(body), JSON.stringify(body)).toBe(true);
    }
  });
});
