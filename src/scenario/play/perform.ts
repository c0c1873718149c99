import type { StoreEvent } from '../../decider/event.ts';
import { type Names, withName } from '../../explore/exploration.ts';
import { refused } from '../../lifecycle/decision.ts';
import type { Outcome, Simulator } from '../../simulator/simulator.ts';
import { emptySortedTable } from '../../values/sorted-table.ts';
import type { Folders } from '../language/scenario.ts';
import type { CommandingStep, DoingStep, Step } from '../language/schema-steps.ts';
import { commandsOf, idUsedBy } from './commands-of.ts';

/** Plays the steps of one scenario on one simulator. It knows which version each id of the story means. */
export class Performer {
  readonly #simulator: Simulator;
  readonly #folders: Folders;
  #names: Names = emptySortedTable();

  constructor(simulator: Simulator, folders: Folders) {
    this.#simulator = simulator;
    this.#folders = folders;
  }

  /** Which version each id means by now. */
  get names(): Names {
    return this.#names;
  }

  /**
   * Plays one step, and answers what happened, or why it was refused. Without the `jobs`, a wait moves the clock and
   * nothing else.
   */
  perform(step: DoingStep, jobs = true): Outcome {
    switch (step.kind) {
      case 'wait':
        return jobs
          ? this.#simulator.wait(step.body.wait)
          : this.#simulator.dispatch({ type: 'moveClock', bySeconds: step.body.wait });
      case 'collect':
        return step.body.collect === 'step'
          ? this.#simulator.collectOneStep()
          : this.#simulator.collectGarbage();
      default:
        return this.#remembering(step, this.#command(step));
    }
  }

  // Of several commands the first may be refused: then the others are not played either.
  #command(step: CommandingStep): Outcome {
    const commands = commandsOf(step, this.#names, this.#folders);
    if (commands === null) return refused('versionNotFound', { version: idUsedBy(step) ?? '' });
    const events: StoreEvent[] = [];
    for (const command of commands) {
      const outcome = this.#simulator.dispatch(command);
      if (!outcome.ok) return outcome;
      events.push(...outcome.events);
    }
    return { ok: true, events };
  }

  #remembering(step: Step, outcome: Outcome): Outcome {
    const id = 'id' in step.body ? step.body.id : undefined;
    if (outcome.ok) this.#names = withName(this.#names, id ?? null, outcome.events);
    return outcome;
  }
}
