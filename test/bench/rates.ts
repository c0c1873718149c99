import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import type { Command } from '../../src/decider/command.ts';
import { explore } from '../../src/explore/explore.ts';
import { NO_FOLDERS } from '../../src/scenario/language/scenario.ts';
import { explorationOf } from '../../src/scenario/play/exploration-of.ts';
import { histories } from '../support/arbitraries/histories.ts';
import { playHistory } from '../support/histories/play-history.ts';
import { storyIn } from '../support/stores/story.ts';
import { play } from './limbo.ts';
import { load } from './load.ts';
import { operationsOf } from './operations.ts';
import { type Clock, rateOf } from './stopwatch.ts';
import { Workload } from './workload.ts';

/** How much is done in a second. */
export interface Rates {
  /** Events of the operations on a store of 10,000 versions, each command by itself. */
  readonly events: number;
  /** States of a small story that the explorer searches, with every property judged at each. */
  readonly states: number;
  /** Random histories of at most 30 steps that are played, without any property. */
  readonly histories: number;
}

const STORY = fileURLToPath(
  new URL('../../scenarios/4-garbage-collection/27-an-upload-a-cleanup-and-a-crash.yaml', import.meta.url),
);
const TIME_MS = 4_000;
const HISTORIES = 100;
const STEPS = 30;
const SEED = 7;

/** Measures the rates. */
export function measureRates(clock: Clock, described: (text: string) => void): Rates {
  return {
    events: eventRate(clock, described),
    states: stateRate(clock, described),
    histories: historyRate(clock, described),
  };
}

function eventRate(clock: Clock, described: (text: string) => void): number {
  const work = new Workload({ shape: 'spread', versions: 10_000 });
  const { store } = load(work, clock, described);
  const commands = operationsOf(work, 1).flatMap(({ before, action: make }): readonly Command[] => {
    const action = make();
    return action.kind === 'commands' ? [...before, ...action.commands] : before;
  });
  described('events');
  const { events } = play(store, commands);
  return events * rateOf(() => play(store, commands), clock, TIME_MS);
}

function stateRate(clock: Clock, described: (text: string) => void): number {
  described('states');
  const exploration = explorationOf(storyIn(readFileSync(STORY, 'utf8'), STORY), NO_FOLDERS);
  const { states } = explore(exploration);
  return states * rateOf(() => explore(exploration), clock, TIME_MS);
}

function historyRate(clock: Clock, described: (text: string) => void): number {
  described('histories');
  const some = fc.sample(histories(STEPS), { numRuns: HISTORIES, seed: SEED });
  const play = () => {
    let calls = 0;
    for (const history of some) for (const _played of playHistory(history)) calls += 1;
    return calls;
  };
  return HISTORIES * rateOf(play, clock, TIME_MS);
}
