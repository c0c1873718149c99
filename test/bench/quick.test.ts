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

  test('gives the ratios of servers more room', () => {
    const before = new Map([['server 10000 last page', 10]]);
    expect(worseThan(before, new Map([['server 10000 last page', 29]]))).toEqual([]);
    expect(worseThan(before, new Map([['server 10000 last page', 31]]))).toHaveLength(1);
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
    const measured: readonly Result[] = [
      {
        kind: 'operations',
        extent: { shape: 'spread', versions: 10_000 },
        figures: [{ operation: 'log', baselineMicros: 1, limboMicros: 5, ratio: 5 }],
      },
      {
        kind: 'server',
        versions: 10_000,
        figures: [{ request: 'delete', micros: 5, bareMicros: 1, ratio: 5 }],
        storeBytes: 1,
        servedBytes: 1,
      },
    ];
    const ratios = ratiosOf(measured);
    expect([...ratios.values()]).toEqual([5, 5]);
    expect(missingFrom(ratios, keptRatios())).toEqual([]);
  });
});
