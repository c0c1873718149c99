import type { Decision, Refusal } from '../lifecycle/decision.ts';
import type { RefusalCode } from '../rules/refusals.ts';

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
  override readonly name = 'CommError';
}

/** An argument that cannot be, as the SDK itself finds out before it asks the server. Python: `ValueError`. */
export class ValueError extends ApiError {
  override readonly name = 'ValueError';
}

/** An artifact is not in the state that a call needs. Python: `ArtifactStatusError`. */
export abstract class ArtifactStatusError extends ApiError {}

/** What only a logged artifact has was asked of one that is not. Python: `ArtifactNotLoggedError`. */
export class ArtifactNotLoggedError extends ArtifactStatusError {
  override readonly name = 'ArtifactNotLoggedError';

  constructor(member: string) {
    super(
      `Artifact.${member} is there once the artifact is logged: call run.logArtifact(artifact), and then await artifact.wait().`,
    );
  }
}

/** A logged artifact was to be changed. Python: `ArtifactFinalizedError`. */
export class ArtifactFinalizedError extends ArtifactStatusError {
  override readonly name = 'ArtifactFinalizedError';

  constructor(member: string) {
    super(
      `${member} cannot take an artifact that is logged, or about to be: call artifact.newDraft(), change that, and log it.`,
    );
  }
}

/** Which refusals the SDK finds out by itself (basis: sdk); the others come from the server. */
const FOUND_LOCALLY: ReadonlySet<RefusalCode> = new Set([
  'bad-name',
  'bad-alias',
  'bad-ttl',
  'bad-setting',
  'is-a-link',
  'not-a-link',
  'type-mismatch',
] satisfies RefusalCode[]);

/** The call that would go through, in the words of this API, where they differ from those of a story. */
const CALLS: ReadonlyMap<RefusalCode, string> = new Map<RefusalCode, string>([
  ['has-aliases', 'artifact.delete({ deleteAliases: true })'],
  ['not-a-link', 'artifact.delete()'],
  ['is-a-link', '(await artifact.sourceArtifact()).ttl = …'],
]);

/** The error of a refusal: its message is the refusal's sentence, and the call that would go through instead. */
export function errorOf(refusal: Refusal): CommError | ValueError {
  const message = messageOf(refusal);
  return FOUND_LOCALLY.has(refusal.code) ? new ValueError(message, refusal) : new CommError(message, refusal);
}

/** The sentence of a refusal, and the call that would go through instead. */
export function messageOf({ code, sentence, instead }: Refusal): string {
  const call = CALLS.get(code) ?? instead;
  return call === null ? sentence : `${sentence} Instead: ${call}`;
}

/** The events of what was accepted; what was refused is thrown. */
export function eventsOf<Event>(decision: Decision<Event>): readonly Event[] {
  if (!decision.ok) throw errorOf(decision.refusal);
  return decision.events;
}
