import { Contents } from '../../../src/server/files/contents.ts';
import { Context } from '../../../src/server/graphql/context.ts';
import { executeGraphql, type GraphqlResponse } from '../../../src/server/graphql/execute.ts';
import { Host } from '../../../src/server/host.ts';
import { type User, Users } from '../../../src/server/users.ts';
import type { Action } from '../../../src/simulator/action.ts';
import { emptyStore, type Store } from '../../../src/store/store.ts';
import { DEFAULT_ENTITY } from '../../../src/values/names.ts';
import { playText } from '../stores/story.ts';

/** A server in this process, without HTTP: documents go in, data comes out. */
export class Served {
  readonly host: Host;

  constructor(start: Store) {
    this.host = new Host(start, new Contents(), new Users(DEFAULT_ENTITY, start.people.team.keys()));
  }

  get store(): Store {
    return this.host.store;
  }

  /** Plays actions. Throws for a refused one. */
  play(...actions: readonly Action[]): Promise<void> {
    return playOn(this.host, actions);
  }

  /** The user of a name: the team's admin, or one of its members. */
  user(name = 'admin'): User {
    return this.host.users.withKey(this.host.users.keys.get(name) ?? name);
  }

  /** The data that a document asks for. Throws for an error, with its message. */
  async query<Data>(document: string, variables: Variables = {}, as?: string): Promise<Data> {
    const { status, body } = await this.answer(document, variables, as);
    if ('data' in body) return JSON.parse(JSON.stringify(body.data));
    throw new Error(`${status}: ${body.errors.map(({ message }) => message).join('; ')}`);
  }

  /** The whole answer to a document. */
  answer(document: string, variables: Variables = {}, as?: string): Promise<GraphqlResponse> {
    const context = new Context(this.host, this.user(as), ORIGIN);
    return executeGraphql({ query: document, variables }, context);
  }
}

/** Plays actions, each as a call of its own. Throws for a refused one. */
export async function playOn(host: Host, actions: readonly Action[]): Promise<void> {
  for (const action of actions) {
    const answer = await host.turn(action.type, (turn) => turn.apply(action));
    if (!answer.ok) throw new Error(answer.refusal.sentence);
  }
}

/** The variables of a document. */
export type Variables = Readonly<Record<string, unknown>>;

/** The origin of the addresses of files. */
export const ORIGIN = 'http://limbo.test:8080';

/** A server after a story. */
export function serverAfter(storyText: string): Served {
  return new Served(playText(storyText).final);
}

/** A server on whose empty store these actions were played. */
export async function serverOf(...actions: readonly Action[]): Promise<Served> {
  const served = new Served(emptyStore());
  await served.play(...actions);
  return served;
}
