import type { StoreEvent } from '../../decider/event.ts';
import type { Refusal } from '../../lifecycle/decision.ts';
import type { Store } from '../../store/store.ts';
import type { Step } from '../language/schema-steps.ts';

/** A claim of a story that does not hold. */
export interface Failure {
  readonly line: number;
  readonly expected: string;
  readonly actual: string;
}

/** The outcome of a step: accepted, refused, or a failed claim. */
export type StepOutcome = 'done' | 'refused' | 'failed';

/** The result of a step that was played, without the store before and after. */
export interface StepResult {
  readonly step: Step;
  /** The actor that takes it; null outside a `together` block. */
  readonly actor: string | null;
  /** Whether it belongs to the setup. */
  readonly given: boolean;
  readonly outcome: StepOutcome;
  readonly events: readonly StoreEvent[];
  readonly refusal: Refusal | null;
  /** The steps that would go through instead of a refused one, each on a line; none if none is known. */
  readonly advice: readonly string[];
  readonly failures: readonly Failure[];
  /** The claims of an `expect` that hold, in a few words each. */
  readonly held: readonly string[];
  /** The output of a `show` or `verify` step, or null. */
  readonly shown: string | null;
}

/** A step that was played: its result, and the store before and after. */
export interface Frame extends StepResult {
  readonly before: Store;
  readonly after: Store;
}
