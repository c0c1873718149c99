/** The result of parsing user text: the value, or what was expected instead. */
export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly expected: string };

/** A parsed value. */
export function parsed<Value>(value: Value): Parsed<Value> {
  return { ok: true, value };
}

/** A failed parse; `expected` completes the sentence "expected …". */
export function unparsed(expected: string): {
  readonly ok: false;
  readonly expected: string;
} {
  return { ok: false, expected };
}

/** Ends a parse that `parsing` runs; `expected` completes the sentence "expected …". */
export class Unexpected extends Error {
  readonly expected: string;

  constructor(expected: string) {
    super(`expected ${expected}`);
    this.expected = expected;
  }
}

/** What a parse of several steps returns, any of which can throw `Unexpected`. */
export function parsing<Value>(parse: () => Value): Parsed<Value> {
  try {
    return parsed(parse());
  } catch (error) {
    if (error instanceof Unexpected) return unparsed(error.expected);
    throw error;
  }
}

/** The value of a parse within another one. Throws `Unexpected` if it failed. */
export function mustParse<Value>(result: Parsed<Value>): Value {
  if (result.ok) return result.value;
  throw new Unexpected(result.expected);
}

/** Marks a branch that the types exclude. Throws, since reaching it is a bug. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}

/** Throws if a condition is false that only a bug can make false. Never used to refuse a request. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${message}`);
}
