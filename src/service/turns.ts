import type { StoreEvent } from '../decider/event.ts';
import { type Action, isCommand } from '../simulator/action.ts';
import { adviceFor } from '../simulator/advice/advice.ts';
import { Simulator } from '../simulator/simulator.ts';
import type { Who } from '../store/people.ts';
import type { Store } from '../store/store.ts';
import type { ContentDigest } from '../values/digest.ts';
import { frozen } from '../values/frozen.ts';
import type { Answer } from './answer.ts';
import type { Paging } from './paging.ts';

/**
 * Decides when each turn is taken, takes it, and returns its result. One call may need several turns. The label is for
 * messages. With a scheduler of fast-check: `(label, turn) => scheduler.schedule(Promise.resolve(), label).then(turn)`.
 */
export type Schedule = <Result>(label: string, turn: () => Result) => Promise<Result>;

/** What a call may do in its turn. */
export interface Turn {
  /** The current store. */
  readonly store: Store;
  /** Plays an action, and answers what it caused. */
  apply(action: Action): Answer<readonly StoreEvent[]>;
}

/** The same turn, in which a person asks for every command. */
export function actingAs(turn: Turn, by: Who): Turn {
  return {
    get store() {
      return turn.store;
    },
    apply: (action) => turn.apply(isCommand(action) ? { ...action, by } : action),
  };
}

/** A turn that changed the store; frozen. */
export interface HistoryEntry {
  /** What it was about, for people. */
  readonly label: string;
  /** What was played, in order. Played again on an equal store, it has the same result. */
  readonly actions: readonly Action[];
  readonly events: readonly StoreEvent[];
  /** The call that it belongs to: uploads and garbage collection take several turns. */
  readonly call: number;
}

// A turn as the service keeps it: with how many events the history has after it, instead of the events.
type TakenTurn = Pick<HistoryEntry, 'label' | 'call'> & { readonly eventsUntil: number };

const KEPT_EVENTS = 1_000;

/** The simulated service: a store that is read and changed in turns, and its history by calls. */
export class Service {
  readonly paging: Paging;
  /** The bytes of files by their digest. The store knows only digest and size. */
  readonly contents = new Map<ContentDigest, Uint8Array>();
  readonly #simulator: Simulator;
  readonly #schedule: Schedule;
  readonly #onChange: () => void;
  readonly #turns: TakenTurn[] = [];
  readonly #entries: HistoryEntry[] = [];
  // The newest events, so that readers who follow them cause no replay.
  readonly #newest: StoreEvent[] = [];
  #calls = 0;

  /** A service that starts with a store. `onChange` is called after each turn, undo and redo that changed it. */
  constructor(start: Store, schedule: Schedule, paging: Paging, onChange: () => void = () => {}) {
    this.#simulator = new Simulator(start);
    this.paging = paging;
    this.#schedule = schedule;
    this.#onChange = onChange;
  }

  /** The current store. */
  get store(): Store {
    return this.#simulator.store;
  }

  /** Every turn that changed the store and is not undone. Events are replayed when they are first asked for. */
  get history(): readonly HistoryEntry[] {
    const { position } = this.#simulator;
    for (const events of this.#simulator.events(this.#entries.length, position)) {
      const index = this.#entries.length;
      const turn = this.#turns[index];
      if (turn === undefined) continue;
      const { label, call } = turn;
      this.#entries.push(frozen({ label, call, actions: this.#simulator.actions(index), events }));
    }
    return Object.freeze(this.#entries.slice(0, position));
  }

  /** How many events the turns that are not undone caused. */
  get eventCount(): number {
    return this.#turns[this.#simulator.position - 1]?.eventsUntil ?? 0;
  }

  /** The events that are not undone from a position on, counted from 0; replayed as they are read. */
  *eventsFrom(position: number): Generator<StoreEvent> {
    const newestFrom = this.eventCount - this.#newest.length;
    if (position >= newestFrom) {
      yield* this.#newest.slice(position - newestFrom);
      return;
    }
    const first = this.#turns.findLastIndex(({ eventsUntil }) => eventsUntil <= position) + 1;
    if (first >= this.#simulator.position) return;
    let skipped = position - (this.#turns[first - 1]?.eventsUntil ?? 0);
    for (const events of this.#simulator.events(first, this.#simulator.position)) {
      yield* events.slice(skipped);
      skipped = 0;
    }
  }

  /** Every action that was played and is not undone, in order. */
  get actions(): readonly Action[] {
    const { position } = this.#simulator;
    return Array.from({ length: position }, (_, index) => this.#simulator.actions(index)).flat();
  }

  /** Starts a call that takes more than one turn, so that it can be undone as one. */
  nextCall(): number {
    this.#calls += 1;
    return this.#calls;
  }

  /** Reads the store as soon as the schedule allows. */
  look<Result>(label: string, look: (store: Store) => Result): Promise<Result> {
    return this.#schedule(label, () => look(this.store));
  }

  /** Takes a turn as soon as the schedule allows. What a turn did before a refusal or an error stays done. */
  turn<Result>(label: string, body: (turn: Turn) => Result, call: number = this.nextCall()): Promise<Result> {
    return this.#schedule(label, () => this.#take(label, call, body));
  }

  /** Undoes the last call; false if there is none. Consecutive turns of one call are undone together. */
  undo(): boolean {
    const { position } = this.#simulator;
    const call = this.#turns[position - 1]?.call;
    if (call === undefined) return false;
    let target = position;
    while (this.#turns[target - 1]?.call === call) target -= 1;
    this.#goTo(target);
    return true;
  }

  /** Redoes the call that was undone last; false if there is none. */
  redo(): boolean {
    const { position } = this.#simulator;
    const call = this.#turns[position]?.call;
    if (call === undefined) return false;
    let target = position;
    while (this.#turns[target]?.call === call) target += 1;
    this.#goTo(target);
    return true;
  }

  #goTo(position: number): void {
    this.#simulator.goTo(position);
    this.#newest.length = 0;
    this.#onChange();
  }

  #take<Result>(label: string, call: number, body: (turn: Turn) => Result): Result {
    const simulator = this.#simulator;
    const before = simulator.position;
    const from = this.eventCount;
    const events: StoreEvent[] = [];
    const turn: Turn = {
      get store() {
        return simulator.store;
      },
      apply: (action) => {
        const decision = simulator.apply(action);
        if (decision.ok) {
          for (const event of decision.events) events.push(event);
          return { ok: true, value: decision.events };
        }
        return { ...decision, advice: adviceFor(action, decision.refusal, simulator.store) };
      },
    };
    try {
      return simulator.group(() => body(turn));
    } finally {
      if (simulator.position > before) {
        this.#turns.length = before;
        this.#turns.push({ label, call, eventsUntil: from + events.length });
        for (const event of events) this.#newest.push(event);
        if (this.#newest.length > 2 * KEPT_EVENTS) this.#newest.splice(0, this.#newest.length - KEPT_EVENTS);
        if (this.#entries.length > before) this.#entries.length = before;
        this.#onChange();
      }
    }
  }
}
