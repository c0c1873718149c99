import type { Decision, Refusal } from '../lifecycle/decision.ts';
import type { REFUSALS, RefusalCode } from '../rules/refusals.ts';

/** Every error of a call of the public API. */
export abstract class ApiError extends Error {
  /** The refusal of the store, with code and rule; null if the arguments were invalid. */
  readonly refusal: Refusal | null;

  constructor(message: string, refusal: Refusal | null = null) {
    super(message);
    this.refusal = refusal;
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
      `Artifact.${member} is there once the artifact is logged: call run.logArtifact(artifact), and then await artifact.wait().`,
    );
  }
}

/** A call would change a logged artifact. Python: `ArtifactFinalizedError`. */
export class ArtifactFinalizedError extends ArtifactStatusError {
  /** The name of the class. */
  override readonly name = 'ArtifactFinalizedError';

  constructor(member: string) {
    super(
      `${member} cannot take an artifact that is logged, or about to be: once it is, call artifact.newDraft(), change that, and log it.`,
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

// A code covers several situations; with its rule it is specific enough to name a call.
type CodeAndRule = {
  readonly [Situation in keyof typeof REFUSALS]: `${(typeof REFUSALS)[Situation]['code']} ${(typeof REFUSALS)[Situation]['rule']}`;
}[keyof typeof REFUSALS];

/** The call that would succeed, in terms of this API; a refusal itself names the step of a story. */
const CALLS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'has-aliases DEL-2': 'artifact.delete({ deleteAliases: true })',
    'not-a-link DEL-6': 'artifact.delete()',
    'is-a-link TTL-5': '(await artifact.sourceArtifact()).ttl = …',
  } satisfies Partial<Record<CodeAndRule, string>>),
);

/** The error of a refusal: its message is the sentence of the refusal and the call that would succeed, if any. */
export function errorOf(refusal: Refusal): CommError | ValueError {
  const message = messageOf(refusal);
  return FOUND_LOCALLY.has(refusal.code) ? new ValueError(message, refusal) : new CommError(message, refusal);
}

/** The sentence of a refusal and the call that would succeed, if this API has one. */
export function messageOf({ code, rule, sentence }: Refusal): string {
  const call = CALLS.get(`${code} ${rule}`);
  return call === undefined ? sentence : `${sentence} Instead: ${call}`;
}

/** The events of an accepted command; throws the error of a refused one. */
export function eventsOf<Event>(decision: Decision<Event>): readonly Event[] {
  if (!decision.ok) throw errorOf(decision.refusal);
  return decision.events;
}
