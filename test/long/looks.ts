import fc from 'fast-check';
import { brokenInvariants } from '../../src/store/invariants/invariants.ts';
import { histories, steadyHistories } from '../support/arbitraries/histories.ts';
import { collectedBy, uninterrupted } from '../support/histories/changed-histories.ts';
import { type History, storyText } from '../support/histories/history.ts';
import { playHistory } from '../support/histories/play-history.ts';
import { differenceBetween } from '../support/naive/comparison.ts';
import { withinModel } from '../support/naive/within-model.ts';
import {
  decisionDifferences,
  finalDifferences,
  type Observer,
  ORACLE,
  RIGHT,
  stateDifferences,
} from '../support/violations/collector-comparison.ts';
import type { Tally } from './tally.ts';

/** One way to look at random histories. */
export interface Look {
  readonly name: string;
  /** Plays histories of this seed, and answers the first that is wrong, shrunk and as a story; null where none is. */
  readonly play: (seed: number, times: number, tally: Tally) => string | null;
}

const SHORT = 16;
const FEW_CALLS = 5;

/** All of them, each with the same number of histories in turn. */
export const LOOKS: readonly Look[] = [
  look('the invariants', histories(SHORT), broken),
  look('two collectors, run by run', histories(SHORT).map(uninterrupted), (history, observer) =>
    stateDifferences(history, ORACLE, FEW_CALLS, observer),
  ),
  look('two collectors, crashes and faults', steadyHistories(SHORT), (history, observer) =>
    finalDifferences(history, ORACLE, observer),
  ),
  look('two collectors, step by step', histories(SHORT), (history, observer) =>
    decisionDifferences(history, ORACLE, observer),
  ),
  look('the naive model', histories(SHORT).map(withinModel), (history, { call }) => {
    for (const _step of history.steps) call();
    const difference = differenceBetween(history);
    return difference === null ? [] : [difference];
  }),
];

// A recount over everything costs more than a call, so it is made at some calls only, and at the last.
function broken(history: History, observer: Observer): readonly string[] {
  let at = 0;
  let last = null;
  for (const { after } of playHistory(collectedBy(RIGHT, history))) {
    observer.call();
    at += 1;
    last = after;
    if (at % FEW_CALLS > 0) continue;
    observer.store(after);
    const wrong = brokenInvariants(after);
    if (wrong.length > 0) return [`after call ${at}:`, ...wrong];
  }
  if (last === null) return [];
  observer.store(last);
  return brokenInvariants(last);
}

function look(
  name: string,
  arbitrary: fc.Arbitrary<History>,
  wrongWith: (history: History, observer: Observer) => readonly string[],
): Look {
  return {
    name,
    play: (seed, times, tally) => {
      const property = fc.property(arbitrary, (history) => {
        tally.history();
        return wrongWith(history, tally).length === 0;
      });
      // Also the shrinking of a difference ends with the time that is left.
      const bounds = { numRuns: times, interruptAfterTimeLimit: Math.max(1, tally.leftMs) };
      const { failed, counterexample } = fc.check(property, { ...bounds, seed });
      const [history] = counterexample ?? [];
      if (!failed || history === undefined) return null;
      const why = reasons(() => wrongWith(history, SILENT)).join('\n');
      return `${why}\n\n${storyText(name, history.head, history.steps)}`;
    },
  };
}

const SILENT: Observer = { call: () => {}, store: () => {} };

function reasons(wrong: () => readonly string[]): readonly string[] {
  try {
    return wrong();
  } catch (problem) {
    return [`it throws: ${problem instanceof Error ? problem.message : String(problem)}`];
  }
}
