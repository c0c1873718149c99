import { describe, expect, test } from 'vitest';
import { eventStream } from '../../../src/server/control/events.ts';
import { Controlled } from '../../support/server/controlled.ts';
import { log } from '../../support/stores/builders.ts';
import { given } from '../../support/stores/given.ts';

interface Page {
  readonly events: readonly { readonly type: string }[];
  readonly next: number;
}

async function page(server: Controlled, since: number): Promise<Page> {
  return (await server.get(`/events?since=${since}`)).body as Page;
}

describe('GET /events', () => {
  test('answers the events from a position on, and where to continue', async () => {
    const server = new Controlled();
    await server.play(log('animals'));
    const first = await page(server, 0);
    expect(first.events.map(({ type }) => type)).toContain('versionCommitted');
    expect(first.next).toBe(first.events.length);
    await server.play(log('plants'));
    const second = await page(server, first.next);
    expect(second.events[0]).toMatchObject({ type: 'collectionCreated', collection: 'team/demo/plants' });
    expect(await page(server, 0)).toEqual({
      events: [...first.events, ...second.events],
      next: second.next,
    });
    for (const since of [0, 1, first.next - 1, first.next + 1, second.next]) {
      const events = [...first.events, ...second.events].slice(since);
      expect(await page(server, since)).toEqual({ events, next: second.next });
    }
  });

  test('leaves out what came before the start, and what is undone', async () => {
    const server = new Controlled(given(log('animals')).store);
    await server.play(log('plants'), log('rocks'));
    const { next } = await page(server, 0);
    await server.post('/undo');
    const left = await page(server, 0);
    expect(left.events.map((event) => JSON.stringify(event)).join()).not.toContain('rocks');
    expect(await page(server, next)).toEqual({ events: [], next: left.next });
    await server.post('/redo');
    expect((await page(server, 0)).next).toBe(next);
  });
});

/** Reads messages of an event stream, without comments. */
class Reader {
  readonly #pieces: AsyncIterator<string>;
  #rest = '';

  constructor(pieces: AsyncIterable<string>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** The next message, or null at the end. */
  async next(): Promise<Readonly<Record<string, string>> | null> {
    for (;;) {
      const [message, ...rest] = this.#rest.split('\n\n');
      if (message !== undefined && rest.length > 0) {
        this.#rest = rest.join('\n\n');
        if (message.startsWith(':')) continue;
        const fields = message
          .split('\n')
          .map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]);
        return Object.fromEntries(fields);
      }
      const { value, done } = await this.#pieces.next();
      if (done === true) return null;
      this.#rest += value;
    }
  }

  async take(count: number) {
    const messages = [];
    while (messages.length < count) messages.push(await this.next());
    return messages;
  }
}

async function streamOf(address: string, headers: Readonly<Record<string, string>> = {}, query = '') {
  const left = new AbortController();
  const answer = await fetch(`${address}/limbo/v1/events${query}`, {
    headers: { accept: 'text/event-stream', ...headers },
    signal: left.signal,
  });
  expect(answer.headers.get('content-type')).toBe('text/event-stream');
  if (answer.body === null) throw new Error('the stream has a body');
  const reader = new Reader(answer.body.pipeThrough(new TextDecoderStream()));
  return { reader, leave: () => left.abort() };
}

describe('the stream of events', () => {
  test('begins with what happened, goes on as it happens, and resumes after the last id', async () => {
    const server = new Controlled();
    const address = await server.listen();
    await server.play(log('animals'));
    const { eventCount } = server.host.service;
    const { reader, leave } = await streamOf(address);
    const first = await reader.take(eventCount);
    expect(first.map((message) => message?.['id'])).toEqual(first.map((_, at) => String(at + 1)));
    const { events } = await page(server, 0);
    expect(first.map((message) => JSON.parse(message?.['data'] ?? ''))).toEqual(events);
    await server.play(log('plants'));
    expect(JSON.parse((await reader.next())?.['data'] ?? '')).toMatchObject({
      collection: 'team/demo/plants',
    });
    leave();
    for (const [headers, query] of [
      [{ 'last-event-id': String(eventCount) }, '?since=1'],
      [{}, `?since=${eventCount}`],
    ] as const) {
      const again = await streamOf(address, headers, query);
      expect(await again.reader.next()).toMatchObject({ id: String(eventCount + 1) });
      again.leave();
    }
  });

  test('says what is undone, and where it continues, also after a reset', async () => {
    const server = new Controlled();
    const address = await server.listen();
    await server.play(log('animals'));
    const { eventCount } = server.host.service;
    const { reader } = await streamOf(address, {}, `?since=${eventCount}`);
    await server.play(log('plants'));
    const [plants] = await reader.take(server.host.service.eventCount - eventCount);
    await server.post('/undo');
    const undone = { event: 'undone', id: String(eventCount), data: JSON.stringify({ next: eventCount }) };
    expect(await reader.next()).toEqual(undone);
    await server.post('/redo');
    expect(await reader.next()).toEqual(plants);
    await server.post('/reset');
    let message = await reader.next();
    while (message !== null && message['event'] !== 'undone') message = await reader.next();
    expect(message).toEqual({ event: 'undone', id: '0', data: '{"next":0}' });
  });

  test('ends when the server stops', async () => {
    const server = new Controlled();
    const { reader } = await streamOf(await server.listen());
    const end = reader.next();
    await server.app.close();
    expect(await end).toBeNull();
  });

  test('forgets readers that left', async () => {
    const server = new Controlled();
    const { host } = server;
    const subscribe = host.subscribe.bind(host);
    let forget = () => {};
    const forgotten = new Promise<void>((resolve) => {
      forget = resolve;
    });
    host.subscribe = (listener) => {
      const unsubscribe = subscribe(listener);
      return () => {
        unsubscribe();
        forget();
      };
    };
    const { leave } = await streamOf(await server.listen());
    leave();
    await forgotten;
  });

  test('keeps nothing for a reader that does not read, who later gets everything once', async () => {
    const { host } = new Controlled();
    const stream = eventStream(host, 0, new AbortController().signal);
    await stream.next();
    for (let at = 0; at < 700; at += 1) {
      await host.turn('log', (turn) => turn.apply(log(`animals-${at}`)));
    }
    const reader = new Reader(stream);
    const messages = await reader.take(host.service.eventCount);
    expect(messages.map((message) => message?.['id'])).toEqual(messages.map((_, at) => String(at + 1)));
    await stream.return(undefined);
  });

  test('shows a silent reader that it is alive', async () => {
    const { host } = new Controlled();
    const stream = eventStream(host, 0, new AbortController().signal, 1);
    await stream.next();
    expect((await stream.next()).value).toBe(': alive\n\n');
    await stream.return(undefined);
  });
});
