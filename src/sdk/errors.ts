import type { Refusal } from '../lifecycle/decision.ts';
import { actionTexts, adviceLines } from '../narration/answers/advice.ts';
import type { RefusalCode } from '../rules/refusals.ts';
import type { Answer } from '../service/answer.ts';
import type { Action } from '../simulator/action.ts';
import type { Who } from '../store/people.ts';
import { actionText } from './action-text.ts';

/** Every error of a call of the public API. */
export abstract class ApiError extends Error {
  /** The refusal of the store, with code and rule; null if the arguments were invalid. */
  readonly refusal: Refusal | null;
  /** The actions that would go through instead, in this order; none if none is known. */
  readonly advice: readonly Action[];

  constructor(message: string, refusal: Refusal | null = null, advice: readonly Action[] = []) {
    super(message);
    this.refusal = refusal;
    this.advice = advice;
  }
}

/** The server refused a call. Python: `wandb.errors.CommError`. */
export class CommError extends ApiError {
  /** The name of the class. */
  override readonly name = 'CommError';
}

/**
 * An invalid argument, which the SDK itself detects. Python: `ValueError`. The docstring of `Api.artifact` promises it for
 * an artifact of another type, while its decorator raises everything as `CommError`. Here the docstring is right, so that
 * a mistake in a script can be told from an answer of the server (basis: doc, chosen).
 */
export class ValueError extends ApiError {
  /** The name of the class. */
  override readonly name = 'ValueError';
}

/** An artifact is in the wrong state for a call. Python: `ArtifactStatusError`. */
export abstract class ArtifactStatusError extends ApiError {}

/** A call needs a logged artifact. Python: `ArtifactNotLoggedError`. */
export class ArtifactNotLoggedError extends ArtifactStatusError {
  /** The name of the class. */
  override readonly name = 'ArtifactNotLoggedError';

  constructor(member: string) {
    super(
      `Artifact.${member} is not available until the artifact is logged: call run.logArtifact(artifact), then await artifact.wait().`,
    );
  }
}

/** A call would change a logged artifact. Python: `ArtifactFinalizedError`. */
export class ArtifactFinalizedError extends ArtifactStatusError {
  /** The name of the class. */
  override readonly name = 'ArtifactFinalizedError';

  constructor(member: string) {
    super(
      `${member} cannot change a logged artifact: call artifact.newDraft(), change the draft, and log it.`,
    );
  }
}

/** The refusals that the SDK itself detects (basis: sdk); all others come from the server. */
export const FOUND_LOCALLY: ReadonlySet<RefusalCode> = new Set([
  'bad-name',
  'bad-alias',
  'bad-ttl',
  'bad-setting',
  'is-a-link',
  'not-a-link',
  'type-mismatch',
] satisfies RefusalCode[]);

/** The error of a refusal: its message is the sentence of the refusal and the calls that would succeed, if any. */
export function errorOf(
  refusal: Refusal,
  advice: readonly Action[] = [],
  who: Who = null,
): CommError | ValueError {
  const message = messageOf(refusal, advice, who);
  return FOUND_LOCALLY.has(refusal.code)
    ? new ValueError(message, refusal, advice)
    : new CommError(message, refusal, advice);
}

/** The sentence of a refusal and the calls that would succeed, if any. */
export function messageOf({ sentence }: Refusal, advice: readonly Action[] = [], who: Who = null): string {
  return [sentence, ...adviceLines(actionTexts(advice, (action) => actionText(action, who)))].join(' ');
}

/** The value of an answer; throws the error of a refused one. */
export function orThrow<Value>(answer: Answer<Value>, who: Who = null): Value {
  if (answer.ok) return answer.value;
  throw errorOf(answer.refusal, answer.advice, who);
}
