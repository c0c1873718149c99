import { describe, expect, expectTypeOf, test as plainTest } from 'vitest';
import { type Api, type Artifact, CommError, type Simulator } from '../../../src/sdk/index.ts';
import {
  assertDoesNotHoldFile,
  assertDoesNotResolve,
  assertFreed,
  assertHoldsFile,
  assertNotFreed,
  assertNotRefusedWith,
  assertNotState,
  assertRefusedWith,
  assertResolves,
  assertState,
} from '../../../src/sdk/testing/assertions.ts';
import { type LimboMatchers, test } from '../../../src/sdk/testing/vitest.ts';
import { failure, logged } from '../scene.ts';

/** v0 is soft-deleted, v1 is live and shares a file with it. */
async function animals(simulator: Simulator): Promise<Artifact> {
  await logged(simulator, 'animals', { cat: '2MB', dog: '1MB' });
  await (await simulator.api().artifact('animals')).delete({ deleteAliases: true });
  return logged(simulator, 'animals', { cat: '2MB', rat: '3MB' });
}

/** The error of a call that fails. */
async function caught(call: Promise<unknown>): Promise<Error> {
  return failure(call, Error);
}

/** What both fail with. */
async function sameFailure(matcher: () => unknown, assertion: () => unknown): Promise<void> {
  const error = await failure(matcher, Error);
  expect(error.message).toBe((await failure(assertion, Error)).message);
}

