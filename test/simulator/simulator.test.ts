import { describe, expect, test } from 'vitest';
import { Simulator } from '../../src/simulator/simulator.ts';
import { brokenInvariants } from '../../src/store/invariants/invariants.ts';
import { LARGEST_EXACT, seconds } from '../../src/values/units.ts';
import {
  bytesOf,
  clock,
  log,
  planCrash,
  remove,
  removeWithAliases,
  server,
  time,
} from '../support/stores/builders.ts';
import { versionId } from '../support/stores/names.ts';
import { diary, eventsOf, simulated } from './simulated.ts';

const animals = [
  log('animals', { cat: '2MB' }),
  log('animals', { dog: '1MB' }),
  log('animals', { rat: '3MB' }),
];
const deleted = (at: number) => removeWithAliases(`animals:v${at}`);

describe('dispatch', () => {
  test('plays a command and answers its events', () => {
    const simulator = new Simulator();
    expect(eventsOf(simulator.apply(clock('1d')))).toEqual([{ type: 'clockMoved', to: time('1d') }]);
    expect(simulator.store.now).toBe(time('1d'));
  });

  test('of a refused command, or one that changes nothing, leaves the very same store', () => {
    const simulator = simulated(animals);
    const { store } = simulator;
    expect(simulator.apply(remove('animals:v2')).ok).toBe(false);
    expect(simulator.apply(clock('0s')).ok).toBe(true);
    expect(simulator.store).toBe(store);
  });

  test('does not change earlier stores', () => {
    const simulator = simulated(animals);
    const { store } = simulator;
    eventsOf(simulator.apply(deleted(0)));
    expect(store.versions.get(versionId('animals:v0'))?.state.kind).toBe('COMMITTED');
    expect(simulator.store.versions.get(versionId('animals:v0'))?.state.kind).toBe('PENDING_DELETION');
  });

  test('of one simulator is not seen by another', () => {
    simulated(animals);
    expect(new Simulator().store.versions.size).toBe(0);
  });
});

describe('waiting', () => {
  test('plays each scheduled run at its time: a multiple of gcEvery, the end of a retention included (GC-1)', () => {
    const simulator = simulated([...animals, deleted(0)]);
    eventsOf(simulator.apply({ type: 'wait', duration: time('1h') }));
    eventsOf(simulator.apply(deleted(1)));
    eventsOf(simulator.apply({ type: 'wait', duration: time('5h') }));
    eventsOf(simulator.apply(deleted(2)));
    expect(diary(eventsOf(simulator.apply({ type: 'wait', duration: time('8d') })))).toEqual([
      '168h',
      '#0 closed',
      '174h',
      '#1 closed',
      '#2 closed',
      '198h',
    ]);
  });

  test('plays the run that falls on its very end, and not the one a second later', () => {
    const before = simulated([...animals, deleted(0)]);
    expect(diary(eventsOf(before.apply({ type: 'wait', duration: seconds(time('7d') - 1) })))).not.toContain(
      '#0 closed',
    );
    expect(diary(eventsOf(before.apply({ type: 'wait', duration: seconds(1) })))).toEqual([
      '168h',
      '#0 closed',
    ]);
  });

  test('in pieces has the same result as at once', () => {
    const [once, often] = [simulated([...animals, deleted(0)]), simulated([...animals, deleted(0)])];
    const whole = eventsOf(once.apply({ type: 'wait', duration: time('8d') })).filter(
      ({ type }) => type !== 'clockMoved',
    );
    const parts = Array.from({ length: 8 }, () =>
      eventsOf(often.apply({ type: 'wait', duration: time('1d') })),
    ).flat();
    expect(parts.filter(({ type }) => type !== 'clockMoved')).toEqual(whole);
    expect(often.store.now).toBe(once.store.now);
  });

  test('plays no run that would find nothing: a million weeks are one step', () => {
    const simulator = simulated([...animals, deleted(0)], { gcEverySeconds: seconds(1) });
    expect(diary(eventsOf(simulator.apply({ type: 'wait', duration: time('1000000w') })))).toEqual([
      '168h',
      '#0 closed',
      '168000000h',
    ]);
    expect(eventsOf(simulator.apply({ type: 'wait', duration: time('1000000w') }))).toHaveLength(1);
  });

  test('for no time does nothing', () => {
    const simulator = simulated([...animals, deleted(0), clock('7d')]);
    expect(eventsOf(simulator.apply({ type: 'wait', duration: seconds(0) }))).toEqual([]);
  });

  test('beyond the last exact second is refused before anything happens', () => {
    const simulator = simulated([...animals, deleted(0)]);
    eventsOf(simulator.apply({ type: 'wait', duration: time('1d') }));
    const { store } = simulator;
    expect(simulator.apply({ type: 'wait', duration: seconds(LARGEST_EXACT) })).toMatchObject({
      ok: false,
      refusal: { code: 'too-large' },
    });
    expect(simulator.store).toBe(store);
    expect(
      diary(eventsOf(simulator.apply({ type: 'wait', duration: seconds(LARGEST_EXACT - store.now) }))),
    ).toContain('#0 closed');
  });

  test('uses the settings at its beginning', () => {
    const simulator = simulated([
      ...animals,
      deleted(0),
      server({ retentionSeconds: time('1h'), gcEverySeconds: time('2h') }),
    ]);
    expect(diary(eventsOf(simulator.apply({ type: 'wait', duration: time('3h') })))).toEqual([
      '2h',
      '#0 closed',
      '3h',
    ]);
  });
});

