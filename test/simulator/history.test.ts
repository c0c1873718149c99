import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Simulator } from '../../src/simulator/simulator.ts';
import { emptyStore } from '../../src/store/store.ts';
import { seconds } from '../../src/values/units.ts';
import { histories } from '../support/arbitraries/histories.ts';
import { recordActions, simulatorFor } from '../support/histories/play-history.ts';
import { runs } from '../support/property-runs.ts';
import { log } from '../support/stores/builders.ts';
import { longHistory, text } from './simulated.ts';

describe('the history of a simulator', () => {
  test('has an entry for each action that changed the store, and none for others', () => {
    const simulator = new Simulator();
    simulator.apply(log('animals', { cat: '1MB' }));
    simulator.apply(log('animals', { cat: '1MB' }));
    simulator.apply({ type: 'wait', duration: seconds(0) });
    simulator.apply({ type: 'collectGarbage' });
    expect([simulator.position, simulator.length]).toEqual([1, 1]);
  });

  test('makes one entry of a group, even of one that fails halfway', () => {
    const simulator = new Simulator();
    const failing = () =>
      simulator.group(() => {
        simulator.apply(log('animals', { cat: '1MB' }));
        simulator.apply(log('plants', { fern: '1MB' }));
        throw new Error('stop');
      });
    expect(failing).toThrow('stop');
    expect(simulator.length).toBe(1);
    expect(simulator.actions(0)).toHaveLength(2);
    simulator.goTo(0);
    expect(text(simulator.store)).toBe(text(emptyStore()));
  });

  test('forgets what was undone once something else is done', () => {
    const { simulator, texts } = longHistory(3);
    simulator.goTo(1);
    simulator.apply(log('plants', { fern: '1MB' }));
    expect(simulator.length).toBe(2);
    expect(text(simulator.storeAt(1))).toBe(texts[1]);
    expect(() => simulator.goTo(3)).toThrow('position 3');
  });

  test('has no groups within groups', () => {
    const simulator = new Simulator();
    expect(() => simulator.group(() => simulator.group(() => undefined))).toThrow('groups are not nested');
  });

  test('keeps the store after an expensive entry, so that undoing a small one does not replay it', () => {
    const { simulator } = longHistory(100);
    simulator.group(() => {
      for (let index = 0; index < 200; index += 1)
        simulator.apply(log('plants', { [`fern-${index}`]: '1MB' }));
    });
    const { store, position } = simulator;
    for (let index = 0; index < 5; index += 1) simulator.apply(log('animals', { [`dog-${index}`]: '1MB' }));
    simulator.goTo(position);
    expect(simulator.store).toBe(store);
  });

  test('replays each entry once where stores are read one after the other', () => {
    const { simulator } = longHistory(50);
    const stores = Array.from({ length: 50 }, (_, position) => simulator.storeAt(position));
    expect(simulator.storeAt(49)).toBe(stores[49]);
    simulator.goTo(20);
    simulator.apply(log('plants', { fern: '1MB' }));
    simulator.apply(log('plants', { moss: '1MB' }));
    expect(text(simulator.storeAt(21))).not.toBe(text(stores[21] ?? emptyStore()));
  });

  test('replays the events that happened, of any random history', () => {
    const property = fc.property(histories(30), (history) => {
      const simulator = simulatorFor(history);
      const happened = [];
      for (const action of recordActions(history)) {
        const before = simulator.store;
        const decision = simulator.apply(action);
        if (simulator.store !== before && decision.ok) happened.push(decision.events);
      }
      expect([...simulator.events(0, simulator.position)]).toEqual(happened);
    });
    fc.assert(property, runs(50));
  });

  test('is not kept without remember', () => {
    const simulator = new Simulator(emptyStore(), { remember: false });
    simulator.apply(log('animals', { cat: '1MB' }));
    expect([simulator.position, simulator.length, [...simulator.events(0, 0)]]).toEqual([0, 0, []]);
    expect(simulator.store.versions.size).toBe(1);
  });
});
