import type { StoreEvent } from '../../decider/event.ts';
import type { Refusal } from '../../lifecycle/decision.ts';
import type { Store } from '../../store/store.ts';
import type { Step } from '../language/schema-steps.ts';

/** A claim of a story that did not come true. */
export interface Failure {
  readonly line: number;
  readonly expected: string;
  readonly actual: string;
}

/** What a step came to: it went through, it was refused, or it claimed what is not so. */
export type StepOutcome = 'done' | 'refused' | 'failed';

/** One step as it was played: what it caused, and the store before and after. */
export interface Frame {
  readonly step: Step;
  /** Who takes it, where several actors act; null where the story is told by one voice. */
  readonly actor: string | null;
  /** Whether it belongs to the set-up. */
  readonly given: boolean;
  readonly outcome: StepOutcome;
  readonly events: readonly StoreEvent[];
  readonly refusal: Refusal | null;
  readonly failures: readonly Failure[];
  /** The claims of an `expect` that came true, each in a few words. */
  readonly held: readonly string[];
  /** What a `show` or `verify` step printed; null for the others. */
  readonly shown: string | null;
  readonly before: Store;
  readonly after: Store;
}
