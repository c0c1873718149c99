import type { FastifyInstance } from 'fastify';
import type { RunId } from '../../values/names.ts';
import { errorBody } from '../authentication.ts';
import type { Host } from '../host.ts';
import { FILE_ROUTES, isFilePath } from './addresses.ts';
import { sendContent } from './send.ts';

/** The routes of the files of runs: upload and download without a key, as for other files. */
export function runFileRoutes(app: FastifyInstance, host: Host): void {
  app.put<{ Params: RunFileParams }>(FILE_ROUTES.runFile, async (request, reply) => {
    const { run: runId, '*': path } = request.params;
    const run = host.store.runs.get(runId as RunId);
    if (run?.exists !== true || !isFilePath(path)) return reply.code(404).send(errorBody(NO_FILE));
    const received = await host.contents.receive(request.raw, null);
    return reply.send(received);
  });

  app.get<{ Params: RunFileParams }>(FILE_ROUTES.runFile, async (_request, reply) => {
    return reply.code(404).send(errorBody(NO_FILE));
  });
}

interface RunFileParams {
  readonly run: string;
  readonly '*': string;
}

const NO_FILE = 'There is no run with this file.';
void sendContent;
