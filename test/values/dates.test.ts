import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatUnixTime, isUnixTime, parseUnixTime, type UnixTime } from '../../src/values/dates.ts';
import { formatDay, type Instant, LARGEST_EXACT, unixTimeAt } from '../../src/values/units.ts';

const END = Date.UTC(10_000, 0, 1) / 1_000;

describe('a time in UTC', () => {
  test('is written as JavaScript writes it, and is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: END - 1 }), (seconds) => {
        const text = formatUnixTime(seconds as UnixTime);
        expect(text).toBe(new Date(seconds * 1_000).toISOString().replace('.000', ''));
        expect(parseUnixTime(text)).toEqual({ ok: true, value: seconds });
        const [day = ''] = text.split('T');
        expect(parseUnixTime(day)).toEqual({ ok: true, value: seconds - (seconds % 86_400) });
      }),
    );
  });

  test('reaches from 1970 to the end of 9999', () => {
    for (const [seconds, is] of [
      [-1, false],
      [0, true],
      [0.5, false],
      [END - 1, true],
      [END, false],
      [Number.NaN, false],
    ] as const) {
      expect(isUnixTime(seconds)).toBe(is);
    }
  });

  test('knows leap years', () => {
    for (const day of ['2024-02-29', '2000-02-29', '2026-12-31']) expect(parseUnixTime(day).ok).toBe(true);
    for (const day of ['2026-02-29', '2100-02-29']) expect(parseUnixTime(day).ok).toBe(false);
  });

  test.each([
    ['2026-01-31T08:00:00', /; a time ends in Z, for UTC, and has no other offset$/],
    ['2026-01-31T08:00:00+01:00', /; a time ends in Z, for UTC/],
    ['2026-01-31 08:00:00Z', /; a time ends in Z, for UTC/],
    ['2026-01-31T08:00Z', /; a time ends in Z, for UTC/],
    ['2026-02-30', /; this one does not exist$/],
    ['2026-13-01', /; this one does not exist$/],
    ['2026-00-10', /; this one does not exist$/],
    ['2026-01-00', /; this one does not exist$/],
    ['2026-01-31T24:00:00Z', /; this one does not exist$/],
    ['2026-01-31T23:59:60Z', /; this one does not exist$/],
    ['1969-12-31', /, from 1970 on$/],
    ['31.1.2026', /or a date such as 2026-01-31$/],
    ['day 7', /or a date such as 2026-01-31$/],
    ['', /^a date and time in UTC such as 2026-01-31T08:00:00Z/],
  ])('is not %j', (text, expected) => {
    const read = parseUnixTime(text);
    expect(read.ok ? read.value : read.expected).toMatch(expected);
  });
});

test('an instant is a date if it is known when the story begins', () => {
  const begins = parseUnixTime('2026-01-31T08:00:00Z');
  if (!begins.ok) throw new Error(begins.expected);
  const day = (seconds: number) => formatDay(seconds as Instant, begins.value);
  expect(day(0)).toBe('2026-01-31 08:00');
  expect(day(57_600)).toBe('2026-02-01');
  expect(day(57_630)).toBe('2026-02-01 00:00:30');
  expect(day(57_601 + 3_600)).toBe('2026-02-01 01:00:01');
  expect(day(29 * 86_400)).toBe('2026-03-01 08:00');
});

test('an instant from the year 10000 on is a number of days', () => {
  expect(formatDay(LARGEST_EXACT as Instant, 0 as UnixTime)).toBe('day 104249991374 07:36:31');
  expect(unixTimeAt((END - 1) as Instant, 0 as UnixTime)).toBe(END - 1);
  expect(unixTimeAt(END as Instant, 0 as UnixTime)).toBeNull();
  expect(unixTimeAt(0 as Instant, null)).toBeNull();
});
