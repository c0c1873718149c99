import { Service, type Turn } from '../service/turns.ts';
import type { Store } from '../store/store.ts';
import type { Contents } from './files/contents.ts';
import { ManifestExtras } from './files/manifest-extras.ts';
import type { Recorder } from './rehearsal/recorder.ts';
import type { Users } from './users.ts';

/** What a server serves: the simulated service, the bytes of files, and the people who may call it. */
export class Host {
  /** The bytes of files by digest. The store knows only digest and size. */
  readonly contents: Contents;
  /** What clients say of the entries of manifests, for themselves. */
  readonly extras = new ManifestExtras();
  readonly users: Users;
  /** Records the calls of a script that is rehearsed; null otherwise. */
  recorder: Recorder | null = null;
  readonly #start: Store;
  #service: Service;

  /** Serves from this store on. */
  constructor(start: Store, contents: Contents, users: Users) {
    this.#start = start;
    this.#service = serviceFrom(start);
    this.contents = contents;
    this.users = users;
  }

  /** The simulated service; another one after `reset`. */
  get service(): Service {
    return this.#service;
  }

  /** The current store. */
  get store(): Store {
    return this.#service.store;
  }

  /** Takes a turn of the service. */
  turn<Result>(label: string, body: (turn: Turn) => Result): Promise<Result> {
    const { recorder } = this;
    return this.#service.turn(label, (turn) => body(recorder?.recording(turn) ?? turn));
  }

  /** Returns to the store at the start, and forgets the history. The bytes of files stay. */
  reset(): void {
    this.#service = serviceFrom(this.#start);
  }
}

// Requests are taken in the order in which they arrive, each as a whole.
function serviceFrom(start: Store): Service {
  return new Service(start, async (_label, turn) => turn(), 'cursor');
}
