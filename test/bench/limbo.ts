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

/** Plays commands, all of which must be accepted: each gives a new store, and the one before stays. */
export function play(before: Store, commands: Iterable<Command>): Played {
  let store = before;
  let events = 0;
  for (const command of commands) {
    const caused = eventsOf(command, decide(command, store));
    store = evolve(store, caused);
    events += caused.length;
  }
  return { store, events };
}

/** Collects garbage to the end, step by step. */
export function collect(before: Store): Store {
  let store = before;
  for (let step = nextStep(store); step !== null; step = nextStep(store)) {
    store = evolve(store, eventsOf(step, decide(step, store)));
  }
  return store;
}

function eventsOf<Event>(command: Command, decision: Decision<Event>): readonly Event[] {
  if (decision.ok) return decision.events;
  throw new Error(`${command.type} was refused: ${decision.refusal.sentence}`);
}

/** Applies an action to a store, and returns the new store: every name must be found, and every file stored. */
export function onLimbo(store: Store, action: Action): Store {
  switch (action.kind) {
    case 'commands':
      return play(store, action.commands).store;
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
      return collect(store);
  }
}
