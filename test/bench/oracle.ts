import { decide } from '../../src/decider/decide.ts';
import { evolve } from '../../src/decider/evolve.ts';
import type { GarbageCollectionStep } from '../../src/gc/collector.ts';
import { nextStep } from '../../src/gc/steps.ts';
import type { Store } from '../../src/store/store.ts';
import { seconds } from '../../src/values/units.ts';
import { play } from './limbo.ts';
import { load } from './load.ts';
import { type Clock, medianOf, nowBy } from './stopwatch.ts';
import { MOST_JOBS, Workload } from './workload.ts';

/** What a collection of 1,000 versions costs that marks and sweeps, by the steps of one of a single version. */
export interface OracleFigures {
  readonly versions: number;
  /** For each version of a collection of 1,000, in microseconds. */
  readonly microsPerVersion: number;
}

const RETENTION_SECONDS = 7 * 86_400;
const MANY = 3;

/**
 * Measures the collector that marks and sweeps. It walks the whole store at each of its steps, so that 1,000 versions
 * would take it hours: it collects one, and its review counts once for 1,000, its other steps for each.
 */
export function measureOracle(
  versions: number,
  clock: Clock,
  described: (text: string) => void,
): OracleFigures {
  const work = new Workload({ shape: 'spread', versions });
  const { store: loaded } = load(work, clock, described);
  const [log] = work.logs(1);
  const [name] = work.newVersions(1);
  if (log === undefined || name === undefined) throw new Error('there is nothing to collect');
  const { store } = play(loaded, [
    log,
    { type: 'deleteVersion', target: { by: 'name', name }, deleteAliases: true },
    { type: 'moveClock', bySeconds: seconds(RETENTION_SECONDS) },
    { type: 'changeSettings', changes: { collector: 'mark-and-sweep' } },
  ]);
  const times = Array.from({ length: versions > 10_000 ? 1 : MANY }, (_, turn) => {
    described(`run ${turn + 1}`);
    return collected(store, clock);
  });
  return { versions, microsPerVersion: medianOf(times) };
}

function collected(before: Store, clock: Clock): number {
  let store = before;
  let micros = 0;
  for (;;) {
    const began = nowBy(clock);
    const step = nextStep(store);
    if (step !== null) store = afterStep(store, step);
    const took = (nowBy(clock) - began) * 1_000;
    const isOnce = step === null || step.type === 'reviewVersions';
    micros += isOnce ? took / MOST_JOBS : took;
    if (step === null) return micros;
  }
}

function afterStep(store: Store, step: GarbageCollectionStep): Store {
  const decision = decide(step, store);
  if (!decision.ok) throw new Error(decision.refusal.sentence);
  return evolve(store, decision.events);
}
