import type { Answer } from '../../service/answer.ts';
import { actingAs, type Turn } from '../../service/turns.ts';
import type { Store } from '../../store/store.ts';
import type { Host } from '../host.ts';
import type { User } from '../users.ts';
import { refusalError, requestError } from './errors.ts';

/** What resolvers get with each request. */
export class Context {
  readonly host: Host;
  readonly user: User;
  /** Scheme, host and port as the client wrote them, for absolute addresses of files. */
  readonly origin: string;
  #call: number | undefined;
  #fields = 0;

  constructor(host: Host, user: User, origin: string) {
    this.host = host;
    this.user = user;
    this.origin = origin;
  }

  /** The current store. */
  get store(): Store {
    return this.host.store;
  }

  /** Counts a field of the answer. Throws a request error for too many: lists within lists multiply. */
  countField(): void {
    this.#fields += 1;
    if (this.#fields > MOST_FIELDS) {
      throw requestError(`The answer has more than ${MOST_FIELDS} fields; ask for smaller pages.`);
    }
  }

  /**
   * Takes a turn in which the user acts in an entity, and returns its value. A refusal becomes the error that the client
   * shows. All turns of a request are undone together.
   */
  async act<Value>(label: string, entity: string, body: (turn: Turn) => Answer<Value>): Promise<Value> {
    const who = this.user.actingIn(entity);
    this.#call ??= this.host.service.nextCall();
    const answer = await this.host.turn(label, (turn) => body(actingAs(turn, who)), this.#call);
    if (answer.ok) return answer.value;
    throw refusalError(answer, this.store, who);
  }
}

const MOST_FIELDS = 250_000;
