import type { StoreEvent } from '../../decider/event.ts';
import { type Names, withName } from '../../explore/exploration.ts';
import { type Refused, refused } from '../../lifecycle/decision.ts';
import { actionTexts } from '../../narration/answers/advice.ts';
import type { Action } from '../../simulator/action.ts';
import { adviceFor } from '../../simulator/advice/advice.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import type { Store } from '../../store/store.ts';
import { emptySortedTable } from '../../values/sorted-table.ts';
import type { Folders } from '../language/scenario.ts';
import type { DoingStep } from '../language/schema-steps.ts';
import { actionLine } from '../language/step-of.ts';
import { commandsOf, durationOf } from './commands-of.ts';
import { targetText } from './step-targets.ts';

/**
 * The actions of a step in a store, to be played until one is refused; null if it uses the id of a version that was not created.
 * Without `jobs`, a wait only moves the clock.
 */
export function actionsOf(
  step: DoingStep,
  store: Store,
  names: Names,
  folders: Folders,
  jobs = true,
): readonly Action[] | null {
  switch (step.kind) {
    case 'wait':
      return jobs
        ? [{ type: 'wait', duration: durationOf(step, store) }]
        : [{ type: 'moveClock', bySeconds: durationOf(step, store) }];
    case 'collect':
      return [{ type: step.body.collect === 'step' ? 'collectStep' : 'collectGarbage' }];
    case 'expire':
      return [{ type: 'runExpiry' }];
    default:
      return commandsOf(step, store, names, folders);
  }
}

/** The result of a step: its events, or why it was refused and the steps that would go through instead. */
export type Performed =
  | { readonly ok: true; readonly events: readonly StoreEvent[] }
  | (Refused & { readonly advice: readonly string[] });

/** Plays the steps of one scenario on one simulator, and knows which version each id of the story names. */
export class Performer {
  /** The version that each id names so far. */
  names: Names = emptySortedTable();
  readonly #simulator: Simulator;
  readonly #folders: Folders;

  constructor(simulator: Simulator, folders: Folders) {
    this.#simulator = simulator;
    this.#folders = folders;
  }

  /** Plays one step. Without `jobs`, a wait only moves the clock. What was done before a refusal stays done. */
  perform(step: DoingStep, jobs = true): Performed {
    const actions = actionsOf(step, this.#simulator.store, this.names, this.#folders, jobs);
    if (actions === null) {
      return { ...refused('versionNotFound', { version: targetText(step) ?? '' }), advice: [] };
    }
    const events: StoreEvent[] = [];
    for (const action of actions) {
      const decision = this.#simulator.apply(action);
      if (!decision.ok) return { ...decision, advice: this.#advice(action, decision) };
      for (const event of decision.events) events.push(event);
    }
    const id = 'id' in step.body ? step.body.id : undefined;
    this.names = withName(this.names, id ?? null, events);
    return { ok: true, events };
  }

  #advice(action: Action, { refusal }: Refused): readonly string[] {
    const ids = new Map(Array.from(this.names.entries(), ([id, versionId]) => [versionId, id]));
    const actions = adviceFor(action, refusal, this.#simulator.store);
    return actionTexts(actions, (one) => actionLine(one, ids));
  }
}
