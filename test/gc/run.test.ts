import { describe, expect, test } from 'vitest';
import { isInterruption } from '../../src/gc/run.ts';

describe('a step interrupts its run', () => {
  test('when a call of the bucket failed at its end, and not when it caused nothing or came through', () => {
    const failed = { type: 'bucketCallFaulted' };
    expect(isInterruption([failed])).toBe(true);
    expect(isInterruption([failed, { type: 'objectSwept' }])).toBe(false);
    expect(isInterruption([])).toBe(false);
  });
});
