import { z } from 'zod';
import type { Timeline } from '../../insight/timeline.ts';
import { timelineOf } from '../../insight/timeline.ts';
import { USAGE_LEVELS } from '../../narration/answers/usage.ts';
import { textOf } from '../../scenario/language/schema-values.ts';
import { reportFinal } from '../../scenario/play/report.ts';
import { PlanRequest } from '../../service/plan-request.ts';
import { type Ask, askPlan, askTimeline, askUsage, askVerify, askWhy } from '../../service/questions.ts';
import { eventsBefore, storyOf } from '../../service/story.ts';
import { snapshotOf } from '../../simulator/snapshot/write.ts';
import { parseFileName } from '../../values/names.ts';
import type { Parsed } from '../../values/result.ts';
import type { Host } from '../host.ts';
import { ControlError } from './control-error.ts';
import { Content, type Route, route } from './route.ts';

const state = z.strictObject({
  now: z.string().meta({ description: 'The simulated time, as an ISO 8601 duration since the beginning' }),
  versions: z.array(
    z.strictObject({
      name: z.string(),
      state: z.enum(['PENDING', 'COMMITTED', 'PENDING_DELETION', 'DELETED']),
      aliases: z.array(z.string()),
      size: z.int(),
    }),
  ),
  objects: z.array(
    z.strictObject({
      digest: z.string(),
      size: z.int(),
      holders: z.array(z.string()),
      bucket: z.string(),
    }),
  ),
  bytes: z.strictObject({ logical: z.int(), stored: z.int(), billed: z.int() }),
});

const names = z.array(z.string()).default([]);

const planBody = z
  .strictObject({
    delete: names.meta({ description: 'Versions or links: animals:v0' }),
    deleteCollections: names.meta({ description: 'Artifact collections' }),
    deleteRuns: names.meta({ description: 'Runs' }),
    deleteProjects: names.meta({ description: 'Projects' }),
    deleteAll: z
      .string()
      .optional()
      .meta({ description: 'The artifact collection of which the versions that where matches are deleted' }),
    where: names.meta({
      description: '"without aliases", "with ALIAS", "older than 30d", "keep last 3"; all must hold',
    }),
    deleteAliases: z.boolean().default(false).meta({ description: 'With the aliases of the versions' }),
    artifacts: z.boolean().default(false).meta({ description: 'With the versions that the runs created' }),
    as: z.string().optional().meta({ description: 'Who acts (an admin)' }),
    all: z.boolean().default(false).meta({ description: 'Also what every version that stays would hold' }),
  })
  .transform((body, { issues }) => {
    const request = new PlanRequest();
    const check = (field: string, read: Parsed<null> | null, input: unknown) => {
      if (read?.ok === true) return;
      const message = `expected ${read?.expected ?? 'deleteAll beside it'}`;
      issues.push({ code: 'custom', message, path: [field], input });
    };
    for (const name of body.delete) check('delete', request.version(name), name);
    for (const name of body.deleteCollections) check('deleteCollections', request.collection(name), name);
    for (const name of body.deleteRuns) check('deleteRuns', request.run(name), name);
    for (const name of body.deleteProjects) check('deleteProjects', request.project(name), name);
    if (body.deleteAll !== undefined) check('deleteAll', request.all(body.deleteAll), body.deleteAll);
    for (const condition of body.where) check('where', request.where(condition), condition);
    const { deleteAliases, artifacts, as: by = null, all } = body;
    const commands = request.commands({ deleteAliases, artifacts, by });
    if (commands.length === 0 && issues.length === 0) {
      const message = 'expected something to delete, such as "delete": ["animals:v0"]';
      issues.push({ code: 'custom', message, input: body });
    }
    return { commands, all };
  });

function documentOf(command: string) {
  const document = z.looseObject({}).meta({ description: `The document of limbo ${command} --json` });
  return { 'application/json': document };
}

/** The routes that ask about the store, and change nothing. */
export const ASKING_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/state',
    summary: 'Every version and object, and the byte totals',
    answers: { 'application/json': state },
    handle: ({ host }) => reportFinal(host.store),
  }),
  route({
    method: 'GET',
    path: '/snapshot',
    summary: 'The store as a snapshot, for --from',
    query: z.strictObject({
      at: z.enum(['now', 'start']).default('now').meta({ description: 'Which store (now)' }),
    }),
    answers: { 'application/octet-stream': z.string().meta({ format: 'binary' }) },
    handle: ({ host }, { query: { at } }) =>
      new Content('application/octet-stream', snapshotOf(at === 'start' ? host.start : host.store)),
  }),
  route({
    method: 'GET',
    path: '/story',
    summary: 'What was done and not undone, as a scenario that plays to the same store',
    query: z.strictObject({ title: z.string().min(1).max(1_000).default('A story from a server') }),
    answers: { 'text/yaml': z.string() },
    refuses: true,
    handle: ({ host: { start, beginning, service } }, { query: { title } }) => {
      const written = storyOf(title, start, beginning, service.actions);
      if (!written.ok) {
        const message = `A scenario has no step for ${written.unsaid.type}.`;
        throw new ControlError(409, { code: 'no-step', message });
      }
      const from =
        '# Starts from the snapshot of /limbo/v1/snapshot?at=start: limbo run STORY --from SNAPSHOT\n';
      return new Content('text/yaml', `${beginning === null ? from : ''}${written.text}`);
    },
  }),
  route({
    method: 'POST',
    path: '/plan',
    summary: 'What deletions would do',
    body: planBody,
    answers: documentOf('plan'),
    handle: ({ host }, { body: { commands, all } }) => documentFor(host, askPlan(commands, all)),
  }),
  route({
    method: 'GET',
    path: '/why',
    summary: 'Why a file is stored, and what would free it',
    query: z.strictObject({ name: textOf(parseFileName, 'a path of a version, such as animals:v0/cat.jpg') }),
    answers: documentOf('why'),
    handle: ({ host }, { query: { name } }) => documentFor(host, askWhy(name)),
  }),
  route({
    method: 'GET',
    path: '/usage',
    summary: 'Who uses how much, and how much could be freed',
    query: z.strictObject({ by: z.enum(USAGE_LEVELS).optional().meta({ description: 'Only this table' }) }),
    answers: documentOf('usage'),
    handle: ({ host }, { query: { by } }) =>
      documentFor(host, askUsage(by === undefined ? USAGE_LEVELS : [by])),
  }),
  route({
    method: 'GET',
    path: '/timeline',
    summary: 'What happened to each version over time',
    query: z.strictObject({
      form: z.enum(['document', 'data']).default('document').meta({
        description:
          'data: with instants in seconds and the order of all moments, for limbo timeline --server',
      }),
    }),
    answers: documentOf('timeline'),
    handle: ({ host }, { query: { form } }) =>
      form === 'data' ? timelineIn(host) : documentFor(host, askTimeline(false)),
  }),
  route({
    method: 'GET',
    path: '/verify',
    summary: 'Recounts everything and reports inconsistencies',
    answers: documentOf('verify'),
    handle: ({ host }) => documentFor(host, askVerify),
  }),
];

function documentFor(host: Host, ask: Ask): unknown {
  return ask({ store: host.store, title: null, timeline: () => timelineIn(host) }).json();
}

function timelineIn({ start, beginning, service }: Host): Timeline {
  const events = function* () {
    yield* eventsBefore(start, beginning);
    yield* service.eventsFrom(0);
  };
  return timelineOf(events(), service.store);
}
