import { describe, expect, test } from 'vitest';
import { explore } from '../../src/explore/explore.ts';
import { explorationIn, searched } from '../narration/answers/searched.ts';
import { PATIENCE_MS } from '../support/property-runs.ts';

/** Actors who only log: the one m versions of one artifact collection, the next n of another. */
function loggers(...counts: readonly number[]): string {
  const actors = counts.map((count, at) => {
    const steps = Array.from({ length: count }, (_, nth) => `{ log: c${at}, files: { f${nth}: 1B } }`);
    return `  a${at}: [${steps.join(', ')}]`;
  });
  return `title: Loggers\nsteps: [{ log: m }]\ntogether:\n${actors.join('\n')}\n`;
}

/** Two actors of so many moves that change nothing. */
function idlers(count: number): string {
  const steps = Array.from({ length: count }, () => '{ restore: "m:v0" }').join(', ');
  return `title: Idlers\nsteps: [{ log: m }]\ntogether:\n  ann: [${steps}]\n  bob: [${steps}]\n`;
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

/** In how many orders lists of these lengths can be shuffled into one, each in its own order. */
function shuffles(lengths: readonly number[]): number {
  const all = lengths.reduce((sum, length) => sum + length, 0);
  return lengths.reduce((orders, length) => orders / factorial(length), factorial(all));
}

describe('the orders of moves that have nothing to do with one another', { timeout: PATIENCE_MS }, () => {
  test.each([[[1, 1]], [[2, 3]], [[4, 3]], [[0, 3]], [[1, 1, 1]], [[2, 2, 2]]])(
    '%j are counted as the formula says, from a state for each progress',
    (lengths) => {
      const whole = searched(loggers(...lengths), undefined, { prune: false });
      const cells = lengths.reduce((product, length) => product * (length + 1), 1);
      expect(whole.orders).toBe(BigInt(shuffles(lengths)));
      expect(whole.states).toBe(cells);
    },
  );

  test.each([[[2, 3]], [[2, 2, 2]]])('%j come to one where what is independent is pruned', (lengths) => {
    const steps = lengths.reduce((sum, length) => sum + length, 0);
    expect(searched(loggers(...lengths))).toMatchObject({
      states: steps + 1,
      transitions: steps,
      orders: 1n,
    });
  });

  test('are counted beyond what a number can say exactly', () => {
    // 60 over 30: merged, it is less than a thousand states.
    const { orders, states } = searched(idlers(30), undefined, { prune: false });
    expect([orders, states]).toEqual([118_264_581_564_861_424n, 961]);
  });
});

const RACE = `title: A race
server: { retention: 0s }
steps: [{ log: m, files: { a: 1B } }, { delete: "m:v0", deleteAliases: true }]
together:
  ann: [{ begin: m, id: up, files: { a: 1B } }, { commit: up }]
  collector: [collect]
`;

describe('a limit', { timeout: PATIENCE_MS }, () => {
  const exploration = explorationIn(RACE);
  const whole = explore(exploration);
  const known = (verdicts: typeof whole.verdicts) => verdicts.filter(({ holds }) => holds !== null);

  test('on states ends the search before it is exceeded, and nothing is known of what was not reached', () => {
    for (let mostStates = 1; mostStates < whole.states; mostStates += 1) {
      const { states, bound, verdicts } = explore(exploration, { mostStates });
      expect([states, bound]).toEqual([mostStates, 'states']);
      expect(known(verdicts).filter(({ property }) => property.kind !== 'sometimes')).toEqual([]);
      expect(known(verdicts).filter(({ holds }) => holds === false)).toEqual([]);
    }
  });

  test('equal to the number of states has no effect', () => {
    expect(explore(exploration, { mostStates: whole.states })).toEqual(whole);
  });

  test('leaves what was found broken as it is', () => {
    const guilty = explorationIn(RACE, 'counts-at-review');
    const all = explore(guilty);
    const { bound, verdicts } = explore(guilty, { mostStates: all.states - 1 });
    expect(bound).toBe('states');
    expect(known(verdicts).filter(({ holds }) => holds === false)).toEqual(
      all.verdicts.filter(({ counterexample }) => counterexample !== null),
    );
  });

  test('of time ends the search as soon as it is asked and over', () => {
    const asked: number[] = [];
    const goOn = (states: number) => {
      asked.push(states);
      return asked.length < 3;
    };
    const result = searched(idlers(30), undefined, { prune: false, goOn });
    expect(result.bound).toBe('seconds');
    expect(asked).toHaveLength(3);
    expect(asked.at(-1)).toBe(result.states);
    expect(result.states).toBeLessThan(961);
    const { verdicts } = result;
    expect(verdicts.filter(({ holds, property }) => property.kind !== 'sometimes' && holds !== null)).toEqual(
      [],
    );
  });
});
