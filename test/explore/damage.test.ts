import { describe, expect, test } from 'vitest';
import type { Move } from '../../src/explore/exploration.ts';
import { explore, type SearchOptions } from '../../src/explore/explore.ts';
import { guilt } from '../narration/answers/searched.ts';
import { log } from '../support/stores/builders.ts';
import { commandMove, explorationOfActors } from './made-transitions.ts';

const EXPECTED = 'a step is refused as the story expects';

/** A move that is wrong: it should be refused, and goes through. */
const wrong = (collection: string) =>
  commandMove({ commands: () => [log(collection)], refused: 'not-found', touches: new Set([collection]) });
/** A move that only logs. */
const harmless = (collection: string) =>
  commandMove({ commands: () => [log(collection)], touches: new Set([collection]) });
/** A move at which the model finds what it takes for impossible. */
const impossible: Move = commandMove({
  commands: () => {
    throw new Error('impossible');
  },
});

const searchOf = (actors: readonly (readonly Move[])[], options: SearchOptions = {}) =>
  explore(explorationOfActors(...actors), options);

describe('what the model takes for impossible', () => {
  test('ends the way where something is wrong already', () => {
    const result = searchOf([[wrong('m'), impossible]]);
    expect(guilt(result)).toEqual({ [EXPECTED]: 1 });
    expect([result.states, result.transitions, result.orders]).toEqual([2, 2, 1n]);
  });

  test('ends the way however long ago that was', () => {
    expect(guilt(searchOf([[wrong('m'), harmless('m'), harmless('n'), impossible]]))).toEqual({
      [EXPECTED]: 1,
    });
  });

  test('is a bug where nothing is wrong', () => {
    expect(() => searchOf([[impossible]])).toThrow('impossible');
    expect(() => searchOf([[harmless('m'), impossible]])).toThrow('impossible');
  });

  test('is a bug where something is wrong only on other ways', () => {
    expect(() => searchOf([[wrong('m')], [impossible]], { prune: false })).toThrow('impossible');
  });

  test('ends only its own way', () => {
    const result = searchOf([[wrong('m'), impossible], [harmless('n')]], { prune: false });
    expect(result.states).toBe(4);
    expect(guilt(result)).toEqual({ [EXPECTED]: 1 });
  });
});
