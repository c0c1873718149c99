import type { StoreEvent } from '../decider/event.ts';
import type { Store } from '../store/store.ts';
import type { ContentDigest } from '../values/digest.ts';
import { eventsOf } from './errors.ts';
import { type Action, History } from './history.ts';
import type { Schedule } from './scheduler.ts';

/** How the next page is found: behind the last result that was seen, or by counting the results so far. */
export type Paging = 'cursor' | 'offset';

/** What a call may do at its turn. What is refused is thrown. */
export interface ServerTurn {
  readonly store: Store;
  tell(action: Action): readonly StoreEvent[];
}

/** The simulated server behind every object of one simulator: its store, whose turn it is, and the bytes it was given. */
export class Server {
  readonly history: History;
  readonly paging: Paging;
  /** Bytes that were given for a file, by their digest. The store knows their digest and size only. */
  readonly contents = new Map<ContentDigest, Uint8Array>();
  readonly #schedule: Schedule;
  #calls = 0;

  constructor(start: Store, schedule: Schedule, paging: Paging) {
    this.history = new History(start);
    this.paging = paging;
    this.#schedule = schedule;
  }

  /** Begins a call that takes more than one turn, so that it can be undone as one. */
  nextCall(): number {
    this.#calls += 1;
    return this.#calls;
  }

  /** Looks at the store as soon as the schedule lets it. */
  look<Result>(label: string, look: (store: Store) => Result): Promise<Result> {
    return this.#schedule(label, () => look(this.history.store));
  }

  /** Takes a turn as soon as the schedule lets it. */
  turn<Result>(
    label: string,
    body: (turn: ServerTurn) => Result,
    call: number = this.nextCall(),
  ): Promise<Result> {
    return this.#schedule(label, () =>
      this.history.take(label, call, (turn) =>
        body({
          get store() {
            return turn.store;
          },
          tell: (action) => eventsOf(turn.play(action)),
        }),
      ),
    );
  }
}
