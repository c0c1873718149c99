import type { FastifyInstance } from 'fastify';
import type { Answer } from '../../service/answer.ts';
import { answered } from '../../service/answer.ts';
import type { FileEntry } from '../../store/manifest.ts';
import type { Run } from '../../store/run.ts';
import { printable, type RunId } from '../../values/names.ts';
import { byCodePoint } from '../../values/order.ts';
import type { Host } from '../host.ts';
import { errorBody } from '../http-errors.ts';
import { FILE_ROUTES, isFilePath } from './addresses.ts';
import { sendContent } from './send.ts';

/** The routes of the files of runs: upload and download without a key, as for other files. */
export function runFileRoutes(app: FastifyInstance, host: Host): void {
  app.put<{ Params: RunFileParams }>(FILE_ROUTES.runFile, async (request, reply) => {
    const { run: runId, '*': path } = request.params;
    if (existingRun(host, runId) === undefined || !isFilePath(path)) return reply.code(404).send(NO_FILE);
    const received = await host.contents.receive(request.raw, null);
    if (received === null) return reply.code(400).send(NO_FILE);
    const added = await addFile(host, runId, { kind: 'file', path, ...received });
    return added.ok ? reply.send() : reply.code(404).send(errorBody(added.refusal.sentence));
  });

  app.get<{ Params: RunFileParams }>(FILE_ROUTES.runFile, async (request, reply) => {
    const { run: runId, '*': path } = request.params;
    const file = existingRun(host, runId)?.files.find((known) => known.path === path);
    return file === undefined
      ? reply.code(404).send(NO_FILE)
      : sendContent(host, file.digest, request, reply);
  });
}

interface RunFileParams {
  readonly run: string;
  readonly '*': string;
}

const NO_FILE = errorBody('There is no run with this file.');

function existingRun({ store }: Host, runId: string): Run | undefined {
  const run = store.runs.get(runId as RunId);
  return run?.exists === true ? run : undefined;
}

// Each path is there once, and the newest file has it.
function addFile(host: Host, runId: string, file: FileEntry): Promise<Answer<unknown>> {
  return host.turn(`upload ${printable(file.path)} of a run`, (turn) => {
    const run = turn.store.runs.get(runId as RunId);
    if (run === undefined) return answered(null);
    const others = run.files.filter(({ path }) => path !== file.path);
    const files = [...others, file].sort((left, right) => byCodePoint(left.path, right.path));
    return turn.apply({ type: 'setRunFacts', run: run.name, facts: { files } });
  });
}
