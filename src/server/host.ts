import { type Beginning, beginningAt } from '../service/operator/story.ts';
import { Service, type Turn } from '../service/turns.ts';
import type { Store } from '../store/store.ts';
import type { Contents } from './files/contents.ts';
import type { Recorder } from './rehearsal/recorder.ts';
import type { Users } from './users.ts';

/** What a server serves: the simulated service, the bytes of files, and the people who may call it. */
export class Host {
  /** The bytes of files by digest. The store knows only digest and size. */
  readonly contents: Contents;
  readonly users: Users;
  /** Records the calls of a script that is rehearsed; null otherwise. */
  recorder: Recorder | null = null;
  /** The store at the start. */
  readonly start: Store;
  /** How the store at the start was made, if that is known. */
  readonly beginning: Beginning | null;
  readonly #listeners = new Set<() => void>();
  #service: Service;

  /** Serves from this store on. */
  constructor(start: Store, contents: Contents, users: Users, beginning = beginningAt(start)) {
    this.start = start;
    this.beginning = beginning;
    this.#service = this.#newService();
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

  /** Takes a turn of the service. Turns with the number of one call are undone together. */
  turn<Result>(label: string, body: (turn: Turn) => Result, call?: number): Promise<Result> {
    const { recorder } = this;
    return this.#service.turn(label, (turn) => body(recorder?.recording(turn) ?? turn), call);
  }

  /** Returns to the store at the start, and forgets the history. The bytes of files stay. */
  reset(): void {
    this.#service = this.#newService();
    this.#changed();
  }

  /** Calls the listener after every change, undo, redo and reset, until the function that it returns is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  // Requests are taken in the order in which they arrive, each as a whole.
  #newService(): Service {
    return new Service(
      this.start,
      async (_label, turn) => turn(),
      'cursor',
      () => this.#changed(),
    );
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
