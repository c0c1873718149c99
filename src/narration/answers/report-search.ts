import type { Exploration } from '../../explore/exploration.ts';
import type { SearchResult } from '../../explore/explore.ts';
import { follow } from '../../explore/transitions.ts';
import { reportEvent } from '../events/event-report.ts';
import { labelOf } from './search.ts';

/** The document that `limbo explore --json` prints; the same story gives the same bytes, but where time was the limit. */
export function reportSearch(
  file: string,
  exploration: Exploration,
  result: SearchResult,
): Readonly<Record<string, unknown>> {
  return {
    file,
    collector: exploration.start.settings.collector,
    states: result.states,
    transitions: result.transitions,
    orders: String(result.orders),
    bound: result.bound,
    properties: result.verdicts.map(({ property, holds, counterexample }) => ({
      name: property.name,
      kind: property.kind,
      holds,
      counterexample:
        counterexample === null
          ? null
          : follow(exploration, counterexample.choices).map((transition) => {
              const { text } = labelOf(exploration, transition);
              const { refusal, events, after } = transition;
              return {
                actor: exploration.actors[transition.choice.actor]?.name ?? '',
                step: text,
                events: events.map((event) => reportEvent(event, after.store)),
                refusal,
              };
            }),
      wrong: counterexample?.wrong ?? [],
    })),
  };
}
