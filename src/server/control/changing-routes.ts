import { z } from 'zod';
import { reportEvent } from '../../narration/events/event-json.ts';
import { emptyScenario } from '../../scenario/language/empty-scenario.ts';
import { parseSteps } from '../../scenario/language/parse.ts';
import { NO_FOLDERS } from '../../scenario/language/scenario.ts';
import { duration } from '../../scenario/language/schema-values.ts';
import { Player } from '../../scenario/play/play.ts';
import { reportStep } from '../../scenario/play/report.ts';
import { answered, following } from '../../service/answer.ts';
import { collectGarbage, type Effects, effectsOf } from '../../service/collecting.ts';
import type { Store } from '../../store/store.ts';
import { formatDuration, formatInstant } from '../../values/units.ts';
import { ControlError, orThrow } from './control-error.ts';
import { eventJson } from './event-routes.ts';
import { type Route, route } from './route.ts';

const MOST_STEPS = 1_000_000;

const effects = z.strictObject({
  now: z
    .string()
    .meta({ description: 'The simulated time after it, as an ISO 8601 duration since the beginning' }),
  events: z.array(eventJson),
  freed: z.int().meta({ description: 'The bytes of the objects deleted from the bucket' }),
  deleted: z.array(z.string()).meta({ description: 'The versions that became DELETED' }),
});

const moved = z.strictObject({
  done: z
    .int()
    .meta({ description: 'How many calls were undone or redone: fewer than asked if there are no more' }),
  position: z.int().meta({ description: 'How many events the history has now, as in /events' }),
});

const nothing = z.strictObject({});

/** The routes that change the store. */
export const CHANGING_ROUTES: readonly Route[] = [
  route({
    method: 'POST',
    path: '/advance',
    summary: 'Advances the clock; scheduled jobs run on the way, each at its time',
    body: z.strictObject({ by: duration }),
    answers: { 'application/json': effects },
    refuses: true,
    handle: async ({ host }, { body: { by } }) => {
      const advanced = await host.turn(`wait ${formatDuration(by)}`, (turn) =>
        following(turn.apply({ type: 'wait', duration: by }), (events) =>
          answered(effectsOf(events, turn.store)),
        ),
      );
      return effectsJson(orThrow(advanced), host.store);
    },
  }),
  route({
    method: 'POST',
    path: '/collect',
    summary: 'Runs garbage collection now',
    answers: { 'application/json': effects },
    refuses: true,
    handle: async ({ host }) => effectsJson(orThrow(await collectGarbage(host.service)), host.store),
  }),
  ...(['undo', 'redo'] as const).map((word) =>
    route({
      method: 'POST',
      path: `/${word}`,
      summary:
        word === 'undo'
          ? 'Undoes the last calls; a request of a client or of this API is one call'
          : 'Redoes the calls that were undone last',
      body: z.strictObject({ steps: z.int().min(1).max(MOST_STEPS).default(1) }),
      answers: { 'application/json': moved },
      handle: ({ host: { service } }, { body: { steps } }) => {
        let done = 0;
        while (done < steps && service[word]()) done += 1;
        return { done, position: service.eventCount };
      },
    }),
  ),
  route({
    method: 'POST',
    path: '/reset',
    summary: 'Returns to the store at the start; forgets the history and the planned faults',
    answers: { 'application/json': nothing },
    handle: ({ host, faults }) => {
      faults.clear();
      host.reset();
      return {};
    },
  }),
  route({
    method: 'POST',
    path: '/steps',
    summary: 'Plays steps of the scenario language, as one call; a refused step does not stop the others',
    body: z.strictObject({
      yaml: z.string().meta({ description: 'A list of steps, such as "- delete: animals:v0"' }),
    }),
    answers: {
      'application/json': z.strictObject({
        now: z.string(),
        verdict: z.enum(['passed', 'failed']),
        steps: z
          .array(
            z.looseObject({
              step: z.string(),
              line: z.int(),
              outcome: z.enum(['done', 'refused', 'failed']),
              events: z.array(eventJson),
            }),
          )
          .meta({ description: 'The outcome of each step, as in limbo run --json' }),
        failures: z
          .array(z.strictObject({ line: z.int(), expected: z.string(), actual: z.string() }))
          .meta({ description: 'The claims that do not hold, and the refusals that no step expects' }),
      }),
    },
    handle: ({ host }, { body: { yaml } }) =>
      host.turn('steps', (turn) => {
        const read = parseSteps(yaml, turn.store);
        if (!read.ok) throw ControlError.mistakes(read.diagnostics);
        const player = new Player(emptyScenario(turn.store), NO_FOLDERS, true);
        const frames = read.steps.map((step) => {
          const frame = player.take(step, false);
          return { report: reportStep(frame), failures: frame.failures };
        });
        // The same actions on the same store have the same result.
        for (const action of player.actions) turn.apply(action);
        const failures = frames.flatMap((frame) => frame.failures);
        return {
          now: formatInstant(turn.store.now),
          verdict: failures.length === 0 ? 'passed' : 'failed',
          steps: frames.map(({ report }) => report),
          failures,
        };
      }),
  }),
];

function effectsJson({ events, freedBytes, deleted }: Effects, store: Store): z.output<typeof effects> {
  return {
    now: formatInstant(store.now),
    events: events.map((event) => reportEvent(event, store)),
    freed: freedBytes,
    deleted: [...deleted],
  };
}
