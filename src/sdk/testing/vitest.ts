import { test as base, expect, type TestAPI } from 'vitest';
import type { RefusalCode } from '../../rules/refusals.ts';
import type { VersionStateName } from '../../store/version.ts';
import type { Api } from '../api.ts';
import type { Size } from '../artifact/content.ts';
import { Simulator, type SimulatorOptions } from '../simulator.ts';
import { haveFreed } from './matchers-freed.ts';
import { holdFile, resolve } from './matchers-name.ts';
import { beRefusedWith } from './matchers-refused.ts';
import { haveState } from './matchers-state.ts';
import type { Verdict } from './matchers-verdict.ts';

/** The matchers that `artifact-limbo/vitest` adds to Vitest's `expect`. A failure says why, as `limbo why` does. */
export interface LimboMatchers {
  /**
   * For a simulator: a version is in this state: `expect(simulator).toHaveState('animals:v0', 'PENDING_DELETION')`. Finds
   * tombstones and uploads by index. A name that never existed fails, negated or not.
   */
  toHaveState(name: string, state: VersionStateName): void;
  /**
   * For a simulator: a name or alias resolves to a version or a link to one and, if a target is given, to that version:
   * `expect(simulator).toResolve('animals:latest', 'animals:v2')`.
   */
  toResolve(name: string, target?: string): void;
  /**
   * For a simulator: the bytes of a file are in the bucket, whatever the state of the version:
   * `expect(simulator).toHoldFile('animals:v0/cat.jpg')`. A file that never existed fails, negated or not.
   */
  toHoldFile(file: string): void;
  /**
   * For the result of `advance` or `collect`, or for a simulator since it began: exactly this many bytes were freed:
   * `expect(await simulator.advance('8d')).toHaveFreed('3MB')`.
   */
  toHaveFreed(size: Size): void;
  /**
   * For the promise of a call, a function that makes it, or the error that was caught: the call is refused with this code:
   * `await expect(artifact.delete()).toBeRefusedWith('has-aliases')`. Any other failure fails, negated or not. It must be
   * awaited, so `expect.toBeRefusedWith` inside another expectation fails.
   */
  toBeRefusedWith(code: RefusalCode): Promise<void>;
}

declare module 'vitest' {
  interface Matchers<T> extends LimboMatchers {}
}

/** The fixtures of a test of `artifact-limbo/vitest`. */
export interface SimulatorFixtures {
  /** The options of each simulator. Set them for a file or a group with `test.override('simulatorOptions', { … })`. */
  readonly simulatorOptions: SimulatorOptions;
  /** A new simulator for each test. */
  readonly simulator: Simulator;
  /** The public API of that simulator, for an admin. */
  readonly api: Api;
}

/** Vitest's `test` with a new simulator for each test: `test('…', async ({ simulator, api }) => { … })`. */
export const test: TestAPI<SimulatorFixtures> = base.extend<SimulatorFixtures>({
  simulatorOptions: {},
  simulator: async ({ simulatorOptions }, use) => {
    await use(new Simulator(simulatorOptions));
  },
  api: async ({ simulator }, use) => {
    await use(simulator.api());
  },
});

expect.extend({
  toHaveState: (given: unknown, name: string, state: VersionStateName) =>
    described(haveState(given, name, state)),
  toResolve: (given: unknown, name: string, target?: string) => described(resolve(given, name, target)),
  toHoldFile: (given: unknown, file: string) => described(holdFile(given, file)),
  toHaveFreed: (given: unknown, size: Size) => described(haveFreed(given, size)),
  toBeRefusedWith(given: unknown, code: RefusalCode) {
    // Only a top-level matcher can be asynchronous. Inside another expectation nothing awaits the promise of a verdict,
    // which would count as a failure, or as a success if negated.
    if (typeof this.promise !== 'string') {
      if (given instanceof Promise) given.catch(() => {});
      throw new TypeError(
        'toBeRefusedWith is asynchronous and cannot be nested in another matcher: use ' +
          'await expect(call).toBeRefusedWith(code)',
      );
    }
    return beRefusedWith(given, code).then(described);
  },
});

// If the expectation holds, expected and actual are equal and there is no difference to show.
function described({ pass, message, expected, actual }: Verdict): Described {
  return pass ? { pass, message } : { pass, message, expected, actual };
}

type Described = Pick<Verdict, 'pass' | 'message'> & Partial<Pick<Verdict, 'expected' | 'actual'>>;
