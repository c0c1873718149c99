import { describe, expect, test } from 'vitest';
import type { Move } from '../../src/explore/exploration.ts';
import { explore, type SearchOptions } from '../../src/explore/explore.ts';
import { guilt } from '../narration/answers/searched.ts';
import { log } from '../support/stores/builders.ts';
import { commandMove, explorationOfActors } from './made-transitions.ts';

const EXPECTED = 'a step is refused as the story expects';

/** Actors whose moves log into their own artifact collections; the moves in `wrong` should be refused. */
function searchOf(lengths: readonly number[], wrong: readonly string[], options: SearchOptions = {}) {
  const taken: string[] = [];
  const moveOf = (actor: number, nth: number): Move => {
    const name = `c${actor}-${nth}`;
    return commandMove({
      commands: () => {
        taken.push(name);
        return [log(name)];
      },
      refused: wrong.includes(name) ? 'not-found' : null,
      touches: new Set([name]),
    });
  };
  const actors = lengths.map((length, actor) => Array.from({ length }, (_, nth) => moveOf(actor, nth)));
  return { taken, result: explore(explorationOfActors(...actors), options) };
}

describe('a search takes no more steps than it needs', () => {
  test('each once where nothing was left out', () => {
    const { taken, result } = searchOf([2, 2], ['c1-1'], { prune: false });
    expect(taken).toHaveLength(result.transitions);
    expect(guilt(result)).toEqual({ [EXPECTED]: 2 });
  });

  test('each once where nothing is wrong, whatever was left out', () => {
    const { taken, result } = searchOf([2, 2], []);
    expect(taken).toEqual(['c0-0', 'c0-1', 'c1-0', 'c1-1']);
    expect(result.transitions).toBe(4);
  });

  test('each once where only one actor acts', () => {
    expect(searchOf([3], ['c0-2']).taken).toEqual(['c0-0', 'c0-1', 'c0-2']);
  });

  test('and again those of fewer steps than the longest way to what is wrong', () => {
    // The way that is found first has three steps; of at most two, there are five: one or two of each, or one of both.
    const { taken, result } = searchOf([2, 2], ['c1-0']);
    expect(taken.slice(0, 4)).toEqual(['c0-0', 'c0-1', 'c1-0', 'c1-1']);
    expect(taken.slice(4).sort()).toEqual(['c0-0', 'c0-0', 'c0-1', 'c1-0', 'c1-0', 'c1-1'].sort());
    expect(guilt(result)).toEqual({ [EXPECTED]: 1 });
    expect([result.states, result.transitions, result.orders]).toEqual([5, 4, 1n]);
  });
});

describe('a counterexample is kept', () => {
  const wayOf = (wrong: readonly string[]) => {
    const { verdicts } = searchOf([2, 2], wrong).result;
    return verdicts.find(({ property }) => property.name === EXPECTED)?.counterexample;
  };

  test('if it is as short as another that is found later', () => {
    expect(wayOf(['c0-0', 'c1-0'])?.choices).toEqual([{ actor: 0, kind: 'move' }]);
    expect(wayOf(['c0-1'])?.choices).toEqual([
      { actor: 0, kind: 'move' },
      { actor: 0, kind: 'move' },
    ]);
  });

  test('unless another is shorter', () => {
    expect(wayOf(['c1-0'])?.choices).toEqual([{ actor: 1, kind: 'move' }]);
    expect(wayOf(['c0-1', 'c1-0'])?.choices).toEqual([{ actor: 1, kind: 'move' }]);
  });
});

describe('whether to go on', () => {
  const asked = (lengths: readonly number[], goOn: (states: number) => boolean, more: SearchOptions = {}) => {
    const states: number[] = [];
    const options = { ...more, prune: false };
    const { result } = searchOf(lengths, [], {
      ...options,
      goOn: (found) => {
        states.push(found);
        return goOn(found);
      },
    });
    return { result, states };
  };

  test('is asked after the first state, and then about once in 256 steps', () => {
    const { result, states } = asked([13, 13], () => true);
    expect(result).toMatchObject({ states: 196, transitions: 364, bound: null });
    expect(states).toHaveLength(2);
    expect(states[0]).toBe(3);
    expect(states).toEqual([...states].sort((left, right) => left - right));
  });

  test('is not asked any more once there are too many states', () => {
    const { result, states } = asked([2, 2], () => false, { mostStates: 1 });
    expect(result.bound).toBe('states');
    expect(states).toEqual([]);
  });
});

describe('what holds', () => {
  test('is said to hold once everything is searched', () => {
    const { verdicts } = searchOf([1, 1], []).result;
    expect(verdicts.filter(({ property }) => property.kind !== 'sometimes')).toEqual(
      verdicts
        .slice(0, -4)
        .map(({ property }) => ({ property, holds: true, counterexample: null, example: null })),
    );
    expect(verdicts.slice(-4).map(({ holds }) => holds)).toEqual([false, false, false, false]);
  });
});
