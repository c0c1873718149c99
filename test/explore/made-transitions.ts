import { beginningOf, type Exploration, type Move, type State } from '../../src/explore/exploration.ts';
import { PROPERTIES } from '../../src/explore/properties.ts';
import type { Transition } from '../../src/explore/transitions.ts';
import { emptyStore, type Store } from '../../src/store/store.ts';
import { emptySortedTable } from '../../src/values/sorted-table.ts';

type CommandMove = Extract<Move, { readonly kind: 'command' }>;

/** A move that restores `m:v0`, but for what is given. */
export function commandMove(more: Partial<CommandMove> = {}): CommandMove {
  return {
    kind: 'command',
    text: 'restore m:v0',
    commands: () => [],
    uses: null,
    gives: null,
    refused: null,
    touches: new Set(['m']),
    ...more,
  };
}

/** A run of garbage collection that touches these keys. */
export function collectMove(...touches: readonly string[]): Move {
  return { kind: 'collect', whole: true, text: 'collect', touches: new Set(touches) };
}

/** An exploration of actors who have these moves. */
export function explorationOfActors(...actors: readonly (readonly Move[])[]): Exploration {
  return {
    start: emptyStore(),
    names: emptySortedTable(),
    actors: actors.map((moves, at) => ({ name: `actor ${at}`, moves })),
    crashes: 0,
    claims: [],
  };
}

/** An exploration of actors who have one move each. */
export function explorationOfMoves(...moves: readonly Move[]): Exploration {
  return explorationOfActors(...moves.map((move) => [move]));
}

/** The first state of an exploration, but for what is given. */
export function stateIn(exploration: Exploration, more: Partial<State> = {}): State {
  return { ...beginningOf(exploration), ...more };
}

/** A move of the first actor between two stores; of what else a property looks at, nothing happened. */
export function between(before: Store, after: Store, more: Partial<Transition> = {}): Transition {
  const exploration = explorationOfMoves(commandMove());
  return {
    choice: { actor: 0, kind: 'move' },
    before: stateIn(exploration, { store: before }),
    after: stateIn(exploration, { store: after }),
    events: [],
    refusal: null,
    step: null,
    ...more,
  };
}

/** What a property of steps says is wrong. */
export function wrong(
  name: string,
  transition: Transition,
  exploration = explorationOfMoves(commandMove()),
): readonly string[] {
  const property = PROPERTIES.find((other) => other.name === name);
  if (property?.kind !== 'always') throw new Error(`there is no property of steps "${name}"`);
  return property.broken(transition, exploration);
}
