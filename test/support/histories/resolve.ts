import { History, type HistoryStep, stepOf } from './history.ts';
import { NO_NAMES, playStep, simulatorFor } from './play-history.ts';
import type { StoryHead } from './story-step.ts';
import { World } from './world.ts';

/** What somebody is about to do: the steps, chosen from what there is; each is played before the next is chosen. */
export type Plan = (world: World) => Iterable<HistoryStep>;

/**
 * The history that plans make, by playing it once. Every version that is logged gets an id. What the language cannot
 * write is left out, and a step that throws is the last.
 */
export function historyOf(head: StoryHead, plans: readonly Plan[]): History {
  const steps: HistoryStep[] = [];
  const simulator = simulatorFor(new History(head, []));
  const world = new World(simulator);
  let names = NO_NAMES;
  for (const plan of plans) {
    for (const chosen of plan(world)) {
      const step = withId(chosen, `s${steps.length + 1}`);
      if (!('command' in step) && stepOf(step) === null) continue;
      steps.push(step);
      try {
        const playing = playStep(step, simulator, names);
        let next = playing.next();
        for (; next.done !== true; next = playing.next()) {
          const { outcome } = next.value;
          if (outcome.ok) world.remember(outcome.events, 'id' in step ? step.id : undefined);
        }
        names = next.value;
      } catch {
        return new History(head, steps);
      }
    }
  }
  return new History(head, steps);
}

function withId(step: HistoryStep, id: string): HistoryStep {
  return 'log' in step || 'begin' in step || 'draft' in step ? { ...step, id } : step;
}
