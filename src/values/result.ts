/** What a parser of user text answers: the value, or one sentence that says what was expected instead. */
export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly expected: string };

/** The answer of a parser that understood its text. */
export function parsed<Value>(value: Value): Parsed<Value> {
  return { ok: true, value };
}

/** The answer of a parser that did not; `expected` completes the sentence "expected …". */
export function unparsed(expected: string): {
  readonly ok: false;
  readonly expected: string;
} {
  return { ok: false, expected };
}

/** Marks a branch that the types say cannot be reached; reaching it is a bug, and stops. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}

/** Stops on what only a bug can make false; never a way to refuse what a user asked for. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${message}`);
}
