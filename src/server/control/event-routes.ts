import { z } from 'zod';
import { eventStream, eventsFrom } from './events.ts';
import { Content, type Route, route } from './route.ts';

const MOST_EVENTS = 10_000;

const position = z
  .string()
  .regex(/^\d{1,15}$/, { error: 'expected a position, a whole number from 0' })
  .transform(Number);

/** An event, with names instead of internal ids. */
export const eventJson = z.looseObject({ type: z.string() });

/** The routes for the events that are not undone, by position from 0. */
export const EVENT_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/events',
    summary: `The events from a position on, at most ${MOST_EVENTS} at once, or as they happen with Accept: text/event-stream`,
    query: z.strictObject({
      since: position.optional().meta({ description: 'The first position (0), or the header Last-Event-ID' }),
    }),
    answers: {
      'application/json': z.strictObject({
        events: z.array(eventJson),
        next: z
          .int()
          .meta({ description: 'The position to continue from; less than since if events were undone' }),
      }),
      'text/event-stream': z.string().meta({
        description:
          'Each event as JSON, with the position after it as its id. The event "undone" says the position from which others follow',
      }),
    },
    handle: ({ host }, { query, headers, closed }) => {
      const last = position.safeParse(headers['last-event-id']);
      const since = (last.success ? last.data : undefined) ?? query.since ?? 0;
      if (String(headers['accept']).includes('text/event-stream')) {
        return new Content('text/event-stream', eventStream(host, since, closed()));
      }
      const events = eventsFrom(host, since, MOST_EVENTS);
      return { events, next: Math.min(since, host.service.eventCount) + events.length };
    },
  }),
];
