import { Readable } from 'node:stream';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Host } from '../host.ts';
import { BUG, reportBug } from '../http-errors.ts';
import { ASKING_ROUTES } from './asking-routes.ts';
import { CHANGING_ROUTES } from './changing-routes.ts';
import { ControlError } from './control-error.ts';
import { EVENT_ROUTES } from './event-routes.ts';
import { addFaults } from './fault-hook.ts';
import { FAULT_ROUTES } from './fault-routes.ts';
import { Faults } from './faults.ts';
import { openApi } from './openapi.ts';
import { Content, type Control, type ControlRequest, type Route, route } from './route.ts';

const BASE = '/limbo/v1';

const DOCUMENT: Route = route({
  method: 'GET',
  path: '/openapi.json',
  summary: 'This document',
  answers: { 'application/json': z.looseObject({}) },
  handle: () => openApi(BASE, ROUTES),
});

/** Every route of the control API. */
export const ROUTES: readonly Route[] = [
  ...CHANGING_ROUTES,
  ...ASKING_ROUTES,
  ...EVENT_ROUTES,
  ...FAULT_ROUTES,
  DOCUMENT,
];

/**
 * Adds the control API, and lets the calls of clients have the faults that it plans. It acts as the operator and needs no
 * key, so it refuses requests that a browser sends for a page of another origin: such a page could reset the server.
 */
export function controlRoutes(app: FastifyInstance, host: Host): void {
  const control: Control = { host, faults: new Faults() };
  const closing = new AbortController();
  app.addHook('preClose', async () => closing.abort());
  addFaults(app, control.faults, closing.signal);
  app.register(
    async (scope) => {
      scope.addHook('onRequest', async (request) => checkOrigin(request));
      scope.setErrorHandler(answerError);
      scope.setNotFoundHandler((request) => {
        const message = `There is no ${request.method} ${request.url.split('?')[0]}; ${BASE}/openapi.json lists what there is.`;
        throw new ControlError(404, { code: 'not-found', message });
      });
      for (const one of ROUTES) {
        scope.route({
          method: one.method,
          url: one.path,
          exposeHeadRoute: false,
          handler: async (request, reply) =>
            send(reply, await one.take(control, asked(request, reply, closing))),
        });
      }
    },
    { prefix: BASE },
  );
}

function checkOrigin({ headers, protocol, host }: FastifyRequest): void {
  const { origin } = headers;
  if (origin === undefined || origin === `${protocol}://${host}`) return;
  const message = 'A web page of another origin may not use the control API.';
  throw new ControlError(403, { code: 'forbidden-origin', message });
}

function asked(
  request: FastifyRequest,
  reply: FastifyReply,
  closing: AbortController,
): ControlRequest<unknown, unknown> {
  const { query, body, headers } = request;
  return {
    ...{ query, body, headers },
    closed: () => {
      const left = new AbortController();
      reply.raw.once('close', () => left.abort());
      return AbortSignal.any([left.signal, closing.signal]);
    },
  };
}

function send(reply: FastifyReply, answer: unknown): FastifyReply {
  if (!(answer instanceof Content)) return reply.send(answer);
  const { type, body } = answer;
  // An idle connection would delay the end of a server that stops while it streams.
  if (typeof body !== 'string') reply.header('connection', 'close');
  return reply.type(type).send(typeof body === 'string' ? body : Readable.from(body));
}

function answerError(problem: FastifyError, _request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (problem instanceof ControlError) return reply.code(problem.status).send({ error: problem.facts });
  const { statusCode = 500, message } = problem;
  if (statusCode < 500) return reply.code(statusCode).send({ error: { code: 'bad-request', message } });
  reportBug(problem);
  return reply.code(500).send({ error: { code: 'bug', message: BUG } });
}
