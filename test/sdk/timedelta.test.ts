import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timedelta, ValueError } from '../../src/sdk/index.ts';
import { runs } from '../support/property-runs.ts';
import { failure } from './scene.ts';

describe('a timedelta', () => {
  test('is the sum of its parts, in seconds', () => {
    expect(timedelta({ weeks: 1, days: 1, hours: 1, minutes: 1, seconds: 1 })).toBe(694_861);
    expect(timedelta({})).toBe(0);
    expect(timedelta({ days: 0.5 })).toBe(43_200);
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

  test.each([{ seconds: 1.5 }, { days: -1 }, { weeks: 2 ** 53 }, { hours: Number.NaN }])(
    'is not %j',
    async (parts) => {
      await failure(() => timedelta(parts), ValueError);
    },
  );
});
