import { describe, expect, test } from 'vitest';
import type { Footprint, Move } from '../../src/explore/exploration.ts';
import { choicesToSearch, isApart } from '../../src/explore/independence.ts';
import { choicesIn } from '../../src/explore/transitions.ts';
import { collectMove, commandMove, explorationOfActors, stateIn } from './made-transitions.ts';

const touching = (...keys: readonly string[]): Move => commandMove({ touches: new Set(keys) });
const anything: Move = commandMove({ touches: 'everything' });

/** The actors that are searched once each of them has done so many moves. */
function searched(actors: readonly (readonly Move[])[], done = actors.map(() => 0)): readonly number[] {
  const exploration = explorationOfActors(...actors);
  const state = stateIn(exploration, { done });
  return choicesToSearch(exploration, state, choicesIn(exploration, state)).map(({ actor }) => actor);
}

describe('two footprints', () => {
  const of = (...keys: readonly string[]): Footprint => new Set(keys);

  test.each<[Footprint, Footprint, boolean]>([
    [of('m'), of('n'), true],
    [of(), of('n'), true],
    [of('m', 'x'), of('n', 'x'), false],
    [of('m'), of('m'), false],
    ['everything', of(), false],
    [of(), 'everything', false],
    ['everything', 'everything', false],
  ])('%o and %o are apart: %s', (left, right, expected) => {
    expect(isApart(left, right)).toBe(expected);
    expect(isApart(right, left)).toBe(expected);
  });
});

describe('of the moves that come next', () => {
  test('all are searched where each has to do with another', () => {
    expect(searched([[touching('m')], [touching('m')]])).toEqual([0, 1]);
    expect(searched([[anything], [touching('m')]])).toEqual([0, 1]);
  });

  test('the first is searched alone that has to do with none', () => {
    expect(searched([[touching('m')], [touching('n')]])).toEqual([0]);
    expect(searched([[touching('m')], [touching('n')], [touching('m')]])).toEqual([1]);
  });

  test('one is not searched alone if it has to do with a later move of another', () => {
    expect(searched([[touching('m')], [touching('n'), touching('m')], [touching('n')]])).toEqual([0, 1, 2]);
  });

  test('one is searched alone if it only has to do with moves that are done, or its own', () => {
    const actors = [
      [touching('m'), touching('m')],
      [touching('m'), touching('n')],
    ];
    expect(searched(actors)).toEqual([0, 1]);
    expect(searched(actors, [0, 1])).toEqual([0]);
    expect(searched(actors, [1, 1])).toEqual([0]);
  });

  test('a step of the collector is never searched alone', () => {
    expect(searched([[collectMove('m')], [touching('m')]])).toEqual([0, 1]);
    expect(searched([[collectMove('m')], [collectMove('n')]])).toEqual([0, 1]);
  });
});
