import type { Command } from '../decider/command.ts';
import { decide } from '../decider/decide.ts';
import type { StoreEvent } from '../decider/event.ts';
import { evolve } from '../decider/evolve.ts';
import type { GarbageCollectionStep } from '../gc/collector.ts';
import { refusedByRequirements } from '../gc/requirements.ts';
import { nextStep } from '../gc/steps.ts';
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
  const commands = move.commands(before.names);
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

function collect(before: State, choice: Choice, whole: boolean): Transition {
  const missing = refusedByRequirements(before.store.settings);
  const planned = whole && missing === undefined ? before.store.garbageCollection.crashAfterSteps : null;
  const left = before.collecting[choice.actor] ?? planned ?? Number.POSITIVE_INFINITY;
  if (left === 0) return crash(before, before, choice);
  const step = missing === undefined ? nextStep(before.store) : null;
  const events = step === null ? [] : eventsOf(step, before.store);
  const store = played(before.store, events);
  // A call of the bucket that fails ends the run, as it does when time passes.
  const interrupted = events.at(-1)?.type === 'bucketCallFaulted';
  const progress = whole && !interrupted && events.length > 0;
  const goesOn = progress && (nextStep(store) !== null || left === 1);
  if (goesOn) {
    const after: State = { ...before, store, collecting: before.collecting.with(choice.actor, left - 1) };
    return { choice, before, after, events, refusal: null, step };
  }
  // The run was too short for its planned crash, which is used up all the same.
  const forgotten = Number.isFinite(left) ? eventsOf({ type: 'forgetCrash' }, store) : [];
  const after: State = {
    ...finished(before, choice.actor),
    store: played(store, forgotten),
    broken: interrupted,
  };
  return {
    choice,
    before,
    after,
    events: [...events, ...forgotten],
    refusal: missing?.refusal ?? null,
    step,
  };
}

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
