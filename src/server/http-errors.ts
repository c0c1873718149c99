import type { FastifyReply } from 'fastify';

/** The body of an answer that says what is wrong; clients show its message. */
export function errorBody(message: string): { readonly errors: readonly { readonly message: string }[] } {
  return { errors: [{ message }] };
}

/** Answers a request that carries no API key. */
export function unauthorized(reply: FastifyReply): FastifyReply {
  return reply.code(401).send(errorBody('An API key is required.'));
}

/** The answer where the server has a bug. */
export const BUG = 'limbo has a bug here; its standard error says more.';

/**
 * Reports a bug of the server on standard error, so that the client can be given a plain answer. Says nothing of the
 * request, which contains an API key.
 */
export function reportBug(problem: unknown): void {
  const text = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
  process.stderr.write(`limbo: a bug: ${text}\n`);
}
