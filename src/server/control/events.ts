import { type EventReport, reportEvent } from '../../narration/events/event-json.ts';
import type { Host } from '../host.ts';

const HEARTBEAT_MS = 15_000;
const MOST_IN_A_PIECE = 500;

/** At most so many events from a position on, with names from the current store. */
export function eventsFrom({ service }: Host, position: number, most: number): readonly EventReport[] {
  const events: EventReport[] = [];
  for (const event of service.eventsFrom(position)) {
    if (events.length === most) break;
    events.push(reportEvent(event, service.store));
  }
  return events;
}

/**
 * The events from a position on as server-sent events, until `closed`. The id of each is the position after it. When events
 * are undone, it says `undone` with the position from which others follow. A reader that is slow keeps nothing but its
 * position.
 */
export async function* eventStream(
  host: Host,
  since: number,
  closed: AbortSignal,
  heartbeatMs = HEARTBEAT_MS,
): AsyncGenerator<string> {
  let next = since;
  let undone = false;
  let wake = () => {};
  const changed = () => {
    const { eventCount } = host.service;
    undone ||= eventCount < next;
    next = Math.min(next, eventCount);
    wake();
  };
  const unsubscribe = host.subscribe(changed);
  const leave = () => wake();
  closed.addEventListener('abort', leave);
  try {
    changed();
    yield ': events of limbo\n\n';
    while (!closed.aborted) {
      if (undone) {
        undone = false;
        yield `event: undone\nid: ${next}\ndata: ${JSON.stringify({ next })}\n\n`;
        continue;
      }
      const events = eventsFrom(host, next, MOST_IN_A_PIECE);
      if (events.length > 0) {
        const first = next;
        next += events.length;
        yield events.map((event, at) => `id: ${first + at + 1}\ndata: ${JSON.stringify(event)}\n\n`).join('');
        continue;
      }
      const isAlive = await new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(true), heartbeatMs);
        wake = () => {
          clearTimeout(timer);
          resolve(false);
        };
      });
      wake = () => {};
      if (isAlive) yield ': alive\n\n';
    }
  } finally {
    unsubscribe();
    closed.removeEventListener('abort', leave);
  }
}
