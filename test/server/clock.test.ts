import { describe, expect, test } from 'vitest';
import { Clock, type Pace } from '../../src/server/clock.ts';
import { Wire } from '../support/server/wire.ts';

/** The simulated seconds after each of these moments of real time, in milliseconds. */
async function instants(pace: Pace, ...moments: readonly number[]): Promise<readonly number[]> {
  const { host } = new Wire();
  let real = 5_000;
  const clock = new Clock(pace, () => real);
  const seen: number[] = [];
  for (const moment of moments) {
    real = 5_000 + moment;
    await clock.catchUp(host);
    seen.push(host.store.now);
  }
  return seen;
}

describe('simulated time', () => {
  test('stays where it is, unless it is advanced', async () => {
    expect(await instants('manual', 0, 10_000)).toEqual([0, 0]);
  });

  test('follows real time in whole seconds, without losing any', async () => {
    expect(await instants(1, 0, 999, 1_000, 1_999, 2_500, 2_500, 60_000)).toEqual([0, 0, 1, 1, 2, 2, 60]);
  });

  test('can be so many times as fast, or slower', async () => {
    expect(await instants(86_400, 500, 1_000)).toEqual([43_200, 86_400]);
    expect(await instants(0.5, 1_000, 2_000, 3_999)).toEqual([0, 1, 1]);
  });
});
