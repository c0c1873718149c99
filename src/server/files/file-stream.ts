import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Answer, following } from '../../service/answer.ts';
import { actingAs, type Turn } from '../../service/turns.ts';
import { type Run, runIdOf } from '../../store/run.ts';
import { type Json, jsonObjectOf, parsedJson } from '../../values/json.ts';
import { printable, type RunName } from '../../values/names.ts';
import { present } from '../../values/present.ts';
import { userOf } from '../authentication.ts';
import { progressJson, progressOf, STREAMS, withLines } from '../graphql/runs/run-progress.ts';
import type { Host } from '../host.ts';
import { errorBody, unauthorized } from '../http-errors.ts';

const LARGEST_BYTES = 64_000_000;

const lines = z.object({ offset: z.number().int().nonnegative().catch(0), content: z.array(z.string()) });

const body = z.object({
  files: z.record(z.string(), lines).nullish(),
  complete: z.boolean().nullish(),
  exitcode: z.number().nullish(),
});

type Body = z.infer<typeof body>;

/** The route of what a run sends while it runs: its history, summary, events and output, and its end. */
export function fileStreamRoute(app: FastifyInstance, host: Host): void {
  app.post<{ Params: RunName }>(
    '/files/:entity/:project/:run/file_stream',
    { bodyLimit: LARGEST_BYTES },
    async (request, reply) => {
      const user = userOf(host, request);
      if (user === undefined) return unauthorized(reply);
      const read = body.safeParse(request.body);
      if (!read.success) return reply.code(400).send(errorBody('Expected what a run sends while it runs.'));
      const { entity, project, run } = request.params;
      const name = { entity, project, run };
      const taken = await host.turn(`what run ${printable(run)} sends`, (turn) =>
        take(actingAs(turn, user.actingIn(entity)), name, read.data),
      );
      if (taken.ok) return reply.send({});
      const { code, sentence } = taken.refusal;
      return reply.code(code === 'forbidden' ? 403 : 404).send(errorBody(sentence));
    },
  );
}

function take(turn: Turn, run: RunName, { files, complete, exitcode }: Body): Answer<unknown> {
  const known = turn.store.runs.get(runIdOf(run));
  const facts = present({ progress: progressIn(known, files ?? {}), summary: summaryIn(files ?? {}) });
  const set = turn.apply({ type: 'setRunFacts', run, facts });
  if (complete !== true) return set;
  const state = exitcode === 0 ? 'finished' : 'failed';
  return following(set, () => turn.apply({ type: 'finishRun', run, state }));
}

const FILE_OF = {
  history: 'wandb-history.jsonl',
  events: 'wandb-events.jsonl',
  output: 'output.log',
} as const;

type Files = NonNullable<Body['files']>;

function progressIn(run: Run | undefined, files: Files): Json | undefined {
  if (run === undefined) return undefined;
  const before = progressOf(run.progress);
  const after = STREAMS.reduce((progress, stream) => {
    const sent = files[FILE_OF[stream]];
    return sent === undefined ? progress : withLines(progress, stream, sent.offset, sent.content);
  }, before);
  return after === before ? undefined : (progressJson(after) ?? undefined);
}

// Each summary is complete. One that is no JSON object is left out, as a part of a run that goes on.
function summaryIn(files: Files): Json | undefined {
  return jsonObjectOf(parsedJson(files['wandb-summary.json']?.content.at(-1) ?? '')) ?? undefined;
}
