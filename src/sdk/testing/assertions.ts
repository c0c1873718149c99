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

/** What can be refused: the promise of a call, a function that makes it, or the error that was caught. */
export type Call = Promise<unknown> | (() => unknown) | ApiError;

/**
 * Throws an `AssertionError` unless a version is in a state now. By index tombstones and uploads are found too; a name that
 * never was one throws `CommError`.
 */
export function assertState(simulator: Simulator, name: string, state: VersionStateName): void {
  must(true, haveState(simulator, name, state), 'assertState', assertState);
}

/** Throws an `AssertionError` where a version is in a state now; a name that never was one throws `CommError`. */
export function assertNotState(simulator: Simulator, name: string, state: VersionStateName): void {
  must(false, haveState(simulator, name, state), 'assertNotState', assertNotState);
}

/**
 * Throws an `AssertionError` unless a name or alias means a version now, or a link to one; and where a target is given,
 * that version. A target that never was one throws `CommError`.
 */
export function assertResolves(simulator: Simulator, name: string, target?: string): void {
  must(true, resolve(simulator, name, target), 'assertResolves', assertResolves);
}

/**
 * Throws an `AssertionError` where a name or alias means a version now, or the given one. A target that never was one
 * throws `CommError`.
 */
export function assertDoesNotResolve(simulator: Simulator, name: string, target?: string): void {
  must(false, resolve(simulator, name, target), 'assertDoesNotResolve', assertDoesNotResolve);
}

/**
 * Throws an `AssertionError` unless the bytes behind `NAME:V/PATH` are in the bucket now, whatever the state of the
 * version. What never was there throws `CommError`, or `ValueError` for a path.
 */
export function assertHoldsFile(simulator: Simulator, file: string): void {
  must(true, holdFile(simulator, file), 'assertHoldsFile', assertHoldsFile);
}

/**
 * Throws an `AssertionError` where the bytes behind `NAME:V/PATH` are in the bucket now. What never was there throws
 * `CommError`, or `ValueError` for a path.
 */
export function assertDoesNotHoldFile(simulator: Simulator, file: string): void {
  must(false, holdFile(simulator, file), 'assertDoesNotHoldFile', assertDoesNotHoldFile);
}

/**
 * Throws an `AssertionError` unless exactly so many bytes were freed: by what `advance` or `collect` answered, or by a
 * simulator since it began.
 */
export function assertFreed(by: Effects | Simulator, size: Size): void {
  must(true, haveFreed(by, size), 'assertFreed', assertFreed);
}

/** Throws an `AssertionError` where exactly so many bytes were freed. */
export function assertNotFreed(by: Effects | Simulator, size: Size): void {
  must(false, haveFreed(by, size), 'assertNotFreed', assertNotFreed);
}

/** Rejects with an `AssertionError` unless a call is refused with this code; with an `Error` where it fails otherwise. */
export async function assertRefusedWith(call: Call, code: RefusalCode): Promise<void> {
  must(true, await beRefusedWith(call, code), 'assertRefusedWith', assertRefusedWith);
}

/** Rejects with an `AssertionError` where a call is refused with this code; with an `Error` where it fails otherwise. */
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
