import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ApiError, type Schedule, Simulator, type SimulatorOptions, timedelta } from '../../src/sdk/index.ts';
import { allVersions } from '../../src/store/holders.ts';
import { brokenInvariants } from '../../src/store/invariants/invariants.ts';
import { fullNameOfVersion } from '../../src/store/look-up.ts';
import { atLeastRuns, PATIENCE_MS, runs } from '../support/property-runs.ts';
import { draftOf, loggedMany } from './scene.ts';

type Scheduler = fc.Scheduler<unknown>;

/** A schedule by which fast-check picks the order of calls; until it begins, each call is applied as it comes. */
class Picked {
  readonly #scheduler: Scheduler;
  readonly labels: string[] = [];
  begun = false;
  /** Looks at what every call leaves behind. */
  afterEach: () => void = () => {};

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  readonly schedule: Schedule = async (label, call) => {
    if (this.begun) await this.#scheduler.schedule(Promise.resolve(), label);
    this.labels.push(label);
    try {
      return call();
    } finally {
      this.afterEach();
    }
  };
}

/** Takes what the store refuses for an answer, as a script that goes on would; anything else is a bug. */
async function tolerant(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

/** The script that deletes every version without an alias. */
async function cleanUp(simulator: Simulator): Promise<void> {
  for await (const artifact of simulator.api().artifacts('dataset', 'animals', { perPage: 2 })) {
    if (artifact.aliases.length === 0) await tolerant(artifact.delete());
  }
}

/** The script that logs what older versions had, so that it shares their files. */
async function trainOn(simulator: Simulator): Promise<void> {
  const run = simulator.init({ id: 'train-2' });
  for (const path of ['file-0', 'file-1']) {
    const draft = draftOf('animals', { [path]: '1MB', [`more-${path}`]: '1MB' });
    await tolerant(run.logArtifact(draft));
    await tolerant(draft.wait());
  }
}

/** A simulator on which both scripts, the collector and a clock have run, in an order that was picked. */
async function interleaved(
  scheduler: Scheduler,
  options: SimulatorOptions = {},
  besides: (given: { simulator: Simulator; schedule: Schedule }) => Promise<void> = async () => {},
) {
  const picked = new Picked(scheduler);
  const simulator = new Simulator({ ...options, schedule: picked.schedule });
  await loggedMany(simulator, 'animals', 4);
  picked.begun = true;
  const broken: string[] = [];
  picked.afterEach = () => broken.push(...brokenInvariants(simulator.store));
  const passing = async () => {
    for (let day = 0; day < 2; day += 1) {
      await simulator.dispatch({ type: 'moveClock', bySeconds: timedelta({ days: 7 }) });
      await simulator.collect();
    }
  };
  const scripts = Promise.all([
    cleanUp(simulator),
    trainOn(simulator),
    passing(),
    simulator.collect(),
    besides({ simulator, schedule: picked.schedule }),
  ]);
  await scheduler.waitFor(scripts);
  picked.begun = false;
  return { simulator, labels: picked.labels, broken };
}

/** The committed versions that cannot be read to the end. */
async function unreadable(simulator: Simulator): Promise<readonly string[]> {
  const broken: string[] = [];
  for (const { id, state } of allVersions(simulator.store)) {
    if (state.kind !== 'COMMITTED') continue;
    const name = fullNameOfVersion(simulator.store, id);
    const artifact = await simulator.api().artifact(name);
    await artifact.verify().catch(() => broken.push(name));
  }
  return broken;
}

describe('two scripts and the collector, in any order', { timeout: PATIENCE_MS }, () => {
  test('keep every invariant, and lose no file of a committed version (GC-9)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { simulator, broken } = await interleaved(scheduler);
        expect(broken).toEqual([]);
        expect(await unreadable(simulator)).toEqual([]);
      }),
      runs(100),
    );
  });

  test('fail only by refusals, and keep every invariant, also during undo and redo', async () => {
    let undone = 0;
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(fc.boolean(), { maxLength: 8 }), async (scheduler, ways) => {
        const undoing = async ({ simulator, schedule }: { simulator: Simulator; schedule: Schedule }) => {
          for (const back of ways) {
            const changed = await schedule('undo', () => (back ? simulator.undo() : simulator.redo()));
            if (changed && back) undone += 1;
          }
        };
        const { simulator, broken } = await interleaved(scheduler, {}, undoing);
        expect(broken).toEqual([]);
        expect(await unreadable(simulator)).toEqual([]);
      }),
      atLeastRuns(100),
    );
    expect(undone).toBeGreaterThan(0);
  });

  test('come in different orders, uploads in the middle of a collection too', async () => {
    const orders = new Set<string>();
    let between = 0;
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { labels } = await interleaved(scheduler);
        orders.add(labels.join('\n'));
        const kinds = labels.map((label) => label.split(' ')[0]).join(' ');
        if (/collect (begin|commit)( \w+)* collect/.test(kinds)) between += 1;
      }),
      atLeastRuns(20),
    );
    expect(orders.size).toBeGreaterThan(10);
    expect(between).toBeGreaterThan(0);
  });

  test('find out a collector that does not look again before it deletes', async () => {
    const found = await fc.check(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { simulator } = await interleaved(scheduler, { settings: { collector: 'counts-at-review' } });
        expect(await unreadable(simulator)).toEqual([]);
      }),
      { ...atLeastRuns(200), endOnFailure: true },
    );
    expect(found.failed).toBe(true);
  });
});
