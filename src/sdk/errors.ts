import type { Decision, Refusal } from '../lifecycle/decision.ts';
import type { REFUSALS, RefusalCode } from '../rules/refusals.ts';

/** Anything that a call of the public API can fail with. */
export abstract class ApiError extends Error {
  /** Why the store refused it, with code and rule; null where the call itself made no sense. */
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
 * An argument that cannot be, as the SDK itself finds out. Python: `ValueError`. The docstring of `Api.artifact` promises
 * it for a type that is not the artifact's, while its decorator raises everything again as `CommError`: here it is what
 * the docstring promises, so that a mistake in a script is told from an answer of the server (basis: doc, chosen).
 */
export class ValueError extends ApiError {
  /** The name of the class. */
  override readonly name = 'ValueError';
}

/** An artifact is not in the state that a call needs. Python: `ArtifactStatusError`. */
export abstract class ArtifactStatusError extends ApiError {}

/** What only a logged artifact has was asked of one that is not. Python: `ArtifactNotLoggedError`. */
export class ArtifactNotLoggedError extends ArtifactStatusError {
  /** The name of the class. */
  override readonly name = 'ArtifactNotLoggedError';

  constructor(member: string) {
    super(
      `Artifact.${member} is there once the artifact is logged: call run.logArtifact(artifact), and then await artifact.wait().`,
    );
  }
}

/** A logged artifact was to be changed. Python: `ArtifactFinalizedError`. */
export class ArtifactFinalizedError extends ArtifactStatusError {
  /** The name of the class. */
  override readonly name = 'ArtifactFinalizedError';

  constructor(member: string) {
    super(
      `${member} cannot take an artifact that is logged, or about to be: once it is, call artifact.newDraft(), change that, and log it.`,
    );
  }
}

/** Which refusals the SDK finds out by itself (basis: sdk); the others come from the server. */
export const FOUND_LOCALLY: ReadonlySet<RefusalCode> = new Set([
  'bad-name',
  'bad-alias',
  'bad-ttl',
  'bad-setting',
  'is-a-link',
  'not-a-link',
  'type-mismatch',
] satisfies RefusalCode[]);

// One code covers several situations; with the rule it tells them apart as far as there is a call to name.
type CodeAndRule = {
  readonly [Situation in keyof typeof REFUSALS]: `${(typeof REFUSALS)[Situation]['code']} ${(typeof REFUSALS)[Situation]['rule']}`;
}[keyof typeof REFUSALS];

/** The call that would go through, in the words of this API. What a refusal names itself are those of a story. */
const CALLS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'has-aliases DEL-2': 'artifact.delete({ deleteAliases: true })',
    'not-a-link DEL-6': 'artifact.delete()',
    'is-a-link TTL-5': '(await artifact.sourceArtifact()).ttl = …',
  } satisfies Partial<Record<CodeAndRule, string>>),
);

/** The error of a refusal: its message is the refusal's sentence, and the call that would go through, where there is one. */
export function errorOf(refusal: Refusal): CommError | ValueError {
  const message = messageOf(refusal);
  return FOUND_LOCALLY.has(refusal.code) ? new ValueError(message, refusal) : new CommError(message, refusal);
}

/** The sentence of a refusal, and the call that would go through, where this API has one. */
export function messageOf({ code, rule, sentence }: Refusal): string {
  const call = CALLS.get(`${code} ${rule}`);
  return call === undefined ? sentence : `${sentence} Instead: ${call}`;
}

/** The events of what was accepted; what was refused is thrown. */
export function eventsOf<Event>(decision: Decision<Event>): readonly Event[] {
  if (!decision.ok) throw errorOf(decision.refusal);
  return decision.events;
}
