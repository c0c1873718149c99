import { z } from 'zod';
import { errorDocument } from './control-error.ts';
import type { Route } from './route.ts';

type Json = Readonly<Record<string, unknown>>;

const ABOUT = `Acts on the simulated store as its operator, who may do everything. It needs no key. Therefore it answers only
requests for the address that the server is bound to, and none that a web page of another origin sends (403).
Instants are ISO 8601 durations since the beginning; sizes are bytes.`;

/** The OpenAPI document of these routes, made from the schemas that check their requests. */
export function openApi(base: string, routes: readonly Route[]): Json {
  const paths = new Map<string, Record<string, unknown>>();
  for (const route of routes) {
    const path = paths.get(route.path) ?? {};
    path[route.method.toLowerCase()] = operationOf(route);
    paths.set(route.path, path);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'The control API of limbo serve', version: '1', description: ABOUT },
    servers: [{ url: base }],
    paths: Object.fromEntries(paths),
    components: { schemas: { Error: schemaOf(errorDocument, 'output') } },
  };
}

function operationOf({ method, path, summary, query, body, answers, refuses = false }: Route): Json {
  const fields = schemaOf(query, 'input');
  const required = z.array(z.string()).catch([]).parse(fields['required']);
  const properties = z.record(z.string(), z.unknown()).catch({}).parse(fields['properties']);
  const content = Object.entries(answers).map(([type, schema]) => [
    type,
    { schema: schemaOf(schema, 'output') },
  ]);
  return {
    operationId: `${method.toLowerCase()}${path.replace(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    summary,
    parameters: Object.entries(properties).map(([name, schema]) => ({
      ...{ name, in: 'query', required: required.includes(name), schema },
    })),
    ...(method === 'POST'
      ? {
          requestBody: {
            required: !body.safeParse({}).success,
            content: { 'application/json': { schema: schemaOf(body, 'input') } },
          },
        }
      : {}),
    responses: {
      200: { description: 'OK', content: Object.fromEntries(content) },
      400: errorResponse('The request makes no sense'),
      403: errorResponse('The request comes from a web page of another origin, or is for another host'),
      ...(refuses
        ? { 409: errorResponse('Refused: with the rule, what is in the way, and what to do') }
        : {}),
    },
  };
}

function errorResponse(description: string): Json {
  return {
    description,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
