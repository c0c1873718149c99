import { describe, expect, test } from 'vitest';
import { rehearsalOf } from '../../../src/insight/rehearsal/rehearsal.ts';
import { Simulator } from '../../../src/simulator/simulator.ts';
import {
  changeType,
  describeCollection,
  describeRun,
  describeVersion,
  log,
  removeWithAliases,
  rename,
  setTtl,
  time,
  use,
} from '../../support/stores/builders.ts';
import { given } from '../../support/stores/given.ts';
import { scriptOf } from '../../support/stores/script.ts';

describe('a rehearsal', () => {
  const { store } = given(
    log('animals', { cat: '2MB' }, { ttl: '1d' }),
    log('animals', { dog: '1MB' }),
    log('animals', { owl: '4MB' }),
  );
  const { plan, without, effects, refused } = rehearsalOf(
    scriptOf(store, [
      setTtl('animals:v2', '30d'),
      removeWithAliases('animals:v1'),
      removeWithAliases('animals:v9'),
    ]),
  );

  test('lists what the script changed by kind', () => {
    expect([...effects]).toEqual([
      ['versions deleted', ['animals:v1']],
      ['TTLs set', ['animals:v2']],
    ]);
  });

  test('lists what was edited and used, each once', () => {
    const { store: trained } = given(log('animals', { cat: '2MB' }, { run: 'train' }));
    const script = scriptOf(trained, [
      describeVersion('animals:v0'),
      describeVersion('animals:v0', { description: 'yours' }),
      use('animals:v0', 'train'),
      describeRun('train', { notes: 'done' }),
      describeRun('started-by-the-script', { notes: 'new' }),
      describeCollection('animals'),
      changeType('animals', 'picture'),
      rename('animals', 'pets'),
    ]);
    expect([...rehearsalOf(script).effects]).toEqual([
      ['versions edited', ['pets:v0']],
      ['versions used', ['pets:v0']],
      ['runs edited', ['train']],
      ['artifact collections edited', ['pets']],
    ]);
  });

  test('lists what was refused', () => {
    expect(refused.map(({ refusal, isNoticed }) => [refusal.code, isNoticed])).toEqual([
      ['not-found', false],
    ]);
  });

  test('foretells the figures with the script and without it, as time brings them about', () => {
    const [later] = plan.figures.later;
    const [otherwise] = without;
    const at = later?.at ?? 0;
    for (const [start, steps, told] of [
      [store, [setTtl('animals:v2', '30d'), removeWithAliases('animals:v1')], later],
      [store, [], otherwise],
    ] as const) {
      const simulator = new Simulator(start);
      for (const step of steps) simulator.apply(step);
      simulator.apply({ type: 'wait', duration: time(`${at}s`) });
      expect(simulator.store.bucket.storedBytes).toBe(told?.storedBytes);
    }
    expect(later?.storedBytes).toBeLessThan(otherwise?.storedBytes ?? 0);
  });
});
