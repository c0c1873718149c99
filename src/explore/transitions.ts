import type { Command } from '../decider/command.ts';
import { decide } from '../decider/decide.ts';
import type { StoreEvent } from '../decider/event.ts';
import { evolve } from '../decider/evolve.ts';
import type { GarbageCollectionStep } from '../gc/collector.ts';
import { refusedByRequirements } from '../gc/requirements.ts';
import { garbageCollectionRun, isInterruption, plannedSteps, type RunCommand } from '../gc/run.ts';
import { type Refusal, refused } from '../lifecycle/decision.ts';
import type { Store } from '../store/store.ts';
import { beginningOf, type Exploration, type Move, type State, withName } from './exploration.ts';

/** What an actor can do next in a state: its move, one step of its collection, or a crash of that. */
export interface Choice {
  readonly actor: number;
  readonly kind: 'move' | 'step' | 'crash';
}

/** One way on from a state. */
export interface Transition {
  readonly choice: Choice;
  readonly before: State;
  readonly after: State;
  readonly events: readonly StoreEvent[];
  /** Why the move was refused; null where it was not. */
  readonly refusal: Refusal | null;
  readonly step: GarbageCollectionStep | null;
}

/** Everything that can happen next, in the order of the actors. */
export function choicesIn({ actors }: Exploration, state: State): readonly Choice[] {
  return actors.flatMap(({ moves }, actor): readonly Choice[] => {
    const move = moves[state.done[actor] ?? 0];
    if (move === undefined) return [];
    if (move.kind === 'command') return [{ actor, kind: 'move' }];
    const crashes = isCollecting(state, actor) && state.crashesLeft > 0;
    return crashes
      ? [
          { actor, kind: 'step' },
          { actor, kind: 'crash' },
        ]
      : [{ actor, kind: 'step' }];
  });
}

/** Whether an actor is in the middle of a run of garbage collection. */
export function isCollecting({ collecting }: State, actor: number): boolean {
  return (collecting[actor] ?? null) !== null;
}

/** The move that a choice is about. */
export function moveOf({ actors }: Exploration, state: State, { actor }: Choice): Move {
  const move = actors[actor]?.moves[state.done[actor] ?? 0];
  if (move === undefined) throw new Error('an actor that is done has no choice');
  return move;
}

/** Takes one way on from a state. It throws only where a collector has broken the store beyond what the model knows. */
export function take(exploration: Exploration, before: State, choice: Choice): Transition {
  const move = moveOf(exploration, before, choice);
  if (choice.kind === 'crash')
    return crash({ ...before, crashesLeft: before.crashesLeft - 1 }, before, choice);
  return move.kind === 'collect' ? collect(before, choice, move.whole) : command(before, choice, move);
}

function command(
  before: State,
  choice: Choice,
  move: Extract<Move, { readonly kind: 'command' }>,
): Transition {
  const events: StoreEvent[] = [];
  let { store } = before;
  const commands = move.commands(before);
  let refusal = commands === null ? refused('versionNotFound', { version: move.uses ?? '' }).refusal : null;
  for (const asked of commands ?? []) {
    const decision = decide(asked, store);
    if (!decision.ok) {
      refusal = decision.refusal;
      break;
    }
    events.push(...decision.events);
    store = played(store, decision.events);
  }
  const names = withName(before.names, move.gives, events);
  const after: State = { ...finished(before, choice.actor), store, names };
  return { choice, before, after, events, refusal, step: null };
}

// One step of the run, and its end if nothing but that is left: an end that only forgets its planned crash is not worth
// a state of its own.
function collect(before: State, choice: Choice, whole: boolean): Transition {
  const { actor } = choice;
  const planned = whole ? plannedSteps(before.store) : Number.POSITIVE_INFINITY;
  const left = before.collecting[actor] ?? planned;
  let { store } = before;
  const events: StoreEvent[] = [];
  const play = (command: RunCommand) => {
    const caused = eventsOf(command, store);
    store = played(store, caused);
    for (const event of caused) events.push(event);
    return caused;
  };
  const run = garbageCollectionRun(() => store, left);
  let next = run.next([]);
  const step = next.done !== true && isStep(next.value) ? next.value : null;
  const caused = next.done === true ? [] : play(next.value);
  if (next.done !== true) next = run.next(caused);
  if (whole && next.done !== true && next.value.type !== 'forgetCrash') {
    const after: State = { ...before, store, collecting: before.collecting.with(actor, left - 1) };
    return { choice, before, after, events, refusal: null, step };
  }
  if (next.done !== true && next.value.type === 'forgetCrash') play(next.value);
  const refusal = refusedByRequirements(before.store.settings)?.refusal ?? null;
  const broken = isInterruption(caused) || caused.at(-1)?.type === 'garbageCollectionCrashed';
  const after: State = { ...finished(before, actor), store, broken };
  return { choice, before, after, events, refusal, step };
}

function isStep(command: RunCommand): command is GarbageCollectionStep {
  return command.type !== 'crashGarbageCollection' && command.type !== 'forgetCrash';
}

// A crash that the search tries, beside those that the story plans.
function crash(state: State, before: State, choice: Choice): Transition {
  const events = eventsOf({ type: 'crashGarbageCollection', afterSteps: null }, before.store);
  const store = played(before.store, events);
  const after: State = { ...finished(state, choice.actor), store, broken: true };
  return { choice, before, after, events, refusal: null, step: null };
}

function eventsOf(command: Command, store: Store): readonly StoreEvent[] {
  const decision = decide(command, store);
  return decision.ok ? decision.events : [];
}

function finished(state: State, actor: number): State {
  const done = state.done.with(actor, (state.done[actor] ?? 0) + 1);
  return { ...state, done, collecting: state.collecting.with(actor, null) };
}

function played(store: Store, events: readonly StoreEvent[]): Store {
  return events.length === 0 ? store : evolve(store, events);
}

/** The way that choices make from the beginning, step by step. */
export function follow(exploration: Exploration, choices: readonly Choice[]): readonly Transition[] {
  let state = beginningOf(exploration);
  return choices.map((choice) => {
    const transition = take(exploration, state, choice);
    state = transition.after;
    return transition;
  });
}
