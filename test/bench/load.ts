import { emptyStore, type Store } from '../../src/store/store.ts';
import { play } from './limbo.ts';
import { type Clock, nowBy } from './stopwatch.ts';
import type { Workload } from './workload.ts';

/** A store with its versions, and how long they took. */
export interface Loaded {
  readonly store: Store;
  /** How long the commands took, in seconds. */
  readonly seconds: number;
  /** How long it took to make their manifests, with the digests, in seconds. */
  readonly manifestSeconds: number;
}

/** Loads the versions that a store begins with. */
export function load(work: Workload, clock: Clock, described: (text: string) => void): Loaded {
  let store = emptyStore();
  let [loaded, seconds, manifestSeconds] = [0, 0, 0];
  let before = nowBy(clock);
  for (const commands of work.beginning()) {
    const made = nowBy(clock);
    store = play(store, commands).store;
    const played = nowBy(clock);
    manifestSeconds += (made - before) / 1_000;
    seconds += (played - made) / 1_000;
    loaded += commands.length;
    described(`${loaded} of ${work.extent.versions} versions`);
    before = nowBy(clock);
  }
  return { store, seconds, manifestSeconds };
}

/** How much of the heap is in use by what can still be reached, in bytes. */
export function heapBytes(): number {
  if (globalThis.gc === undefined)
    throw new Error('the garbage of the process has to be collected: --expose-gc');
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** The most memory that the process ever had, in bytes. */
export function peakBytes(): number {
  return process.resourceUsage().maxRSS * 1_024;
}
