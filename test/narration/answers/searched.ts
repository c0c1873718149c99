import { beginningOf, type Exploration, type State } from '../../../src/explore/exploration.ts';
import { explore, type SearchOptions, type SearchResult } from '../../../src/explore/explore.ts';
import { ALWAYS, collectedToTheEnd, FINALLY } from '../../../src/explore/properties.ts';
import { type Choice, choicesIn, take } from '../../../src/explore/transitions.ts';
import { NO_FOLDERS } from '../../../src/scenario/language/scenario.ts';
import { explorationOf } from '../../../src/scenario/play/exploration-of.ts';
import type { CollectorName } from '../../../src/store/settings.ts';
import { storyIn } from '../../support/stores/story.ts';

/** The exploration in the text of a story, with another collector where one is named. */
export function explorationIn(text: string, collector?: CollectorName): Exploration {
  const scenario = storyIn(text);
  const settings = collector === undefined ? scenario.settings : { ...scenario.settings, collector };
  return explorationOf({ ...scenario, settings }, NO_FOLDERS);
}

/** What a search finds out about the story in a text. */
export function searched(text: string, collector?: CollectorName, options: SearchOptions = {}): SearchResult {
  return explore(explorationIn(text, collector), options);
}

/** Each property that is broken, with the number of steps of its counterexample. */
export function guilt({ verdicts }: SearchResult): Readonly<Record<string, number>> {
  return Object.fromEntries(
    verdicts.flatMap(({ property, counterexample }) =>
      counterexample === null ? [] : [[property.name, counterexample.choices.length]],
    ),
  );
}

/** The names of what should have been met on the way, and was not. */
export function unmet({ verdicts }: SearchResult): readonly string[] {
  return verdicts
    .filter(({ property, holds }) => property.kind === 'sometimes' && holds !== true)
    .map(({ property }) => property.name);
}

/** How large a search was: states, transitions, orders. */
export function size({ states, transitions, orders }: SearchResult): readonly [number, number, number] {
  return [states, transitions, Number(orders)];
}

/** What the plainest search finds: every order on its own, one after the other; nothing is merged, nothing pruned. */
export interface PlainSearch {
  /** How many orders have an end within so many steps. */
  readonly orders: number;
  /** Each property that is broken, with the least number of steps after which it is. */
  readonly broken: ReadonlyMap<string, number>;
  /** Each claim that some state is as it says, with the least number of steps to one that is. */
  readonly reached: ReadonlyMap<string, number>;
}

/**
 * Walks every order on its own, depth first, with at most so many steps. It knows the steps and the properties; of how
 * a search goes about its work it shares nothing.
 */
export function searchPlainly(exploration: Exploration, mostSteps = Number.POSITIVE_INFINITY): PlainSearch {
  const broken = new Map<string, number>();
  const reached = new Map<string, number>();
  let orders = 0;
  const note = (name: string, steps: number, found = broken) =>
    found.set(name, Math.min(steps, found.get(name) ?? Number.POSITIVE_INFINITY));
  const walk = (state: State, steps: number, damaged: boolean): void => {
    const choices = choicesIn(exploration, state);
    for (const { kind, name, wrong } of exploration.claims) {
      const isSo = unless(damaged, () => wrong(state).length === 0);
      if (kind === 'reachable' && isSo === true) note(name, steps, reached);
      const isMeant = kind === 'always' || (kind === 'finally' && choices.length === 0);
      if (isMeant && isSo === false) note(name, steps);
    }
    if (choices.length === 0) {
      orders += 1;
      const end = unless(damaged, () => collectedToTheEnd(state.store));
      for (const { name, broken: wrong } of FINALLY) if (end && wrong(end).length > 0) note(name, steps);
    }
    if (steps === mostSteps) return;
    for (const choice of choices) step(state, choice, steps + 1, damaged);
  };
  const step = (state: State, choice: Choice, steps: number, damaged: boolean): void => {
    const transition = unless(damaged, () => take(exploration, state, choice));
    if (transition === null) {
      orders += 1;
      return;
    }
    const wrong = ALWAYS.filter((property) => property.broken(transition, exploration).length > 0);
    for (const { name } of wrong) note(name, steps);
    walk(transition.after, steps, damaged || wrong.length > 0);
  };
  const start = beginningOf(exploration);
  const wrong = ALWAYS.filter(({ brokenInStart: fromIt }) => (fromIt?.(start.store) ?? []).length > 0);
  for (const { name } of wrong) note(name, 0);
  walk(start, 0, wrong.length > 0);
  return { orders, broken, reached };
}

// In a store that is broken already, the model may come upon what it takes for impossible.
function unless<Result>(damaged: boolean, act: () => Result): Result | null {
  try {
    return act();
  } catch (problem) {
    if (damaged) return null;
    throw problem;
  }
}
