import { parseTtl } from '../../../src/store/time-to-live.ts';
import type { VersionId } from '../../../src/values/names.ts';
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
  const ids = new Map<VersionId, string>();
  const world = new World(simulator, ids);
  let names = NO_NAMES;
  for (const plan of plans) {
    for (const chosen of plan(world)) {
      const id = `s${steps.length + 1}`;
      const named = 'log' in chosen || 'begin' in chosen || 'draft' in chosen ? { ...chosen, id } : chosen;
      const step = hasInvalidTtl(named) ? { ...named, refused: 'bad-ttl' } : named;
      if (!('command' in step) && stepOf(step) === null) continue;
      steps.push(step);
      try {
        const playing = playStep(step, simulator, names);
        let next = playing.next();
        while (next.done !== true) next = playing.next();
        names = next.value;
      } catch {
        return new History(head, steps);
      }
      const made = names.get(id);
      if (made !== undefined) ids.set(made, id);
    }
  }
  return new History(head, steps);
}

// A story may only write such a TTL where it says that it is refused.
function hasInvalidTtl(step: HistoryStep): boolean {
  if ('command' in step) return false;
  const given = (step.ttl === undefined ? undefined : step.is) ?? step['team ttl'] ?? step.ttl;
  return given !== undefined && parseTtl(given).kind === 'invalid';
}
