import type { StoreEvent } from '../../decider/event.ts';
import { type Names, withName } from '../../explore/exploration.ts';
import { type Decision, refused } from '../../lifecycle/decision.ts';
import type { Action } from '../../simulator/action.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { emptySortedTable } from '../../values/sorted-table.ts';
import type { Folders } from '../language/scenario.ts';
import type { DoingStep } from '../language/schema-steps.ts';
import { commandsOf, idUsedBy } from './commands-of.ts';

/**
 * The actions of a step, to be played until one is refused; null if it uses the id of a version that was not created.
 * Without `jobs`, a wait only moves the clock.
 */
export function actionsOf(
  step: DoingStep,
  names: Names,
  folders: Folders,
  jobs = true,
): readonly Action[] | null {
  switch (step.kind) {
    case 'wait':
      return jobs
        ? [{ type: 'wait', duration: step.body.wait }]
        : [{ type: 'moveClock', bySeconds: step.body.wait }];
    case 'collect':
      return [{ type: step.body.collect === 'step' ? 'collectStep' : 'collectGarbage' }];
    case 'expire':
      return [{ type: 'runExpiry' }];
    default:
      return commandsOf(step, names, folders);
  }
}

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
  perform(step: DoingStep, jobs = true): Decision<StoreEvent> {
    const actions = actionsOf(step, this.names, this.#folders, jobs);
    if (actions === null) return refused('versionNotFound', { version: idUsedBy(step) ?? '' });
    const events: StoreEvent[] = [];
    for (const action of actions) {
      const decision = this.#simulator.apply(action);
      if (!decision.ok) return decision;
      for (const event of decision.events) events.push(event);
    }
    const id = 'id' in step.body ? step.body.id : undefined;
    this.names = withName(this.names, id ?? null, events);
    return { ok: true, events };
  }
}
