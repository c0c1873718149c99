import type { StoreEvent } from '../decider/event.ts';
import { canonicalStore } from '../explore/fingerprint.ts';
import { pastOf } from '../insight/recorded-events.ts';
import type { Scenario } from '../scenario/language/scenario.ts';
import { continuationOf, type Start, scenarioOf, type Written } from '../scenario/play/scenario-of.ts';
import type { Action } from '../simulator/action.ts';
import { Simulator } from '../simulator/simulator.ts';
import { emptyStore, type Store } from '../store/store.ts';

/** How a store was made: by these actions on a new store. */
export interface Beginning {
  readonly start: Start;
  readonly actions: readonly Action[];
}

/** How a new store is made: by no action. Null for any other store, which does not show how it was made. */
export function beginningAt(store: Store): Beginning | null {
  if (store.projects.size > 0 || store.people.registries.size > 0) return null;
  const { settings, people, bucketFaults, begins } = store;
  const isNew = canonicalStore(store) === canonicalStore(emptyStore(settings, people, bucketFaults, begins));
  return isNew ? { start: { settings, people, bucketFaults, registries: [], begins }, actions: [] } : null;
}

/** How the store at the end of a story was made: by these actions. Null for a story that starts from another store. */
export function beginningOf(story: Scenario, actions: readonly Action[]): Beginning | null {
  const { from, settings, people, bucketFaults, registries, begins } = story;
  return from === null ? { start: { settings, people, bucketFaults, registries, begins }, actions } : null;
}

/**
 * Everything until now as a scenario: from a new store if the beginning of the store at the start is known, otherwise
 * from the store at the start. A server may have given that store a date to begin at.
 */
export function storyOf(
  title: string,
  from: Store,
  beginning: Beginning | null,
  actions: readonly Action[],
): Written {
  return beginning === null
    ? continuationOf(title, from, actions)
    : scenarioOf(title, { ...beginning.start, begins: from.begins }, [...beginning.actions, ...actions]);
}

/** The events that led to the store at the start: all of them, or those that its versions record. */
export function* eventsBefore(from: Store, beginning: Beginning | null): Generator<StoreEvent> {
  if (beginning === null) {
    yield* pastOf(from);
    return;
  }
  const { settings, people, bucketFaults, begins } = beginning.start;
  const simulator = new Simulator(emptyStore(settings, people, bucketFaults, begins), { remember: false });
  for (const action of beginning.actions) {
    const decision = simulator.apply(action);
    if (decision.ok) yield* decision.events;
  }
}
