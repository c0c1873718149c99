import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StoreEvent } from '../../src/decider/event.ts';
import { beginningOf } from '../../src/explore/exploration.ts';
import { canonicalStore } from '../../src/explore/fingerprint.ts';
import { choicesIn, take } from '../../src/explore/transitions.ts';
import { orThrow } from '../../src/sdk/errors.ts';
import { inOrder } from '../../src/sdk/scheduler.ts';
import { collectGarbage } from '../../src/service/collecting.ts';
import { Service } from '../../src/service/turns.ts';
import { Simulator } from '../../src/simulator/simulator.ts';
import type { Store } from '../../src/store/store.ts';
import { emptySortedTable } from '../../src/values/sorted-table.ts';
import { seconds } from '../../src/values/units.ts';
import { histories } from '../support/arbitraries/histories.ts';
import { DAY } from '../support/arbitraries/parts.ts';
import { simulatorAfter } from '../support/histories/play-history.ts';
import { runs } from '../support/property-runs.ts';

interface Run {
  readonly store: Store;
  readonly events: readonly StoreEvent[];
}

const CALLS = ['put', 'delete', 'undelete'] as const;
const FAULTS = ['fails', 'answers twice', 'answers late'] as const;

/** Stores in which something waits for garbage collection, with a planned crash and faults of the bucket ahead. */
const ripeStores = fc
  .record({
    history: histories(30),
    crash: fc.option(fc.nat({ max: 6 })),
    faults: fc.array(
      fc.record({
        call: fc.constantFrom(...CALLS),
        fault: fc.constantFrom(...FAULTS),
        times: fc.constant(1),
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ history, crash, faults }) => {
    const simulator = simulatorAfter(history);
    simulator.apply({ type: 'changeSettings', changes: { deployment: 'shared-cloud' } });
    simulator.apply({ type: 'moveClock', bySeconds: seconds(30 * DAY) });
    simulator.apply({ type: 'planBucketFaults', faults });
    if (crash !== null) simulator.apply({ type: 'planCrash', afterSteps: crash });
    return simulator.store;
  });

function bySimulator(start: Store): Run {
  const simulator = new Simulator(start);
  const decision = simulator.apply({ type: 'collectGarbage' });
  return { store: simulator.store, events: decision.ok ? decision.events : [] };
}

function byExplorer(start: Store): Run {
  const move = { kind: 'collect', whole: true, text: 'collect', touches: 'everything' } as const;
  const exploration = {
    start,
    names: emptySortedTable<string, never>(),
    actors: [{ name: 'collector', moves: [move] }],
    crashes: 0,
    claims: [],
  };
  const events: StoreEvent[] = [];
  let state = beginningOf(exploration);
  for (;;) {
    const [choice] = choicesIn(exploration, state);
    if (choice === undefined) return { store: state.store, events };
    const transition = take(exploration, state, choice);
    events.push(...transition.events);
    state = transition.after;
  }
}

async function byClient(start: Store): Promise<Run> {
  const service = new Service(start, inOrder(), 'cursor');
  const { events } = orThrow(await collectGarbage(service));
  return { store: service.store, events };
}

describe('a garbage collection run', () => {
  test('is the same for the simulator, the explorer and the SDK client, crashes and faults included', async () => {
    const met = new Set<string>();
    const property = fc.asyncProperty(ripeStores, async (start) => {
      const expected = bySimulator(start);
      for (const run of [byExplorer(start), await byClient(start)]) {
        expect(run.events).toEqual(expected.events);
        expect(canonicalStore(run.store)).toBe(canonicalStore(expected.store));
      }
      for (const { type } of expected.events) met.add(type);
    });
    await fc.assert(property, runs(150));
    expect([...met]).toEqual(
      expect.arrayContaining([
        'objectSwept',
        'garbageCollectionCrashed',
        'crashForgotten',
        'bucketCallFaulted',
      ]),
    );
  });
});
