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

/** Marks a branch that the types exclude. Throws, since reaching it is a bug. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}

/** Throws if a condition is false that only a bug can make false. Never used to refuse a request. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${message}`);
}
