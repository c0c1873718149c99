import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type DocumentNode, Kind, parse, type SelectionSetNode } from 'graphql';
import { graphqlRequest } from '../graphql/execute.ts';
import { errorBody } from '../http-errors.ts';
import type { Faults } from './faults.ts';

/** Lets the calls of clients have the planned faults. `closing` ends delays when the server stops. */
export function addFaults(app: FastifyInstance, faults: Faults, closing: AbortSignal): void {
  app.addHook('preHandler', async (request, reply) => {
    if (faults.planned.length === 0) return;
    const names = namesOf(request);
    const fault = names === null ? undefined : faults.take(names);
    if (fault === undefined) return;
    if (fault.delay > 0) await sleep(fault.delay * 1_000, undefined, { signal: closing }).catch(() => {});
    if (fault.drop) {
      reply.hijack();
      request.raw.socket.destroy();
    } else if (fault.status !== undefined) {
      const message = `A planned fault: status ${fault.status}`;
      return reply.code(fault.status).send(errorBody(message));
    }
  });
}

// Null for requests that are not calls of clients, such as those of the control API.
function namesOf({ method, url, body }: FastifyRequest): readonly string[] | null {
  const [path = ''] = url.split('?');
  if (path === '/graphql') return fieldsAsked(body);
  if (path.endsWith('/file_stream')) return ['fileStream'];
  if (/^\/(limbo\/files|artifactsV2|artifacts)\//.test(path))
    return [method === 'PUT' ? 'upload' : 'download'];
  return null;
}

// A document that cannot be read asks for nothing; the endpoint says what is wrong with it.
function fieldsAsked(body: unknown): readonly string[] {
  const read = graphqlRequest.safeParse(body);
  if (!read.success) return [];
  const { query, operationName } = read.data;
  try {
    return fieldsIn(parse(query), operationName ?? '');
  } catch {
    return [];
  }
}

function fieldsIn(document: DocumentNode, operationName: string): readonly string[] {
  const fields = new Set<string>();
  const seen = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      switch (selection.kind) {
        case Kind.FIELD:
          fields.add(selection.name.value);
          break;
        case Kind.INLINE_FRAGMENT:
          collect(selection.selectionSet);
          break;
        case Kind.FRAGMENT_SPREAD:
          if (!seen.has(selection.name.value)) {
            seen.add(selection.name.value);
            for (const definition of document.definitions) {
              const isMeant =
                definition.kind === Kind.FRAGMENT_DEFINITION &&
                definition.name.value === selection.name.value;
              if (isMeant) collect(definition.selectionSet);
            }
          }
          break;
      }
    }
  };
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    if (operationName === '' || definition.name?.value === operationName) collect(definition.selectionSet);
  }
  return [...fields];
}
