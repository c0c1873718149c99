import type { StoreEvent } from '../../decider/event.ts';
import type { Names } from '../../explore/exploration.ts';
import { verify } from '../../insight/verify.ts';
import type { Refusal } from '../../lifecycle/decision.ts';
import { describeFindings } from '../../narration/answers/findings.ts';
import { plainText } from '../../narration/layout/plain-text.ts';
import type { Action } from '../../simulator/action.ts';
import { Simulator } from '../../simulator/simulator.ts';
import type { Store } from '../../store/store.ts';
import { beginningOf, type Folders, NO_FOLDERS, type Scenario } from '../language/scenario.ts';
import type { Step, StepOf } from '../language/schema-steps.ts';
import { actionLine } from '../language/step-of.ts';
import { claimText, compare } from './claims.ts';
import type { Failure, Frame } from './frame.ts';
import { Performer } from './perform.ts';
import { show } from './show.ts';

/** The result of a scenario, which is played to its end even if claims fail. */
export interface Playback {
  readonly scenario: Scenario;
  readonly failures: readonly Failure[];
  readonly final: Store;
}

/**
 * Plays every step of a scenario in order and passes each frame to `onFrame`. Frames are not kept, since each holds two
 * stores. If the caller passes a player that remembers, it has the actions afterward.
 */
export function play(
  scenario: Scenario,
  folders: Folders = NO_FOLDERS,
  onFrame: (frame: Frame) => void = () => {},
  player = new Player(scenario, folders, false),
): Playback {
  const failures: Failure[] = [];
  const take = (step: Step, given: boolean, actor: string | null = null) => {
    const frame = player.take(step, given, actor);
    failures.push(...frame.failures);
    onFrame(frame);
  };
  for (const step of scenario.given) take(step, true);
  for (const step of scenario.steps) take(step, false);
  // One order of many, as written; `limbo explore` tries all of them.
  for (const { name, steps } of scenario.together) for (const step of steps) take(step, false, name);
  return { scenario, failures, final: player.store };
}

/** What a player knows between two steps, apart from the store. */
export interface PlayerState {
  /** The position in the history of its simulator. */
  readonly position: number;
  readonly names: Names;
  readonly freedBytes: number;
}

/** Plays the steps of one scenario, one at a time, on a simulator of its own. */
export class Player {
  readonly #simulator: Simulator;
  readonly #performer: Performer;
  #events: StoreEvent[] = [];
  #freedBytes = 0;

  /** A player at the start of a scenario. Without `remember`, it cannot go back. */
  constructor(scenario: Scenario, folders: Folders, remember: boolean) {
    this.#simulator = new Simulator(beginningOf(scenario), { remember });
    this.#performer = new Performer(this.#simulator, folders);
  }

  /** The current store. */
  get store(): Store {
    return this.#simulator.store;
  }

  /** The actions that changed the store, in order; none without `remember`. */
  get actions(): readonly Action[] {
    const simulator = this.#simulator;
    return Array.from({ length: simulator.position }, (_, at) => simulator.actions(at)).flat();
  }

  /** The store at an earlier state. */
  storeAt({ position }: PlayerState): Store {
    return this.#simulator.storeAt(position);
  }

  /** The current state. */
  get state(): PlayerState {
    return {
      position: this.#simulator.position,
      names: this.#performer.names,
      freedBytes: this.#freedBytes,
    };
  }

  /** Returns to an earlier or undone state, with the events since its last `expect`. */
  restore({ position, names, freedBytes }: PlayerState, events: readonly StoreEvent[]): void {
    this.#simulator.goTo(position);
    this.#performer.names = names;
    this.#freedBytes = freedBytes;
    this.#events = [...events];
  }

