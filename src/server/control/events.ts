import type { StoreEvent } from '../../decider/event.ts';
import { type EventReport, reportEvent } from '../../narration/events/event-json.ts';
import type { Store } from '../../store/store.ts';
import type { Host } from '../host.ts';

const HEARTBEAT_MS = 15_000;
const MOST_IN_A_PIECE = 500;

/** At most so many events from a position on, with names from the current store. */
export function eventsFrom({ service }: Host, position: number, most: number): readonly EventReport[] {
  return nextOf(service.eventsFrom(position), most, service.store);
}

function nextOf(events: Iterator<StoreEvent>, most: number, store: Store): readonly EventReport[] {
  const reports: EventReport[] = [];
  while (reports.length < most) {
    const { done, value } = events.next();
    if (done === true) break;
    reports.push(reportEvent(value, store));
  }
  return reports;
}

/**
 * The events from a position on as server-sent events, until `closed`. The id of each is the position after it. When events
 * are undone, it says `undone` with the position from which others follow. For a slow reader, no events are kept.
 */
export async function* eventStream(
  host: Host,
  since: number,
  closed: AbortSignal,
  heartbeatMs = HEARTBEAT_MS,
): AsyncGenerator<string> {
  let next = since;
  let count = 0;
  let undone = false;
  // Kept from piece to piece, since it replays events.
  let replay: Iterator<StoreEvent> | null = null;
  let wake = () => {};
  const changed = () => {
    const { eventCount } = host.service;
    if (eventCount < count) replay = null;
    count = eventCount;
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
      replay ??= host.service.eventsFrom(next);
      const events = nextOf(replay, MOST_IN_A_PIECE, host.store);
      if (events.length < MOST_IN_A_PIECE) replay = null;
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