describe('collecting garbage', () => {
  test('runs to its end, at whatever time it is asked to', () => {
    const simulator = simulated([...animals, deleted(0), deleted(1), clock('169h')]);
    expect(eventsOf(simulator.apply({ type: 'collectGarbage' })).map(({ type }) => type)).toEqual([
      'versionsReviewed',
      'holdsReleased',
      'holdsReleased',
      'objectSwept',
      'objectSwept',
      'versionClosed',
      'versionClosed',
    ]);
    expect(simulator.store.bucket.storedBytes).toBe(bytesOf('3MB'));
    expect(eventsOf(simulator.apply({ type: 'collectGarbage' }))).toEqual([]);
  });

  test('crashes as planned, and the plan is used up', () => {
    const simulator = simulated([...animals, deleted(0), clock('7d'), planCrash(2)]);
    expect(eventsOf(simulator.apply({ type: 'collectGarbage' })).map(({ type }) => type)).toEqual([
      'versionsReviewed',
      'holdsReleased',
      'garbageCollectionCrashed',
    ]);
    expect(simulator.store.garbageCollection.crashAfterSteps).toBeNull();
    expect(brokenInvariants(simulator.store)).toEqual([]);
    expect(eventsOf(simulator.apply({ type: 'collectGarbage' })).map(({ type }) => type)).toEqual([
      'objectSwept',
      'versionClosed',
    ]);
  });

  test('uses the plan up also where the run was too short for it', () => {
    const simulator = simulated([...animals, planCrash(1)]);
    expect(eventsOf(simulator.apply({ type: 'collectGarbage' }))).toEqual([
      { type: 'crashForgotten', afterSteps: 1 },
    ]);
    expect(eventsOf(simulator.apply({ type: 'collectGarbage' }))).toEqual([]);
  });

  test('may crash before its first step, and at its very last', () => {
    for (const [steps, events] of [
      [0, 1],
      [4, 5],
    ] as const) {
      const simulator = simulated([...animals, deleted(0), clock('7d'), planCrash(steps)]);
      const happened = eventsOf(simulator.apply({ type: 'collectGarbage' }));
      expect(happened).toHaveLength(events);
      expect(happened.at(-1)).toEqual({ type: 'garbageCollectionCrashed', afterSteps: steps });
    }
  });
});

describe('a run that crashes while time passes', () => {
  test('is taken up by the next scheduled one (GC-8)', () => {
    const simulator = simulated([...animals, deleted(0), planCrash(1)]);
    expect(diary(eventsOf(simulator.apply({ type: 'wait', duration: time('8d') })))).toEqual([
      '168h',
      'crashed',
      '174h',
      '#0 closed',
      '192h',
    ]);
  });

  test('before its first step is taken up as well', () => {
    const simulator = simulated([...animals, deleted(0), planCrash(0)]);
    expect(diary(eventsOf(simulator.apply({ type: 'wait', duration: time('8d') })))).toEqual([
      '168h',
      'crashed',
      '174h',
      '#0 closed',
      '192h',
    ]);
  });

  test('is taken up wherever it crashed, and ends where an uninterrupted one ends', () => {
    for (const steps of [0, 1, 2, 3, 4, 5]) {
      const simulator = simulated([...animals, deleted(0), planCrash(steps)]);
      eventsOf(simulator.apply({ type: 'wait', duration: time('8d') }));
      expect(simulator.store.versions.get(versionId('animals:v0'))?.state.kind).toBe('DELETED');
      expect(simulator.store.bucket.storedBytes).toBe(bytesOf('4MB'));
      expect(simulator.store.garbageCollection.crashAfterSteps).toBeNull();
      expect(brokenInvariants(simulator.store)).toEqual([]);
    }
  });
});
