import fastify, { type FastifyInstance } from 'fastify';
import { userOf } from './authentication.ts';
import type { Clock } from './clock.ts';
import { controlRoutes } from './control/control-routes.ts';
import { fileRoutes } from './files/file-routes.ts';
import { fileStreamRoute } from './files/file-stream.ts';
import { Context } from './graphql/context.ts';
import { executeGraphql, graphqlRequest } from './graphql/execute.ts';
import type { Host } from './host.ts';
import { namesThisServer } from './host-header.ts';
import { BUG, errorBody, reportBug, unauthorized } from './http-errors.ts';

/** How an application is reached. */
export interface AppOptions {
  /** The address that it is bound to, which requests must name; null if they may name any. */
  readonly address?: string | null;
  /** How simulated time passes; only when it is advanced, unless said. */
  readonly clock?: Clock;
  /** How long a client may take to send its headers, and the whole request, in milliseconds. */
  readonly headersMs?: number;
  readonly requestMs?: number;
}

const LARGEST_GRAPHQL_BYTES = 16_000_000;
// As long as the longest line of a request can be: parts of paths are ids, some of them long.
const LONGEST_PARAMETER = 16_384;

/** The HTTP application that serves a host. */
export function appFor(host: Host, options: AppOptions = {}): FastifyInstance {
  const { address = 'localhost', clock, headersMs = 30_000, requestMs = 300_000 } = options;
  const app = fastify({
    logger: false,
    bodyLimit: LARGEST_GRAPHQL_BYTES,
    keepAliveTimeout: 65_000,
    requestTimeout: requestMs,
    http: { headersTimeout: headersMs, connectionsCheckingInterval: Math.min(headersMs, 5_000) },
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
  });

  app.addHook('onRequest', async ({ host: named }, reply) => {
    if (address === null || namesThisServer(named, address)) return;
    return reply.code(403).send(errorBody('The Host header names another server.'));
  });
  if (clock !== undefined) app.addHook('preHandler', () => clock.catchUp(host));

  app.setNotFoundHandler((_request, reply) => reply.code(404).send(errorBody('There is nothing here.')));
  app.setErrorHandler((problem: Error & { readonly statusCode?: number }, request, reply) => {
    const { statusCode = 500 } = problem;
    const isClients = statusCode >= 400 && statusCode < 500;
    // A client that hangs up is not reported. Anything else is a bug, with status 400: clients repeat what got a 500.
    if (!isClients && !request.raw.destroyed) reportBug(problem);
    const message = isClients ? problem.message : BUG;
    return reply.code(isClients ? statusCode : 400).send(errorBody(message));
  });

  app.post('/graphql', async (request, reply) => {
    const user = userOf(host, request);
    if (user === undefined) return unauthorized(reply);
    const read = graphqlRequest.safeParse(request.body);
    if (!read.success) return reply.code(400).send(errorBody('Expected a GraphQL request.'));
    const context = new Context(host, user, `http://${request.host}`);
    const { status, body } = await executeGraphql(read.data, context);
    return reply.code(status).send(body);
  });
  fileStreamRoute(app, host);
  app.register(fileRoutes(host));

  controlRoutes(app, host);
  return app;
}
