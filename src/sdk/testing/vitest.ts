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

/** The matchers that importing `artifact-limbo/vitest` adds to Vitest's `expect`. Their messages say why, as `limbo why` does. */
export interface LimboMatchers {
  /**
   * Of a simulator: a version is in a state now. By index tombstones and uploads are found too; a name that never was one
   * fails, and so does the negation: `expect(simulator).toHaveState('animals:v0', 'PENDING_DELETION')`.
   */
  toHaveState(name: string, state: VersionStateName): void;
  /**
   * Of a simulator: a name or alias means a version now, or a link to one; and where a target is given, that version:
   * `expect(simulator).toResolve('animals:latest', 'animals:v2')`.
   */
  toResolve(name: string, target?: string): void;
  /**
   * Of a simulator: the bytes behind a path of a version are in the bucket now, whatever the state of the version:
   * `expect(simulator).toHoldFile('animals:v0/cat.jpg')`. A path that never was one fails, and so does the negation.
   */
  toHoldFile(file: string): void;
  /**
   * Of what `advance` or `collect` answered, or of a simulator since it began: exactly so many bytes were freed:
   * `expect(await simulator.advance('8d')).toHaveFreed('3MB')`.
   */
  toHaveFreed(size: Size): void;
  /**
   * Of the promise of a call, of a function that makes it, or of the error that was caught: it is refused with this code:
   * `await expect(artifact.delete()).toBeRefusedWith('has-aliases')`. Any other failure fails, and so does the negation.
   * It has to be waited for, so that it cannot stand within another expectation: `expect.toBeRefusedWith` fails.
   */
  toBeRefusedWith(code: RefusalCode): Promise<void>;
}

declare module 'vitest' {
  interface Matchers<T> extends LimboMatchers {}
}

/** What a test of `artifact-limbo/vitest` is given. */
export interface SimulatorFixtures {
  /** How each simulator begins. A file or a group says it by `test.override('simulatorOptions', { … })`. */
  readonly simulatorOptions: SimulatorOptions;
  /** A simulator of its own for each test. */
  readonly simulator: Simulator;
  /** The public API of that simulator, as an admin sees it. */
  readonly api: Api;
}

/** Vitest's `test`, which gives each test a simulator of its own: `test('…', async ({ simulator, api }) => { … })`. */
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
    // Only an expectation of its own says what it does with promises. Another one waits for nothing: it would take the
    // promise of a verdict for a failure, and for a success where it is negated.
    if (typeof this.promise !== 'string') {
      if (given instanceof Promise) given.catch(() => {});
      throw new TypeError(
        'toBeRefusedWith has to be waited for, so that it cannot stand within another expectation: ' +
          'await expect(call).toBeRefusedWith(code)',
      );
    }
    return beRefusedWith(given, code).then(described);
  },
});

// Where the claim holds, what was expected and what is so are the same: there is no difference to be shown.
function described({ pass, message, expected, actual }: Verdict): Described {
  return pass ? { pass, message } : { pass, message, expected, actual };
}

type Described = Pick<Verdict, 'pass' | 'message'> & Partial<Pick<Verdict, 'expected' | 'actual'>>;
