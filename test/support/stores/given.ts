import { expect } from 'vitest';
import type { Command } from '../../../src/decider/command.ts';
import { decide } from '../../../src/decider/decide.ts';
import type { StoreEvent, StoreEventType } from '../../../src/decider/event.ts';
import { EVENT_TYPES } from '../../../src/decider/event.ts';
import { evolve } from '../../../src/decider/evolve.ts';
import { nextStep } from '../../../src/gc/steps.ts';
import type { Decision, Refusal } from '../../../src/lifecycle/decision.ts';
import type { RefusalCode } from '../../../src/rules/refusals.ts';
import { brokenInvariants } from '../../../src/store/invariants/invariants.ts';
import type { People } from '../../../src/store/people.ts';
import { DEFAULT_SETTINGS } from '../../../src/store/settings.ts';
import { emptyStore, type Store } from '../../../src/store/store.ts';
import { peopleOf } from './people.ts';
import { plain } from './plain.ts';

/** In a given history: garbage collection runs to its end, whatever crash was planned. */
export const collected = { type: 'collected' } as const;

/** What happened before: commands, which must be accepted, events, and runs of garbage collection. */
export type History = Command | StoreEvent | typeof collected;

/** The two functions that a decider consists of, so that the helper can be tested on broken ones. */
export interface Decider {
  decide(command: Command, store: Store): Decision<StoreEvent>;
  evolve(store: Store, events: readonly StoreEvent[]): Store;
}

/** What a refusal is expected to say beside its code; what is left out may be anything. */
export type ExpectedRefusal = Partial<Pick<Refusal, 'rule' | 'blockers'>> & {
  /** The whole sentence, or a pattern for a part of it. */
  readonly sentence?: string | RegExp;
};

/** Nobody with a name, and one registry, the project `models`. */
export const WORLD = peopleOf({ registries: { models: {} } });

/** Given this history, when a command is decided, then these are its events; or it is refused. The project `models` is a registry. */
export const given = givenBy({ decide, evolve });

/** `given` among these people: in a team, with its registries. */
export function givenAmong(people: People): (...history: readonly History[]) => Given {
  return givenBy({ decide, evolve }, people);
}

/** `given` for another decider than the real one. */
export function givenBy(decider: Decider, people: People = WORLD): (...history: readonly History[]) => Given {
  return (...history) => {
    const before = emptyStore(DEFAULT_SETTINGS, people);
    const store = history.reduce((after, past) => played(decider, after, past), before);
    expect(brokenInvariants(store), 'the given history leaves every invariant whole').toEqual([]);
    return new Given(decider, store);
  };
}

/** The store after a history, with what must be true of any command on it. */
export class Given {
  readonly #decider: Decider;
  readonly store: Store;

  constructor(decider: Decider, store: Store) {
    this.#decider = decider;
    this.store = store;
  }

  /** Decides a command twice, and plays its events; neither may change the store that was given. */
  when(command: Command): When {
    const before = plain(this.store);
    const outcome = this.#decider.decide(command, this.store);
    expect(plain(this.store), 'deciding changes nothing').toEqual(before);
    expect(this.#decider.decide(command, this.store), 'deciding again gives the same').toEqual(outcome);
    if (!outcome.ok) return new When(outcome, this.store);
    const after = this.#decider.evolve(this.store, outcome.events);
    expect(plain(this.store), 'the store that was given stays as it was').toEqual(before);
    if (outcome.events.length === 0) expect(plain(after), 'no events, no change').toEqual(before);
    expect(brokenInvariants(after), 'every invariant holds afterwards').toEqual([]);
    return new When(outcome, after);
  }
}

/** How a command ended. */
export class When {
  readonly #outcome: Decision<StoreEvent>;
  /** The store after the command; the one that was given where it was refused. */
  readonly store: Store;

  constructor(outcome: Decision<StoreEvent>, store: Store) {
    this.#outcome = outcome;
    this.store = store;
  }

  /** It was accepted with exactly these events, in this order. */
  // biome-ignore lint/suspicious/noThenProperty: given, when, then; awaiting it by mistake is a type error
  then(...events: readonly StoreEvent[]): this {
    expect(this.#outcome).toStrictEqual({ ok: true, events });
    return this;
  }

  /** It was accepted with events of exactly these kinds, in this order; what else they say may be anything. */
  thenTypes(types: readonly StoreEventType[]): this {
    expect(this.events.map((event) => event.type)).toEqual(types);
    return this;
  }

  /** It was accepted, and changed nothing. */
  thenNothing(): this {
    return this.then();
  }

  /** It was refused with this code. */
  thenRefused(code: RefusalCode, expected: ExpectedRefusal = {}): this {
    expect(this.#outcome).toMatchObject({ ok: false, refusal: { code } });
    const { refusal } = this;
    for (const key of ['rule', 'blockers'] as const) {
      if (key in expected) expect(refusal[key], key).toEqual(expected[key]);
    }
    const { sentence } = expected;
    if (sentence instanceof RegExp) expect(refusal.sentence).toMatch(sentence);
    else if (sentence !== undefined) expect(refusal.sentence).toBe(sentence);
    return this;
  }

  /** Whether it was accepted, for the rare test to which either is right. */
  get accepted(): boolean {
    return this.#outcome.ok;
  }

  /** The events of an accepted command. */
  get events(): readonly StoreEvent[] {
    if (!this.#outcome.ok) throw new Error(`refused: ${this.#outcome.refusal.sentence}`);
    return this.#outcome.events;
  }

  /** The refusal of a refused command. */
  get refusal(): Refusal {
    if (this.#outcome.ok) throw new Error('it was accepted');
    return this.#outcome.refusal;
  }
}

function played(decider: Decider, store: Store, past: History): Store {
  if (past.type === 'collected') {
    let after = store;
    for (let step = nextStep(after); step !== null; step = nextStep(after)) {
      const before = after;
      after = commanded(decider, after, step);
      if (after === before) throw new Error(`the given collection makes no progress at ${step.type}`);
    }
    return after;
  }
  return isEvent(past) ? decider.evolve(store, [past]) : commanded(decider, store, past);
}

function commanded(decider: Decider, store: Store, command: Command): Store {
  const outcome = decider.decide(command, store);
  if (!outcome.ok) throw new Error(`the given ${command.type} was refused: ${outcome.refusal.sentence}`);
  return decider.evolve(store, outcome.events);
}

function isEvent(past: Command | StoreEvent): past is StoreEvent {
  const types: readonly string[] = EVENT_TYPES;
  return types.includes(past.type);
}
