import { describe, expect, test } from 'vitest';
import { DENSE } from '../../src/simulator/checkpoints.ts';
import { Simulator } from '../../src/simulator/simulator.ts';
import { emptyStore } from '../../src/store/store.ts';
import { clock, log, remove } from '../support/stores/builders.ts';

/** A simulator of so many entries, and how often their actions have been played since. */
function counted(entries: number) {
  const simulator = new Simulator();
  let played = 0;
  const action = {
    ...clock('1s'),
    get by() {
      played += 1;
      return null;
    },
  };
  for (let index = 0; index < entries; index += 1) simulator.apply(action);
  /** How many are played by an act. */
  const playedBy = (act: () => void): number => {
    const before = played;
    act();
    return played - before;
  };
  return { simulator, playedBy };
}

/** What each step back costs, all the way from the end of a history to its start. */
function walkedBack(entries: number) {
  const { simulator, playedBy } = counted(entries);
  const costs = Array.from({ length: entries }, (_, at) =>
    playedBy(() => {
      simulator.goTo(entries - 1 - at);
      expect(simulator.store.now).toBe(entries - 1 - at);
    }),
  );
  return { simulator, costs };
}

describe('going back in a long history', () => {
  const LENGTH = 12 * DENSE;

  test('never replays much more than the dense distance in one step', () => {
    expect(Math.max(...walkedBack(LENGTH).costs)).toBeLessThan(DENSE + 16);
  });

  test('replays nothing but the gap to its last checkpoint where that is near', () => {
    const { costs } = walkedBack(LENGTH);
    expect(costs[0]).toBe(DENSE - 1);
    expect(costs[DENSE - 1]).toBe(0);
  });

  test('fills each wide gap once, not with every step', () => {
    const gaps = walkedBack(LENGTH).costs.reduce((sum, cost) => sum + cost, 0) - LENGTH * (DENSE / 2);
    expect(gaps).toBeLessThan(2 * LENGTH);
  });

  test('and forward again ends at the same time', () => {
    const { simulator } = walkedBack(LENGTH);
    for (const position of [1, DENSE, LENGTH - 1, LENGTH]) {
      simulator.goTo(position);
      expect(simulator.store.now).toBe(position);
    }
  });

  test('replays one entry with each step forward', () => {
    const { simulator, playedBy } = counted(LENGTH);
    simulator.goTo(0);
    const costs = Array.from({ length: 64 }, (_, at) => playedBy(() => simulator.goTo(at + 1)));
    expect(new Set(costs)).toEqual(new Set([1]));
  });
});

describe('reading a history', () => {
  test('replays each entry once where stores are read one after the other, and none that was read last', () => {
    const { simulator, playedBy } = counted(20);
    const read = (position: number) => playedBy(() => simulator.storeAt(position));
    expect([1, 2, 3, 7].map(read)).toEqual([1, 1, 1, 4]);
    expect(read(7)).toBe(0);
    expect(read(6)).toBe(6);
    expect(read(20)).toBe(0);
  });

  test('gives the events between two positions, whatever else the checkpoint is before', () => {
    const { simulator } = counted(10);
    expect([...simulator.events(4, 6)]).toEqual([
      [{ type: 'clockMoved', to: 5 }],
      [{ type: 'clockMoved', to: 6 }],
    ]);
    expect([...simulator.events(6, 6)]).toEqual([]);
  });

  test('of what was never there is a mistake, and changes nothing', () => {
    const { simulator } = counted(2);
    expect(() => simulator.goTo(-1)).toThrow('position -1');
    expect(() => simulator.goTo(3)).toThrow('position 3');
    expect(() => simulator.actions(2)).toThrow('entry 2');
    expect(simulator.position).toBe(2);
  });
});

describe('a group', () => {
  test('has the actions that changed something, and no others', () => {
    const simulator = new Simulator();
    simulator.group(() => {
      simulator.apply(log('animals', { cat: '1MB' }));
      simulator.apply(log('animals', { cat: '1MB' }));
      simulator.apply(clock('0s'));
      simulator.apply(remove('animals:v7'));
      simulator.apply(clock('1d'));
    });
    expect(simulator.actions(0).map(({ type }) => type)).toEqual(['logVersion', 'logVersion', 'moveClock']);
  });

  test('that changes nothing is no entry', () => {
    const simulator = new Simulator();
    simulator.group(() => simulator.apply(clock('0s')));
    expect([simulator.length, simulator.position]).toEqual([0, 0]);
  });
});

describe('a simulator without a history', () => {
  test('has the current store at every position, and no actions', () => {
    const simulator = new Simulator(emptyStore(), { remember: false });
    simulator.group(() => simulator.apply(clock('1d')));
    const { store } = simulator;
    simulator.goTo(0);
    expect(simulator.store).toBe(store);
    expect([simulator.storeAt(0), simulator.storeAt(5)]).toEqual([store, store]);
    expect(simulator.actions(0)).toEqual([]);
  });
});
