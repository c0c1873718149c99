import type { BucketFault } from '../bucket/faults.ts';
import type { Command } from '../decider/command.ts';
import { decide } from '../decider/decide.ts';
import type { StoreEvent } from '../decider/event.ts';
import { evolve } from '../decider/evolve.ts';
import { refusedByRequirements } from '../gc/requirements.ts';
import { nextHappening } from '../gc/schedule.ts';
import { nextStep } from '../gc/steps.ts';
import type { Decision } from '../lifecycle/decision.ts';
import type { People } from '../store/people.ts';
import type { Settings } from '../store/settings.ts';
import { emptyStore, type Store } from '../store/store.ts';
import { assert } from '../values/result.ts';
import { type Seconds, seconds } from '../values/units.ts';

/** What one call of the simulator came to: everything that happened, in order, or the refusal of it. */
export type Outcome = Decision<StoreEvent>;

/** The one place that remembers the current store. Each call plays commands on it and answers what happened. */
export class Simulator {
  #store: Store;

  /** A simulator of a store in which nothing has happened, under these switches, among these people. */
  constructor(settings?: Settings, people?: People, bucketFaults?: readonly BucketFault[]) {
    this.#store = emptyStore(settings, people, bucketFaults);
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
   * Runs garbage collection to its end, to its planned crash, which uses the plan up whether or not the run was long
   * enough for it, or to a call of the bucket that fails (GC-8). Refused where a requirement is missing (GC-6; basis:
   * doc, said).
   */
  collectGarbage(): Outcome {
    const missing = refusedByRequirements(this.#store.settings);
    if (missing !== undefined) return missing;
    const events: StoreEvent[] = [];
    for (let steps = 0; ; steps += 1) {
      if (this.#store.garbageCollection.crashAfterSteps === steps) {
        this.#must({ type: 'crashGarbageCollection', afterSteps: steps }, events);
        return { ok: true, events };
      }
      const step = nextStep(this.#store);
      if (step === null) break;
      const before = events.length;
      this.#must(step, events);
      assert(events.length > before, `garbage collection makes progress at ${step.type}`);
      // The next run goes on from here: to try again at once would only keep a bucket busy that is in trouble.
      if (isInterruption(events.at(-1))) break;
    }
    this.#must({ type: 'forgetCrash' }, events);
    return { ok: true, events };
  }

  /** Takes the next step of garbage collection, and no more; none where there is nothing to do. Refused as a run is. */
  collectOneStep(): Outcome {
    const missing = refusedByRequirements(this.#store.settings);
    const step = nextStep(this.#store);
    if (missing !== undefined || step === null) return missing ?? { ok: true, events: [] };
    return this.dispatch(step);
  }

  /**
   * Lets time pass. What is to happen by itself is played on the way, each at its time: first the bucket drops its
   * copies (BKT-3, BKT-4), then at each scheduled run versions expire (TTL-6), stale uploads are given up (LOG-8) and
   * garbage is collected (GC-1; basis: doc, chosen). Refused with `too-large`, before anything happens.
   */
  wait(duration: Seconds): Outcome {
    const arrival = decide({ type: 'moveClock', bySeconds: duration }, this.#store);
    if (!arrival.ok) return arrival;
    const end = this.#store.now + duration;
    const events: StoreEvent[] = [];
    let skipped = false;
    for (;;) {
      const next = nextHappening(this.#store, !skipped);
      if (next === null || next.at > end) break;
      this.#moveClockTo(next.at, events);
      if (next.drops) this.#must({ type: 'dropCopies' }, events);
      if (!next.runs) continue;
      this.#must({ type: 'expireVersions' }, events);
      this.#must({ type: 'abandonStaleUploads' }, events);
      if (skipped || nextStep(this.#store) === null) continue;
      skipped = this.#scheduledCollection(end, events);
    }
    this.#moveClockTo(end, events);
    return { ok: true, events };
  }

  // Runs that may not take place are told once, with their number: nothing that happens while time passes lets them.
  #scheduledCollection(end: number, events: StoreEvent[]): boolean {
    const outcome = this.collectGarbage();
    if (outcome.ok) {
      for (const event of outcome.events) events.push(event);
      return false;
    }
    const { now, settings } = this.#store;
    const runs = Math.floor((end - now) / settings.gcEverySeconds) + 1;
    this.#must({ type: 'skipGarbageCollection', runs }, events);
    return true;
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

function isInterruption(event: StoreEvent | undefined): boolean {
  return event?.type === 'bucketCallFaulted';
}
