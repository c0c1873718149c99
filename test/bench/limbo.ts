import { Batch } from '../../src/decider/batch.ts';
import type { Command } from '../../src/decider/command.ts';
import { decide } from '../../src/decider/decide.ts';
import { evolve } from '../../src/decider/evolve.ts';
import { nextStep } from '../../src/gc/steps.ts';
import { why } from '../../src/insight/why.ts';
import type { Decision } from '../../src/lifecycle/decision.ts';
import { find } from '../../src/store/look-up.ts';
import type { Store } from '../../src/store/store.ts';
import type { Action } from './operations.ts';

/** A store after some commands, and how many events they caused. */
export interface Played {
  readonly store: Store;
  readonly events: number;
}

/** Some way to play commands on a store, all of which must be accepted. */
export interface Player {
  readonly play: (store: Store, commands: Iterable<Command>) => Played;
  /** Collects garbage to the end. */
  readonly collect: (store: Store) => Played;
}

/** Plays every command by itself: each gives a new store, and the one before stays. */
export const ONE_BY_ONE: Player = {
  play: (before, commands) => {
    let store = before;
    let events = 0;
    for (const command of commands) {
      const caused = eventsOf(command, decide(command, store));
      store = evolve(store, caused);
      events += caused.length;
    }
    return { store, events };
  },
  collect: (before) => {
    let store = before;
    let events = 0;
    for (let step = nextStep(store); step !== null; step = nextStep(store)) {
      const caused = eventsOf(step, decide(step, store));
      store = evolve(store, caused);
      events += caused.length;
    }
    return { store, events };
  },
};

/** Plays all commands of a call as one batch, which gives one new store. */
export const IN_ONE_BATCH: Player = {
  play: (before, commands) => {
    const batch = new Batch(before);
    let events = 0;
    for (const command of commands) events += eventsOf(command, batch.dispatch(command)).length;
    return { store: batch.close(), events };
  },
  collect: (before) => {
    const batch = new Batch(before);
    let events = 0;
    for (let step = nextStep(batch.store); step !== null; step = nextStep(batch.store)) {
      events += eventsOf(step, batch.dispatch(step)).length;
    }
    return { store: batch.close(), events };
  },
};

function eventsOf<Event>(command: Command, decision: Decision<Event>): readonly Event[] {
  if (decision.ok) return decision.events;
  throw new Error(`${command.type} was refused: ${decision.refusal.sentence}`);
}

/** Does a deed on a store, and answers the store after it: every name must be found, and every file stored. */
export function onLimbo(player: Player, store: Store, action: Action): Store {
  switch (action.kind) {
    case 'commands':
      return player.play(store, action.commands).store;
    case 'look-up':
      for (const name of action.names)
        if (find(store, name) === undefined) throw new Error('a name is not found');
      return store;
    case 'why':
      for (const file of action.files) {
        if (why(store, file).kind !== 'stored') throw new Error('a file is not stored');
      }
      return store;
    case 'collect':
      return player.collect(store).store;
  }
}
