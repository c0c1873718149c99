import { connect, type Socket } from 'node:net';
import fastify from 'fastify';
import type { Send } from '../../support/server/wire.ts';
import { type Clock, nowBy } from '../stopwatch.ts';

/** A request as it went over the wire, and what came back. */
export interface Exchange {
  readonly request: Buffer;
  readonly answer: Answer;
  /** How long the answer took, in milliseconds. */
  readonly ms: number;
}

interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

/** A connection that is kept alive. Its client does next to nothing, so that the time of a request is the server's. */
export class Connection {
  readonly #socket: Socket;
  readonly #pieces: AsyncIterator<Buffer>;
  readonly #clock: Clock;
  /** What was sent since this was last emptied. */
  readonly exchanges: Exchange[] = [];

  constructor(url: string, clock: Clock) {
    const { hostname, port } = new URL(url);
    this.#socket = connect({ host: hostname, port: Number(port), noDelay: true });
    this.#pieces = this.#socket[Symbol.asyncIterator]();
    this.#clock = clock;
  }

  /** Sends what a client of the tests sends. Throws for any answer but 200. */
  readonly send: Send = async ({ method, url, headers = {}, payload = '' }) => {
    const isRaw = Buffer.isBuffer(payload);
    const body = isRaw ? payload : Buffer.from(JSON.stringify(payload));
    const lines = [
      `${method} ${url} HTTP/1.1`,
      'host: 127.0.0.1',
      `content-length: ${body.length}`,
      ...(isRaw ? [] : ['content-type: application/json']),
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ];
    const request = Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body]);
    const exchange = await this.exchange(request);
    this.exchanges.push(exchange);
    const { status, body: answered } = exchange.answer;
    if (status !== 200) throw new Error(`${lines[0]}: ${status} ${answered}`);
    return { statusCode: status, body: answered.toString() };
  };

  /** Sends a request, and waits for its answer. */
  async exchange(request: Buffer): Promise<Exchange> {
    const before = nowBy(this.#clock);
    this.#socket.write(request);
    const answer = await this.#answer();
    return { request, answer, ms: nowBy(this.#clock) - before };
  }

  /** Hangs up. */
  close(): void {
    this.#socket.destroy();
  }

  async #answer(): Promise<Answer> {
    const pieces: Buffer[] = [];
    let missing = Number.POSITIVE_INFINITY;
    let head = '';
    while (missing > 0) {
      const { value: piece, done } = await this.#pieces.next();
      if (done === true) throw new Error('the server hung up');
      pieces.push(piece);
      missing -= piece.length;
      if (head !== '') continue;
      const received = Buffer.concat(pieces);
      const end = received.indexOf(HEAD_END);
      if (end < 0) continue;
      head = received.toString('latin1', 0, end);
      pieces.splice(0, pieces.length, received.subarray(end + HEAD_END.length));
      missing = lengthIn(head) - (received.length - end - HEAD_END.length);
    }
    return {
      status: Number(head.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length)),
      body: Buffer.concat(pieces),
    };
  }
}

const HEAD_END = '\r\n\r\n';

function lengthIn(head: string): number {
  return Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0);
}

/** A server that gives at once the answer that it is given, whatever is asked: what HTTP alone costs. */
export class BareServer {
  readonly #app = fastify();
  #answer: Buffer = Buffer.alloc(0);

  constructor() {
    this.#app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) =>
      parsed(null, body),
    );
    this.#app.all('*', (_request, reply) => reply.type('application/json; charset=utf-8').send(this.#answer));
  }

  /** Takes a free port, and answers with its address. */
  listen(): Promise<string> {
    return this.#app.listen({ host: '127.0.0.1', port: 0 });
  }

  /** Repeats exchanges with another server, and answers how long that took, in milliseconds. */
  async repeat(exchanges: readonly Exchange[], connection: Connection): Promise<number> {
    let total = 0;
    for (const { request, answer } of exchanges) {
      this.#answer = answer.body;
      total += (await connection.exchange(request)).ms;
    }
    return total;
  }

  /** Stops. */
  async close(): Promise<void> {
    await this.#app.close();
  }
}
