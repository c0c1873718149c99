import { describe, expect, test } from 'vitest';
import { ValueError } from '../../../src/sdk/index.ts';
import { durationIn, flagIn, optionsIn, textIn, textsIn } from '../../../src/sdk/input/arguments.ts';
import { simulatorIn } from '../../../src/sdk/testing/matchers-verdict.ts';
import { failure } from '../scene.ts';

const KINDS: readonly (readonly [given: unknown, kind: string])[] = [
  [null, 'null'],
  [undefined, 'undefined'],
  [7, 'a number'],
  [true, 'a boolean'],
  [() => {}, 'a function'],
  [[], 'a list'],
  [{}, 'an object'],
  [Promise.resolve('animals'), 'a promise: await it first'],
];

describe('a text', () => {
  test.each(KINDS)('is not %o', async (given, kind) => {
    const error = await failure(() => textIn(given, 'a name'), TypeError);
    expect(error.message).toBe(`a name must be a string, not ${kind}`);
  });
});

describe('what an argument is instead', () => {
  test('has the same words in every check', async () => {
    for (const check of [
      () => textsIn({}, 'names'),
      () => flagIn({}, 'overwrite'),
      () => durationIn({} as unknown as string),
    ]) {
      expect((await failure(check, TypeError)).message).toMatch(/, not an object$/);
    }
    expect((await failure(() => optionsIn([], 'as: 1'), TypeError)).message).toMatch(/ as a list$/);
  });

  test('is an object of another kind where an object of one kind was expected', async () => {
    const error = await failure(() => simulatorIn({}), TypeError);
    expect(error.message).toBe('expected a Simulator, not an object of another kind');
  });
});

describe('a duration', () => {
  test.each([-1, 1.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])(
    'as a number is a whole number of seconds, which %d is not',
    async (given) => {
      const error = await failure(() => durationIn(given as unknown as string), ValueError);
      expect(error.message).toBe(`a timedelta must be a whole number of seconds, 0 or more, not ${given}`);
    },
  );

  test.each([[null], [undefined], [{}], [['8d']]])('is no %j', async (given) => {
    const error = await failure(() => durationIn(given as unknown as string), TypeError);
    expect(error.message).toMatch(/^a duration must be a timedelta or a string such as "8d", not /);
  });
});
