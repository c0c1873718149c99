import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bytes,
  DAY_ZERO,
  DURATION_PATTERN,
  formatDay,
  formatDuration,
  formatInstant,
  formatSize,
  type Instant,
  LARGEST_EXACT,
  later,
  parseDuration,
  parseSize,
  SIZE_PATTERN,
  seconds,
} from '../../src/values/units.ts';

const amounts = fc.oneof(fc.maxSafeNat(), fc.nat(10_000), fc.constantFrom(0, 999, 1_000, LARGEST_EXACT));
const SIZE_UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

describe('sizes', () => {
  test('what formatSize writes, parseSize reads back, exactly', () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(parseSize(formatSize(amount))).toEqual({ ok: true, value: amount });
      }),
    );
  });

  test('formatSize uses the largest unit with at least one, and nothing superfluous', () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(formatSize(amount)).toMatch(/^(0B|[1-9]\d{0,2}(\.\d*[1-9])?[KMGTP]?B)$/);
      }),
    );
  });

  test('a whole number of any unit is that many times the unit', () => {
    fc.assert(
      fc.property(
        fc.nat(7),
        fc.constantFrom(...SIZE_UNITS),
        fc.constantFrom('', ' '),
        (count, unit, space) => {
          const at = 'BKMGTP'.indexOf(unit.charAt(0));
          const expected = count * (unit.endsWith('iB') ? 1024 : 1000) ** at;
          expect(parseSize(`${count}${space}${unit}`)).toEqual({ ok: true, value: expected });
        },
      ),
    );
  });

  test('the pattern for editors accepts whatever parseSize accepts', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.stringMatching(/^[\d. ]{1,4}[BKMGTPi]{1,3}$/), fc.stringMatching(SIZE_PATTERN)),
        (text) => {
          if (parseSize(text).ok) expect(text).toMatch(SIZE_PATTERN);
        },
      ),
    );
  });

  test.each([
    ['2MB', 2_000_000],
    ['1.5GiB', 1_610_612_736],
    // In floating point 1.1 * 1e9 is 1100000000.0000002.
    ['1.1GB', 1_100_000_000],
    ['0B', 0],
    ['9007199254740991B', LARGEST_EXACT],
  ])('%s is %i bytes', (text, value) => {
    expect(parseSize(text)).toEqual({ ok: true, value });
  });

  test.each([
    ['10', 'a bare number has no unit'],
    ['1.5', 'a bare number has no unit'],
    ['-1MB', 'a negative one does not exist'],
    ['0.5B', 'not a whole number of bytes'],
    ['9007199254740992B', 'the largest exact number'],
    ['99999999PB', 'the largest exact number'],
    ['2mb', 'a size such as'],
    ['2 M B', 'a size such as'],
    [' 2MB', 'a size such as'],
    ['2MB\n', 'a size such as'],
    ['', 'a size such as'],
    ['2constructor', 'a size such as'],
    ['٣MB', 'a size such as'],
  ])('%j is no size, and the answer says why', (text, why) => {
    expect(parseSize(text)).toMatchObject({ ok: false, expected: expect.stringContaining(why) });
  });

  test('a difference is written with its sign', () => {
    expect(formatSize(-3_000_000)).toBe('-3MB');
    expect(formatSize(1_048_576)).toBe('1.048576MB');
  });
});

describe('durations and instants', () => {
  test('the parts of a written duration add up to it', () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        const parts = formatDuration(amount).split(' ').map(parseDuration);
        expect(parts.reduce((sum, part) => sum + (part.ok ? part.value : Number.NaN), 0)).toBe(amount);
      }),
    );
  });

  test('the pattern for editors accepts whatever parseDuration accepts', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\d. ]{1,4}[smhdwy]{0,2}$/), (text) => {
        if (parseDuration(text).ok) expect(text).toMatch(DURATION_PATTERN);
      }),
    );
  });

  test.each([
    ['90s', 90],
    ['15m', 900],
    ['1.5h', 5_400],
    ['8d', 691_200],
    ['2w', 1_209_600],
  ])('%s is %i seconds', (text, value) => {
    expect(parseDuration(text)).toEqual({ ok: true, value });
  });

  test.each(['8', '-8d', '0.5s', '8 days', '1d 6h', '99999999999999999w', '__proto__'])(
    '%j is no duration',
    (text) => {
      expect(parseDuration(text)).toMatchObject({
        ok: false,
        expected: expect.stringContaining('a duration'),
      });
    },
  );

  test.each([
    [0, '0s', 'PT0S', 'day 0'],
    [86_400, '1d', 'P1D', 'day 1'],
    [108_000, '1d 6h', 'P1DT6H', 'day 1 06:00'],
    [3_661, '1h 1m 1s', 'PT1H1M1S', 'day 0 01:01:01'],
    [LARGEST_EXACT, '104249991374d 7h 36m 31s', 'P104249991374DT7H36M31S', 'day 104249991374 07:36:31'],
  ])('%i seconds are written %s, and as an instant %s or %s', (amount, duration, instant, day) => {
    expect(formatDuration(amount)).toBe(duration);
    expect(formatInstant(amount as Instant)).toBe(instant);
    expect(formatDay(amount as Instant, null)).toBe(day);
  });

  test('later adds', () => {
    expect(later(later(DAY_ZERO, seconds(60)), seconds(5))).toBe(65);
  });
});

test.each([-1, 0.5, Number.NaN, LARGEST_EXACT + 1, Number.POSITIVE_INFINITY])(
  '%d is a bug of whoever takes it for bytes or seconds, and stops',
  (count) => {
    expect(() => bytes(count)).toThrow('not a number of bytes');
    expect(() => seconds(count)).toThrow('not a number of seconds');
  },
);
