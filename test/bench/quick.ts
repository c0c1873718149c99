import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { medianOf } from './stopwatch.ts';
import type { Result, Task } from './tasks.ts';
import type { Extent } from './workload.ts';

/** Ratios to the baseline, each by what it is the ratio of: `spread 10000 log`. */
export type Ratios = ReadonlyMap<string, number>;

/** A ratio that is worse than it may be. */
export interface Worse {
  readonly name: string;
  readonly kept: number;
  readonly measured: number;
}

const EXTENTS: readonly Extent[] = [
  { shape: 'spread', versions: 10_000 },
  { shape: 'single', versions: 10_000 },
];

/**
 * The tasks of the quick check: small stores, in which a command costs about what it costs in a large one, and servers of
 * two sizes, so that what grows with the store is found. It goes by processor time, since nobody can be asked to leave the
 * machine alone for it.
 */
export const QUICK_TASKS: readonly Task[] = [
  ...EXTENTS.map(
    (extent): Task => ({
      kind: 'operations',
      extent,
      rounds: { warm: 1, measured: 4 },
      only: null,
      clock: 'cpu',
    }),
  ),
  ...[1_000, 10_000].map(
    (versions): Task => ({ kind: 'server', versions, amount: { rounds: 4, times: 20 }, clock: 'cpu' }),
  ),
];

const KEPT_IN = fileURLToPath(new URL('figures.json', import.meta.url));
const BY_HALF = 1.5;
// Requests vary more. What walks a whole list for each of them is worse by far more than this.
const OF_SERVER = 3;
const SERVER = 'server';

/** The ratios that were kept; what has become worse by half is a mistake. */
export function keptRatios(): Ratios {
  return new Map(Object.entries(JSON.parse(readFileSync(KEPT_IN, 'utf8')) as Record<string, number>));
}

/** The middle of several measurements of each ratio. */
export function middleOf(measured: readonly Ratios[]): Ratios {
  const names = new Set(measured.flatMap((ratios) => [...ratios.keys()]));
  return new Map(
    [...names].map((name) => [name, medianOf(measured.flatMap((ratios) => ratios.get(name) ?? []))]),
  );
}

/** Keeps ratios for the next check. */
export function keepRatios(ratios: Ratios): void {
  const rounded = [...ratios].map(([name, ratio]) => [name, Number(ratio.toPrecision(3))]);
  writeFileSync(KEPT_IN, `${JSON.stringify(Object.fromEntries(rounded), null, 2)}\n`);
}

/** The ratios among these results. */
export function ratiosOf(results: readonly Result[]): Ratios {
  return new Map(
    results.flatMap((result): readonly (readonly [string, number])[] => {
      if (result.kind === 'server') {
        const { versions, figures } = result;
        return figures.map(({ request, ratio }) => [`${SERVER} ${versions} ${request}`, ratio]);
      }
      if (result.kind !== 'operations') return [];
      const { shape, versions } = result.extent;
      return result.figures.map(({ operation, ratio }) => [`${shape} ${versions} ${operation}`, ratio]);
    }),
  );
}

/** The ratios that were kept and are not measured any more, by name: as long as nobody keeps others, that is a mistake. */
export function missingFrom(kept: Ratios, measured: Ratios): readonly string[] {
  return [...kept.keys()].filter((name) => !measured.has(name));
}

/**
 * Which ratios are worse by more than half than what was kept of them; those of servers, three times as bad. What nobody
 * kept cannot be worse.
 */
export function worseThan(kept: Ratios, measured: Ratios): readonly Worse[] {
  return [...measured].flatMap(([name, ratio]) => {
    const before = kept.get(name);
    const most = name.startsWith(`${SERVER} `) ? OF_SERVER : BY_HALF;
    if (before === undefined || ratio <= before * most) return [];
    return [{ name, kept: before, measured: ratio }];
  });
}

/** The better of two measurements of each ratio: noise makes one worse, never better. */
export function bestOf(left: Ratios, right: Ratios): Ratios {
  return new Map([...left].map(([name, ratio]) => [name, Math.min(ratio, right.get(name) ?? ratio)]));
}