  /** Plays one step, whatever the outcome of earlier ones. */
  take(step: Step, given: boolean, actor: string | null = null): Frame {
    const before = this.store;
    const looked = {
      step,
      given,
      actor,
      events: [],
      refusal: null,
      advice: [],
      held: [],
      before,
      after: before,
    };
    if (step.kind === 'expect') {
      const { failures, held } = this.#expect(step);
      return { ...looked, failures, held, shown: null, outcome: failures.length > 0 ? 'failed' : 'done' };
    }
    if (step.kind === 'show' || step.kind === 'verify') {
      const shown =
        step.kind === 'show'
          ? show(before, step.body.show)
          : plainText(describeFindings(verify(before), actionLine));
      const failures = recordingFailures(step, shown);
      return { ...looked, failures, shown, outcome: failures.length > 0 ? 'failed' : 'done' };
    }
    const outcome = this.#simulator.group(() => this.#performer.perform(step, actor === null));
    const events = outcome.ok ? outcome.events : [];
    for (const event of events) this.#events.push(event);
    this.#freedBytes = freedByLastCollection(step, events) ?? this.#freedBytes;
    const refusal = outcome.ok ? null : outcome.refusal;
    return {
      step,
      given,
      actor,
      outcome: refusal === null ? 'done' : 'refused',
      events,
      refusal,
      advice: outcome.ok ? [] : outcome.advice,
      // In a `together` block a refusal is an outcome like any other, unless the step expects one.
      failures: actor !== null && step.body.refused === undefined ? [] : refusalFailures(step, refusal),
      held: [],
      shown: null,
      before,
      after: this.store,
    };
  }

  #expect(step: StepOf<'expect'>): Pick<Frame, 'failures' | 'held'> {
    const facts = {
      store: this.store,
      names: this.#performer.names,
      events: this.#events,
      freedBytes: this.#freedBytes,
    };
    this.#events = [];
    const compared = compare(step.body.expect, facts);
    return {
      held: compared.filter(({ holds }) => holds).map(claimText),
      failures: compared
        .filter(({ holds }) => !holds)
        .map(({ key, claim, expected, actual }) => ({
          line: step.claimLines.get(key) ?? step.line,
          expected: `${claim} ${expected}`,
          actual,
        })),
    };
  }
}

// An unexpected refusal fails the scenario, and so does an expected one that does not happen.
function refusalFailures(step: Step, refusal: Refusal | null): readonly Failure[] {
  const expected = 'refused' in step.body ? step.body.refused : undefined;
  if (refusal?.code === expected) return [];
  const line = step.line;
  const actual = refusal === null ? 'it went through' : `refused: ${refusal.code}. ${refusal.sentence}`;
  if (expected !== undefined) {
    return [{ line, expected: `"${step.text}" to be refused: ${expected}`, actual }];
  }
  return [{ line, expected: `"${step.text}" to go through`, actual }];
}

function recordingFailures(step: StepOf<'show' | 'verify'>, shown: string): readonly Failure[] {
  if (step.body.is === undefined || sameText(step.body.is, shown)) return [];
  return [{ line: step.line, expected: step.body.is.trimEnd(), actual: shown }];
}

/** Whether two recordings are equal apart from white space at the ends of lines. */
export function sameText(left: string, right: string): boolean {
  const bare = (text: string) =>
    text
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n')
      .trimEnd();
  return bare(left) === bare(right);
}

// Idle scheduled runs are not played, so every stretch between two moves of the clock that contains a step of garbage
// collection is one run. An explicit run counts even if it is idle.
function freedByLastCollection(step: Step, events: readonly StoreEvent[]): number | null {
  let freed: number | null = step.kind === 'collect' ? 0 : null;
  let running = step.kind === 'collect';
  for (const event of events) {
    switch (event.type) {
      case 'clockMoved':
        running = false;
        break;
      case 'versionsReviewed':
      case 'holdsReleased':
      case 'objectRetained':
      case 'versionClosed':
      case 'objectSwept':
        freed = (running ? (freed ?? 0) : 0) + (event.type === 'objectSwept' ? event.freedBytes : 0);
        running = true;
        break;
      default:
        break;
    }
  }
  return freed;
}
