import fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { registerControl } from './control/register.ts';
import { Context } from './graphql/context.ts';
import { executeGraphql } from './graphql/execute.ts';
import type { Host } from './host.ts';
import type { User } from './users.ts';

const graphqlBody = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/** The HTTP application that serves a host. */
export function appFor(host: Host): FastifyInstance {
  const app = fastify({ logger: false, keepAliveTimeout: 65_000 });

  app.post('/graphql', async (request, reply) => {
    const user = userOf(host, request.headers.authorization);
    if (user === undefined) return reply.code(401).send({ errors: [{ message: 'An API key is required.' }] });
    const read = graphqlBody.safeParse(request.body);
    if (!read.success) return reply.code(400).send({ errors: [{ message: 'Expected a GraphQL request.' }] });
    const context = new Context(host, user, `${request.protocol}://${request.host}`);
    const { status, body } = await executeGraphql(read.data, context);
    return reply.code(status).send(body);
  });

  registerControl(app, host);
  return app;
}

function userOf(host: Host, authorization: string | undefined): User | undefined {
  const [, encoded] = /^Basic (\S+)$/i.exec(authorization ?? '') ?? [];
  const [, key] = /^[^:]*:(.+)$/.exec(Buffer.from(encoded ?? '', 'base64').toString('utf8')) ?? [];
  return key === undefined ? undefined : host.users.withKey(key);
}
