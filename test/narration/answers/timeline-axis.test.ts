import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timeAxis } from '../../../src/narration/answers/timeline-axis.ts';

const HOUR = 3_600;
const DAY = 86_400;

describe('the axis of time', () => {
  test.each([
    [8 * DAY, 48, ['0s', '1d', '2d', '3d', '4d', '5d', '6d', '7d', '8d']],
    [8 * DAY, 24, ['0s', '2d', '4d', '6d', '8d']],
    [30 * DAY, 48, ['0s', '5d', '10d', '15d', '20d', '25d', '30d']],
    [90, 24, ['0s', '30s', '1m 30s']],
    [36 * HOUR, 48, ['0s', '6h', '12h', '18h', '1d', '1d 12h']],
    [10_000 * DAY, 40, ['0s', '2000d', '4000d', '6000d', '10000d']],
  ])('of %d seconds on %d columns has round marks', (end, columns, marks) => {
    expect(timeAxis(end, columns)[0].split(/ {2,}/)).toEqual(marks);
  });

  test('has its ruler under its labels, a tick at the beginning of each', () => {
    expect(timeAxis(8 * DAY, 24)).toEqual(['0s    2d    4d    6d  8d', '├─────┬─────┬─────┬────┤']);
  });

  test.each([
    [11 * DAY, 40, '11d'],
    [8 * DAY + 5, 60, '8d 5s'],
    [3 * DAY + HOUR, 30, '3d 1h'],
  ])('names the end, round or not: %d seconds on %d columns', (end, columns, text) => {
    const [labels] = timeAxis(end, columns);
    expect(labels).toHaveLength(columns);
    expect(labels.endsWith(`  ${text}`)).toBe(true);
  });

  test('never leaves its columns, nor lets two labels touch, however long the time', () => {
    const end = fc.oneof(
      fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
      fc.integer({ min: 1, max: 100 * DAY }),
    );
    fc.assert(
      fc.property(end, fc.integer({ min: 30, max: 100 }), (seconds, columns) => {
        const [labels, ruler] = timeAxis(seconds, columns);
        expect(labels.length).toBeLessThanOrEqual(columns);
        expect(ruler).toMatch(/^├[─┬]*┤$/);
        expect(ruler).toHaveLength(columns);
        const units = ['d', 'h', 'm', 's'];
        for (const label of labels.split(/ {2,}/)) {
          const named = label.split(' ').map((part) => units.indexOf(part.at(-1) ?? ''));
          expect(named, labels).toEqual([...new Set(named)].sort());
        }
      }),
    );
  });
});
