import type { StoreEvent } from '../../decider/event.ts';
import { verify } from '../../insight/verify.ts';
import type { Refusal } from '../../lifecycle/decision.ts';
import { describeFindings } from '../../narration/answers/findings.ts';
import { plainText } from '../../narration/layout/plain-text.ts';
import { Simulator } from '../../simulator/simulator.ts';
import type { Store } from '../../store/store.ts';
import { beginningOf, type Folders, NO_FOLDERS, type Scenario } from '../language/scenario.ts';
import type { Step, StepOf } from '../language/schema-steps.ts';
import { stepText } from '../language/step-text.ts';
import { compare } from './claims.ts';
import type { Failure, Frame } from './frame.ts';
import { Performer } from './perform.ts';
import { show } from './show.ts';

/** What a scenario came to, played to its end whatever failed on the way. */
export interface Playback {
  readonly scenario: Scenario;
  readonly failures: readonly Failure[];
  readonly final: Store;
}

/**
 * Plays a scenario: every step in order, each told to `onFrame` as soon as it was played. The frames are not
 * kept, since each holds two stores: who wants something of them takes it on the way.
 */
export function play(
  scenario: Scenario,
  folders: Folders = NO_FOLDERS,
  onFrame: (frame: Frame) => void = () => {},
): Playback {
  const player = new Player(scenario, folders);
  const failures: Failure[] = [];
  const take = (step: Step, given: boolean, actor: string | null = null) => {
    const frame = player.take(step, given, actor);
    failures.push(...frame.failures);
    onFrame(frame);
  };
  for (const step of scenario.given) take(step, true);
  for (const step of scenario.steps) take(step, false);
  // One order of many, as it is written; in all orders they are explored.
  for (const { name, steps } of scenario.together) for (const step of steps) take(step, false, name);
  return { scenario, failures, final: player.store };
}

/** Plays the steps of one scenario, one at a time. Its simulator is its own. */
export class Player {
  readonly #simulator: Simulator;
  readonly #performer: Performer;
  #events: StoreEvent[] = [];
  #freedBytes = 0;

  constructor(scenario: Scenario, folders: Folders) {
    this.#simulator = Simulator.from(beginningOf(scenario));
    this.#performer = new Performer(this.#simulator, folders);
  }

  /** The store as it is now. */
  get store(): Store {
    return this.#simulator.store;
  }

  /** Plays one step, whatever came of those before it. */
  take(step: Step, given: boolean, actor: string | null = null): Frame {
    const before = this.store;
    const looked = { step, given, actor, events: [], refusal: null, held: [], before, after: before };
    if (step.kind === 'expect') {
      const { failures, held } = this.#expect(step);
      return { ...looked, failures, held, shown: null, outcome: failures.length > 0 ? 'failed' : 'done' };
    }
    if (step.kind === 'show' || step.kind === 'verify') {
      const shown =
        step.kind === 'show' ? show(before, step.body.show) : plainText(describeFindings(verify(before)));
      const failures = recordingFailures(step, shown);
      return { ...looked, failures, shown, outcome: failures.length > 0 ? 'failed' : 'done' };
    }
    const outcome = this.#performer.perform(step, actor === null);
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
      // Among several actors a refusal is an outcome like any other, unless the step says which it expects.
      failures: actor !== null && step.body.refused === undefined ? [] : refusalFailures(step, refusal),
      held: [],
      shown: null,
      before,
      after: this.store,
    };
  }

  #expect(step: StepOf<'expect'>): Pick<Frame, 'failures' | 'held'> {
    const facts = { store: this.store, events: this.#events, freedBytes: this.#freedBytes };
    this.#events = [];
    const compared = compare(step.body.expect, facts).map((claim) => ({
      ...claim,
      text: `${claim.claim} ${claim.expected}`,
    }));
    return {
      held: compared
        .filter(({ holds }) => holds)
        .map(({ key, claim, expected, text }) => (claim === key ? text : `${claim}: ${expected}`)),
      failures: compared
        .filter(({ holds }) => !holds)
        .map(({ key, text, actual }) => ({
          line: step.claimLines.get(key) ?? step.line,
          expected: text,
          actual,
        })),
    };
  }
}

// A refusal that no step expects fails the scenario, and so does one that was expected and did not come.
function refusalFailures(step: Step, refusal: Refusal | null): readonly Failure[] {
  const expected = 'refused' in step.body ? step.body.refused : undefined;
  if (refusal?.code === expected) return [];
  const line = step.line;
  const actual = refusal === null ? 'it went through' : `refused: ${refusal.code}. ${refusal.sentence}`;
  if (expected !== undefined) {
    return [{ line, expected: `${stepText(step)} refused: ${expected}`, actual }];
  }
  return [{ line, expected: `${stepText(step)} to go through`, actual }];
}

function recordingFailures(step: StepOf<'show' | 'verify'>, shown: string): readonly Failure[] {
  if (step.body.is === undefined || sameText(step.body.is, shown)) return [];
  return [{ line: step.line, expected: step.body.is.trimEnd(), actual: shown }];
}

/** Whether two recordings are the same but for white space at the ends of their lines. */
export function sameText(left: string, right: string): boolean {
  const bare = (text: string) =>
    text
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n')
      .trimEnd();
  return bare(left) === bare(right);
}

// Scheduled runs that find nothing to do are not played, so that each stretch between two moves of the clock
// with a step of garbage collection in it is one run. One that was asked for counts also when it is idle.
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
