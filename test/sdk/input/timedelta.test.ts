import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type TimedeltaParts, timedelta, ValueError } from '../../../src/sdk/index.ts';
import { runs } from '../../support/property-runs.ts';
import { failure } from '../scene.ts';

describe('a timedelta', () => {
  test('is the sum of its parts, in seconds', () => {
    expect(timedelta({ weeks: 1, days: 1, hours: 1, minutes: 1, seconds: 1 })).toBe(694_861);
    expect(timedelta({})).toBe(0);
    expect(timedelta({ days: 0.5 })).toBe(43_200);
  });

  test.each([
    [{ days: 1.1 }, 95_040],
    [{ days: 0.7 }, 60_480],
    [{ hours: 1.1 }, 3_960],
    [{ days: 1.1, hours: 1.1, minutes: -0.1 }, 98_994],
    [{ seconds: 0.1 + 0.2, minutes: 0.995 }, 60],
    [{ seconds: 2 ** 53 - 2, minutes: 1 / 60 }, 2 ** 53 - 1],
    [{ days: 1, hours: -24 }, 0],
  ])('of %j is whole once it is rounded to microseconds, as in Python', (parts, seconds) => {
    expect(timedelta(parts)).toBe(seconds);
  });

  test('of any whole parts is exact', () => {
    const part = fc.nat({ max: 1_000_000 });
    fc.assert(
      fc.property(part, part, part, (days, hours, seconds) => {
        expect(timedelta({ days, hours, seconds })).toBe(days * 86_400 + hours * 3_600 + seconds);
      }),
      runs(100),
    );
  });

  test.each([
    { seconds: 1.5 },
    { days: -1 },
    { weeks: 2 ** 53 },
    { hours: Number.NaN },
    { days: Number.POSITIVE_INFINITY },
    { seconds: 1.000_001 },
    { weeks: 14_000_000_000, seconds: 0.25 },
  ])('is not %j', async (parts) => {
    await failure(() => timedelta(parts), ValueError);
  });

  test.each([[30], [null], ['30d'], [[30]]])('is given by its parts, and not as %j', async (parts) => {
    const error = await failure(() => timedelta(parts as unknown as TimedeltaParts), TypeError);
    expect(error.message).toMatch(/^options must be given by name, \{ days: 30 \}, not as /);
  });

  test.each(['day', 'months', '__proto__', 'toString'])('has no part "%s"', async (name) => {
    const parts = Object.fromEntries([[name, 30]]) as TimedeltaParts;
    const error = await failure(() => timedelta(parts), TypeError);
    expect(error.message).toBe(
      `Unknown part "${name}" of a timedelta: use weeks, days, hours, minutes, seconds`,
    );
  });

  test.each([
    ['30', 'a string'],
    [null, 'null'],
    [{}, 'an object'],
  ])('has numbers for parts, and not %j', async (days, kind) => {
    const error = await failure(() => timedelta({ days: days as number }), TypeError);
    expect(error.message).toBe(`days must be a number, not ${kind}`);
  });

  test('does not mind parts that are undefined', () => {
    expect(timedelta({ days: undefined, hours: 1 } as unknown as TimedeltaParts)).toBe(3_600);
  });
});
