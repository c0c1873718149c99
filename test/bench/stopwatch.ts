import { getHeapSpaceStatistics } from 'node:v8';
import { Bench } from 'tinybench';

/**
 * What time is read from: the clock on the wall, or the processor time of this process, with that of its helping threads.
 * Where others use the machine too, only the latter tells a long action from one that had to wait.
 */
export const CLOCKS = ['wall', 'cpu'] as const;
/** One of them. */
export type Clock = (typeof CLOCKS)[number];

/** Now, in milliseconds of a clock. */
export function nowBy(clock: Clock): number {
  if (clock === 'wall') return performance.now();
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/**
 * How long one run of each of these took, in milliseconds; they are run one after the other, once. A action pays for
 * clearing memory when what it makes no longer fits, and may be over before that. So none finds what another one made,
 * and each turn all find the memory filled with litter to another share: over many turns, the mean of them says what a
 * action costs with the clearing that it makes necessary.
 */
export function timesOf(actions: readonly (() => unknown)[], clock: Clock, turn: number): readonly number[] {
  const now = () => nowBy(clock);
  const bench = new Bench({ iterations: 1, time: 0, warmup: false, throws: true, now });
  const options = { async: false, beforeEach: () => litterUpTo((turn * GOLDEN_RATIO) % 1) };
  for (const [number, action] of actions.entries()) bench.add(`${number}`, () => void action(), options);
  return bench.runSync().map(({ result, name }) => {
    if (result.state !== 'completed') throw new Error(`measurement ${name} is ${result.state}`);
    return result.latency.mean;
  });
}

/** How often a second this can be done, by the median of its runs in about so much time. */
export function rateOf(action: () => unknown, clock: Clock, timeMs: number): number {
  const limits = { time: timeMs, iterations: 5, warmupIterations: 1, warmupTime: 0 };
  const bench = new Bench({ ...limits, throws: true, now: () => nowBy(clock) });
  bench.add('rate', () => void action(), { async: false });
  const [result] = bench.runSync().map((task) => task.result);
  if (result?.state !== 'completed') throw new Error('the rate was not measured');
  return 1_000 / result.latency.p50;
}

// What one clearing leaves is still where new things are made; the next one takes it away.
function litterUpTo(share: number): void {
  for (let time = 0; time < 2; time += 1) globalThis.gc?.({ type: 'minor' });
  const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
  const bytes = share * (young?.space_available_size ?? 0);
  for (let made = 0; made < bytes; made += LITTER_BYTES) litter[0] = new Array(LITTER_BYTES / 8);
}

// Its multiples, without what is before the point, lie as evenly as may be, however many there are.
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;
const LITTER_BYTES = 1_024;
// Kept one at a time, so that no compiler can find that nobody wants it.
const litter: unknown[] = [null];

/** The mean of some numbers. */
export function meanOf(numbers: readonly number[]): number {
  if (numbers.length === 0) throw new Error('nothing has no mean');
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** The middle of some numbers; of an even count the mean of the two in the middle. */
export function medianOf(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((left, right) => left - right);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new Error('nothing has no median');
  return (low + high) / 2;
}