describe('the matchers', () => {
  test('pass where what they say is so', async ({ simulator }) => {
    const artifact = await animals(simulator);
    expect(simulator).toHaveState('animals:v0', 'PENDING_DELETION');
    expect(simulator).toResolve('animals:latest');
    expect(simulator).toResolve('animals:latest', 'animals:v1');
    expect(simulator).toHoldFile('animals:v0/dog');
    await expect(artifact.delete()).toBeRefusedWith('has-aliases');
    expect(await simulator.advance('7d')).toHaveFreed('1MB');
    expect(simulator).toHaveFreed('1MB');
  });

  test('pass negated if the expectation is wrong', async ({ simulator }) => {
    const artifact = await animals(simulator);
    expect(simulator).not.toHaveState('animals:v0', 'DELETED');
    expect(simulator).not.toResolve('animals:v0');
    expect(simulator).not.toResolve('animals:latest', 'animals:v0');
    await expect(artifact.delete({ deleteAliases: true })).not.toBeRefusedWith('has-aliases');
    expect(await simulator.advance('7d')).not.toHaveFreed(0);
    expect(simulator).not.toHaveFreed('3MB');
    expect(simulator).not.toHoldFile('animals:v0/dog');
  });

  test('fail with the messages of the assertions', async ({ simulator }) => {
    const artifact = await animals(simulator);
    const is = expect(simulator);
    await sameFailure(
      () => is.toHaveState('animals:v0', 'DELETED'),
      () => assertState(simulator, 'animals:v0', 'DELETED'),
    );
    await sameFailure(
      () => is.toResolve('animals:v0'),
      () => assertResolves(simulator, 'animals:v0'),
    );
    await sameFailure(
      () => is.toResolve('animals', 'animals:v0'),
      () => assertResolves(simulator, 'animals', 'animals:v0'),
    );
    await sameFailure(
      () => is.toHaveFreed('1MB'),
      () => assertFreed(simulator, '1MB'),
    );
    await sameFailure(
      () => expect(artifact.delete()).toBeRefusedWith('not-found'),
      () => assertRefusedWith(artifact.delete(), 'not-found'),
    );
    await simulator.advance('7d');
    await sameFailure(
      () => is.toHoldFile('animals:v0/dog'),
      () => assertHoldsFile(simulator, 'animals:v0/dog'),
    );
  });

  test('fail negated with the messages of the opposite assertions', async ({ simulator }) => {
    const artifact = await animals(simulator);
    const is = expect(simulator).not;
    await sameFailure(
      () => is.toHaveState('animals:v1', 'COMMITTED'),
      () => assertNotState(simulator, 'animals:v1', 'COMMITTED'),
    );
    await sameFailure(
      () => is.toResolve('animals', 'animals:v1'),
      () => assertDoesNotResolve(simulator, 'animals', 'animals:v1'),
    );
    await sameFailure(
      () => is.toHoldFile('animals:v0/cat'),
      () => assertDoesNotHoldFile(simulator, 'animals:v0/cat'),
    );
    await sameFailure(
      () => is.toHaveFreed(0),
      () => assertNotFreed(simulator, 0),
    );
    await sameFailure(
      () => expect(artifact.delete()).not.toBeRefusedWith('has-aliases'),
      () => assertNotRefusedWith(artifact.delete(), 'has-aliases'),
    );
  });

  test('show what was expected beside what is so', async ({ simulator }) => {
    await animals(simulator);
    const error = await failure(() => expect(simulator).toHaveState('animals:v1', 'DELETED'), Error);
    expect(error).toMatchObject({ expected: 'DELETED', actual: 'COMMITTED' });
    const opposite = await failure(() => expect(simulator).not.toHaveState('animals:v1', 'COMMITTED'), Error);
    expect(opposite).toMatchObject({ expected: undefined, actual: undefined });
  });

  test('fail for values that they do not support, negated or not', async ({ api, simulator }) => {
    const artifact = await animals(simulator);
    const noSimulator = 'expected a Simulator, not an object of another kind';
    for (const is of [expect(api), expect(api).not, expect(artifact), expect(artifact).not]) {
      expect((await failure(() => is.toHaveState('animals:v1', 'COMMITTED'), TypeError)).message).toBe(
        noSimulator,
      );
      await failure(() => is.toResolve('animals'), TypeError);
      await failure(() => is.toHoldFile('animals:v1/cat'), TypeError);
      await failure(() => is.toHaveFreed(0), TypeError);
      await failure(() => is.toBeRefusedWith('not-found'), TypeError);
    }
    const answer = simulator.advance('1d');
    expect((await failure(() => expect(answer).toHaveFreed(0), TypeError)).message).toContain(
      'a promise: await it first',
    );
  });

  test('fail for names that never were any, negated or not', async ({ simulator }) => {
    await animals(simulator);
    for (const is of [expect(simulator), expect(simulator).not]) {
      await failure(() => is.toHaveState('animals:v9', 'COMMITTED'), CommError);
      await failure(() => is.toHoldFile('animals:v9/cat'), CommError);
    }
  });

  test('take the error of a promise that rejects', async ({ simulator }) => {
    const artifact = await animals(simulator);
    await expect(artifact.delete()).rejects.toBeRefusedWith('has-aliases');
    await expect(artifact.delete()).rejects.not.toBeRefusedWith('not-found');
    await expect(simulator.advance('7d')).resolves.toHaveFreed('1MB');
  });

  test('work inside other expectations', async ({ simulator }) => {
    await animals(simulator);
    expect({ simulator }).toEqual({ simulator: expect.toHaveState('animals:v1', 'COMMITTED') });
    expect({ simulator }).not.toEqual({ simulator: expect.toHaveState('animals:v1', 'DELETED') });
  });

  test('of a refusal cannot, since it has to be waited for', async ({ simulator }) => {
    const artifact = await animals(simulator);
    const error = await caught(artifact.delete());
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => {
      unhandled.push(reason);
    };
    process.on('unhandledRejection', note);
    // Vitest has it at run time, and not in its types.
    const negated = expect.not as unknown as LimboMatchers;
    for (const given of [simulator, error, artifact.delete()]) {
      for (const asked of [expect.toBeRefusedWith('has-aliases'), negated.toBeRefusedWith('has-aliases')]) {
        const wrong = await failure(() => expect({ given }).toEqual({ given: asked }), TypeError);
        expect(wrong.message).toBe(
          'toBeRefusedWith is asynchronous and cannot be nested in another matcher: use ' +
            'await expect(call).toBeRefusedWith(code)',
        );
      }
    }
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  plainTest('know the states and the codes that there are', () => {
    type Matchers = ReturnType<typeof expect<Simulator>>;
    expectTypeOf<Parameters<Matchers['toHaveState']>[1]>().toEqualTypeOf<
      'PENDING' | 'COMMITTED' | 'PENDING_DELETION' | 'DELETED'
    >();
    expectTypeOf<'has-aliases'>().toExtend<Parameters<Matchers['toBeRefusedWith']>[0]>();
    expectTypeOf<'has-alias'>().not.toExtend<Parameters<Matchers['toBeRefusedWith']>[0]>();
    expectTypeOf<ReturnType<Matchers['toBeRefusedWith']>>().toEqualTypeOf<Promise<void>>();
  });
});

describe('the fixtures', () => {
  const seen: Simulator[] = [];

  test.for([1, 2])('give test %d a simulator of its own', async (_at, { simulator }) => {
    expect(seen).not.toContain(simulator);
    expect(simulator.history).toEqual([]);
    seen.push(simulator);
    await animals(simulator);
  });

  test('give the api of that simulator, as an admin', async ({ api, simulator }) => {
    await animals(simulator);
    expect((await api.artifact('animals')).version).toBe('v1');
    expectTypeOf(api).toEqualTypeOf<Api>();
  });

  describe('begin as a group of tests says', () => {
    test.override('simulatorOptions', { settings: { deployment: 'self-managed' }, entity: 'acme' });

    test('with its settings and its entity', async ({ api, simulator }) => {
      expect(simulator.settings.deployment).toBe('self-managed');
      await animals(simulator);
      expect((await api.artifact('animals')).entity).toBe('acme');
    });
  });
});
