import type { Refusal } from '../lifecycle/decision.ts';
import type { Action } from '../simulator/action.ts';

/** The answer to a call: its value, or why it was refused, and what would go through instead. */
export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | {
      readonly ok: false;
      readonly refusal: Refusal;
      /** The actions that would go through, in this order; none if none is known. */
      readonly advice?: readonly Action[];
    };

/** An answer with a value. */
export function answered<Value>(value: Value): Answer<Value> {
  return { ok: true, value };
}

/** The answer to what follows from the value of another; its refusal, if it was refused. */
export function following<Value, Result>(
  answer: Answer<Value>,
  next: (value: Value) => Answer<Result>,
): Answer<Result> {
  return answer.ok ? next(answer.value) : answer;
}
