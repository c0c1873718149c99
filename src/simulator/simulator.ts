import type { Command } from '../decider/command.ts';
import { decide } from '../decider/decide.ts';
import type { StoreEvent } from '../decider/event.ts';
import { evolve } from '../decider/evolve.ts';
import { nextScheduledRun } from '../gc/schedule.ts';
import { nextStep } from '../gc/steps.ts';
import type { Decision } from '../lifecycle/decision.ts';
import type { Settings } from '../store/settings.ts';
import { emptyStore, type Store } from '../store/store.ts';
import { assert } from '../values/result.ts';
import { type Seconds, seconds } from '../values/units.ts';

/** What one call of the simulator came to: everything that happened, in order, or the refusal of it. */
export type Outcome = Decision<StoreEvent>;

/** The one place that remembers the current store. Each call plays commands on it and answers what happened. */
export class Simulator {
  #store: Store;

  /** A simulator of a store in which nothing has happened, under these switches. */
  constructor(settings?: Settings) {
    this.#store = emptyStore(settings);
  }

  /** The store as it is now; frozen, and never changed by what happens later. */
  get store(): Store {
    return this.#store;
  }

  /** Plays one command. A refused one changes nothing. */
  dispatch(command: Command): Outcome {
    const outcome = decide(command, this.#store);
    if (outcome.ok && outcome.events.length > 0) this.#store = evolve(this.#store, outcome.events);
    return outcome;
  }

  /**
   * Runs garbage collection to its end, or to its planned crash, which uses the plan up whether or not the run
   * was long enough for it (GC-8).
   */
  collectGarbage(): readonly StoreEvent[] {
    const events: StoreEvent[] = [];
    for (let steps = 0; ; steps += 1) {
      if (this.#store.garbageCollection.crashAfterSteps === steps) {
        this.#must({ type: 'crashGarbageCollection', afterSteps: steps }, events);
        return events;
      }
      const step = nextStep(this.#store);
      if (step === null) break;
      const before = events.length;
      this.#must(step, events);
      assert(events.length > before, `garbage collection makes progress at ${step.type}`);
    }
    this.#must({ type: 'forgetCrash' }, events);
    return events;
  }

  /**
   * Lets time pass. The scheduled jobs that find something to do are played on the way, each at its time: first
   * stale uploads are given up (LOG-8), then garbage is collected (GC-1; basis: doc, chosen). Refused with `too-large`, before anything happens.
   */
  wait(duration: Seconds): Outcome {
    const arrival = decide({ type: 'moveClock', bySeconds: duration }, this.#store);
    if (!arrival.ok) return arrival;
    const end = this.#store.now + duration;
    const events: StoreEvent[] = [];
    for (;;) {
      const run = nextScheduledRun(this.#store);
      if (run === null || run > end) break;
      this.#moveClockTo(run, events);
      this.#must({ type: 'abandonStaleUploads' }, events);
      if (nextStep(this.#store) === null) continue;
      for (const event of this.collectGarbage()) events.push(event);
    }
    this.#moveClockTo(end, events);
    return { ok: true, events };
  }

  #moveClockTo(instant: number, events: StoreEvent[]): void {
    this.#must({ type: 'moveClock', bySeconds: seconds(instant - this.#store.now) }, events);
  }

  // Adds what happened one by one: a run may cause more events than a call can have arguments.
  #must(command: Command, events: StoreEvent[]): void {
    const outcome = this.dispatch(command);
    if (!outcome.ok) throw new Error(`${command.type} was refused: ${outcome.refusal.sentence}`);
    for (const event of outcome.events) events.push(event);
  }
}
