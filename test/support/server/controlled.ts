import type { FastifyInstance, InjectOptions } from 'fastify';
import { onTestFinished } from 'vitest';
import { appFor } from '../../../src/server/app.ts';
import { Contents } from '../../../src/server/files/contents.ts';
import { Host } from '../../../src/server/host.ts';
import { Users } from '../../../src/server/users.ts';
import type { Beginning } from '../../../src/service/operator/story.ts';
import type { Action } from '../../../src/simulator/action.ts';
import { emptyStore, type Store } from '../../../src/store/store.ts';
import { playOn } from './served.ts';

/** An answer of the control API: its HTTP status, and its JSON document or text. */
export interface Answered {
  readonly status: number;
  readonly body: unknown;
}

/** A server within this process, and how tests call its control API. */
export class Controlled {
  readonly host: Host;
  readonly app: FastifyInstance;

  /** Serves from this store on; `beginning` says how it was made, if that matters. */
  constructor(start: Store = emptyStore(), beginning?: Beginning | null) {
    this.host = new Host(start, new Contents(), new Users('team', ['bob']), beginning);
    this.app = appFor(this.host);
    onTestFinished(() => {
      // A client may keep a connection open that it does not use.
      this.app.server.closeAllConnections();
      return this.app.close();
    });
  }

  /** Plays actions as a client does: each is a call of its own. Throws for a refused one. */
  play(...actions: readonly Action[]): Promise<void> {
    return playOn(this.host, actions);
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answered> {
    return this.send({ method: 'GET', url: `/limbo/v1${path}`, headers });
  }

  post(path: string, body: object = {}, headers: Readonly<Record<string, string>> = {}): Promise<Answered> {
    return this.send({ method: 'POST', url: `/limbo/v1${path}`, payload: body, headers });
  }

  async send(request: InjectOptions): Promise<Answered> {
    const { statusCode, body, headers } = await this.app.inject(request);
    const isJson = String(headers['content-type']).startsWith('application/json');
    return { status: statusCode, body: isJson ? JSON.parse(body) : body };
  }

  /** Listens on a free port, and returns the address. */
  listen(): Promise<string> {
    return this.app.listen({ port: 0, host: '127.0.0.1' });
  }
}
