import { AssertionError } from 'node:assert';
import type { RefusalCode } from '../../rules/refusals.ts';
import type { VersionStateName } from '../../store/version.ts';
import type { Size } from '../artifact/content.ts';
import type { ApiError } from '../errors.ts';
import type { Effects, Simulator } from '../simulator.ts';
import { haveFreed } from './matchers-freed.ts';
import { holdFile, resolve } from './matchers-name.ts';
import { beRefusedWith } from './matchers-refused.ts';
import { haveState } from './matchers-state.ts';
import type { Verdict } from './matchers-verdict.ts';

/** A call that can be refused: its promise, a function that makes it, or the error that was caught. */
export type Call = Promise<unknown> | (() => unknown) | ApiError;

/**
 * Throws an `AssertionError` unless a version is in this state. Finds tombstones and uploads by index; throws `CommError`
 * for a name that never existed.
 */
export function assertState(simulator: Simulator, name: string, state: VersionStateName): void {
  must(true, haveState(simulator, name, state), 'assertState', assertState);
}

/** Throws an `AssertionError` if a version is in this state, and `CommError` for a name that never existed. */
export function assertNotState(simulator: Simulator, name: string, state: VersionStateName): void {
  must(false, haveState(simulator, name, state), 'assertNotState', assertNotState);
}

/**
 * Throws an `AssertionError` unless a name or alias resolves to a version or a link to one and, if a target is given, to
 * that version. Throws `CommError` for a target that never existed.
 */
export function assertResolves(simulator: Simulator, name: string, target?: string): void {
  must(true, resolve(simulator, name, target), 'assertResolves', assertResolves);
}

/**
 * Throws an `AssertionError` if a name or alias resolves to a version, or to the given one. Throws `CommError` for a
 * target that never existed.
 */
export function assertDoesNotResolve(simulator: Simulator, name: string, target?: string): void {
  must(false, resolve(simulator, name, target), 'assertDoesNotResolve', assertDoesNotResolve);
}

/**
 * Throws an `AssertionError` unless the bytes of `NAME:V/PATH` are in the bucket, whatever the state of the version.
 * Throws `CommError` for a version that never existed, and `ValueError` for a path that it never had.
 */
export function assertHoldsFile(simulator: Simulator, file: string): void {
  must(true, holdFile(simulator, file), 'assertHoldsFile', assertHoldsFile);
}

/**
 * Throws an `AssertionError` if the bytes of `NAME:V/PATH` are in the bucket. Throws `CommError` for a version that never
 * existed, and `ValueError` for a path that it never had.
 */
export function assertDoesNotHoldFile(simulator: Simulator, file: string): void {
  must(false, holdFile(simulator, file), 'assertDoesNotHoldFile', assertDoesNotHoldFile);
}

/**
 * Throws an `AssertionError` unless exactly this many bytes were freed: by the result of `advance` or `collect`, or by a
 * simulator since it began.
 */
export function assertFreed(by: Effects | Simulator, size: Size): void {
  must(true, haveFreed(by, size), 'assertFreed', assertFreed);
}

/** Throws an `AssertionError` if exactly this many bytes were freed. */
export function assertNotFreed(by: Effects | Simulator, size: Size): void {
  must(false, haveFreed(by, size), 'assertNotFreed', assertNotFreed);
}

/** Rejects with an `AssertionError` unless a call is refused with this code; with an `Error` if it fails otherwise. */
export async function assertRefusedWith(call: Call, code: RefusalCode): Promise<void> {
  must(true, await beRefusedWith(call, code), 'assertRefusedWith', assertRefusedWith);
}

/** Rejects with an `AssertionError` if a call is refused with this code; with an `Error` if it fails otherwise. */
export async function assertNotRefusedWith(call: Call, code: RefusalCode): Promise<void> {
  must(false, await beRefusedWith(call, code), 'assertNotRefusedWith', assertNotRefusedWith);
}

type Assertion = (...given: never[]) => void | Promise<void>;

function must(hold: boolean, verdict: Verdict, operator: string, stackStartFn: Assertion): void {
  const { pass, message, expected, actual } = verdict;
  if (pass !== hold) {
    throw new AssertionError({ message: message(), expected, actual, operator, stackStartFn });
  }
}
