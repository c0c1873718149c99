import { describe, expect, test } from 'vitest';
import { bestOf, keptRatios, middleOf, missingFrom, ratiosOf, worseThan } from './quick.ts';
import type { Result } from './tasks.ts';

const kept = new Map([
  ['spread 10000 log', 4],
  ['spread 10000 delete', 2],
]);

describe('The quick check of the benchmark', () => {
  test('names each ratio that is worse by more than half than what was kept of it', () => {
    const measured = new Map([
      ['spread 10000 log', 6.1],
      ['spread 10000 delete', 3],
    ]);
    expect(worseThan(kept, measured)).toEqual([{ name: 'spread 10000 log', kept: 4, measured: 6.1 }]);
  });

  test('does not report improvements, or operations without a kept figure', () => {
    expect(worseThan(kept, new Map([['spread 10000 log', 1]]))).toEqual([]);
    expect(worseThan(kept, new Map([['spread 1000 yawn', 100]]))).toEqual([]);
  });

  test('names each ratio that was kept and is not measured any more', () => {
    const measured = new Map([['spread 10000 log', 4]]);
    expect(missingFrom(kept, measured)).toEqual(['spread 10000 delete']);
    expect(missingFrom(kept, kept)).toEqual([]);
  });

  test('takes the better of two measurements of each ratio', () => {
    const again = new Map([['spread 10000 log', 3]]);
    expect([...bestOf(kept, again).values()]).toEqual([3, 2]);
  });

  test('keeps the middle of several measurements of each ratio', () => {
    const runs = [3, 9, 4].map((ratio) => new Map([['spread 10000 log', ratio]]));
    expect(middleOf(runs)).toEqual(new Map([['spread 10000 log', 4]]));
  });

  test('compares each measurement with the kept figure of the same name', () => {
    const measured: Result = {
      kind: 'operations',
      extent: { shape: 'spread', versions: 10_000 },
      figures: [
        {
          operation: 'log',
          baselineMicros: 1,
          limboMicros: 5,
          ratio: 5,
        },
      ],
    };
    const [[name, ratio] = []] = ratiosOf([measured]);
    expect(ratio).toBe(5);
    expect(keptRatios().has(name ?? '')).toBe(true);
  });
});
