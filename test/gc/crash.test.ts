import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Simulator } from '../../src/simulator/simulator.ts';
import type { Store } from '../../src/store/store.ts';
import { clock, log, planCrash, removeAll, removeWithAliases } from '../support/stores/builders.ts';
import { given } from '../support/stores/given.ts';
import { plain } from '../support/stores/plain.ts';

const forget = { type: 'forgetCrash' } as const;

describe('a planned crash', () => {
  test('is remembered until a run of garbage collection uses it up', () => {
    const { store } = given().when(planCrash(2)).then({ type: 'crashPlanned', afterSteps: 2 });
    expect(store.garbageCollection.crashAfterSteps).toBe(2);
  });

  test('is replaced by the next plan', () => {
    expect(given(planCrash(2), planCrash(0)).store.garbageCollection.crashAfterSteps).toBe(0);
  });

  test('is used up by the crash', () => {
    const crash = { type: 'crashGarbageCollection', afterSteps: 2 } as const;
    const { store } = given(planCrash(2))
      .when(crash)
      .then({ type: 'garbageCollectionCrashed', afterSteps: 2 });
    expect(store.garbageCollection.crashAfterSteps).toBeNull();
  });

  test('is forgotten by a run that was too short for it', () => {
    const { store } = given(planCrash(2)).when(forget).then({ type: 'crashForgotten', afterSteps: 2 });
    expect(store.garbageCollection.crashAfterSteps).toBeNull();
    given().when(forget).thenNothing();
  });

  test('keeps everything that was begun: a crash alone undoes nothing', () => {
    const before = given(log('animals'), planCrash(1));
    const { store } = before.when({ type: 'crashGarbageCollection', afterSteps: 1 });
    expect(plain({ ...store, garbageCollection: null })).toEqual(
      plain({ ...before.store, garbageCollection: null }),
    );
  });
});

describe('garbage collection that crashed anywhere (GC-8)', () => {
  const history = [
    log('animals', { cat: '2MB', dog: '1MB' }),
    log('animals', { cat: '2MB', rat: '3MB' }),
    log('animals', { cat: '2MB', owl: '4MB' }),
    log('plants', { fern: '1MB' }),
    removeWithAliases('animals:v0'),
    removeWithAliases('animals:v1'),
    removeAll('plants', {}, { deleteAliases: true }),
    clock('7d'),
  ];
  const started = () => {
    const simulator = new Simulator();
    for (const command of history) expect(simulator.apply(command).ok).toBe(true);
    return simulator;
  };
  const uninterrupted = () => {
    const simulator = started();
    simulator.apply({ type: 'collectGarbage' });
    return simulator.store;
  };
  const same = (store: Store) => expect(plain(store)).toEqual(plain(uninterrupted()));

  test('and was taken up again ends in the same state as an uninterrupted one, wherever it crashed', () => {
    for (let steps = 0; steps <= 12; steps += 1) {
      const simulator = started();
      simulator.apply(planCrash(steps));
      simulator.apply({ type: 'collectGarbage' });
      simulator.apply({ type: 'collectGarbage' });
      same(simulator.store);
    }
  });

  test('and crashed again and again ends in the same state too', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { maxLength: 8 }), (crashes) => {
        const simulator = started();
        for (const steps of crashes) {
          simulator.apply(planCrash(steps));
          simulator.apply({ type: 'collectGarbage' });
        }
        simulator.apply({ type: 'collectGarbage' });
        same(simulator.store);
      }),
      { numRuns: 30 },
    );
  });

  test('run twice changes nothing the second time', () => {
    const simulator = started();
    simulator.apply({ type: 'collectGarbage' });
    const { store } = simulator;
    expect(simulator.apply({ type: 'collectGarbage' })).toEqual({ ok: true, events: [] });
    expect(simulator.store).toBe(store);
  });
});
