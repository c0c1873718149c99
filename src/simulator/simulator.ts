import type { BucketFault } from '../bucket/faults.ts';
import type { Command } from '../decider/command.ts';
import { decide } from '../decider/decide.ts';
import type { StoreEvent } from '../decider/event.ts';
import { evolve } from '../decider/evolve.ts';
import { refusedByRequirements } from '../gc/requirements.ts';
import { nextScheduledWork } from '../gc/schedule.ts';
import { isInterruption, LAST_MOVE, nextMove, nextStep } from '../gc/steps.ts';
import type { Decision } from '../lifecycle/decision.ts';
import type { People } from '../store/people.ts';
import type { Settings } from '../store/settings.ts';
import { emptyStore, type Store } from '../store/store.ts';
import { assert } from '../values/result.ts';
import { type Instant, later, type Seconds, seconds } from '../values/units.ts';

/** What one call of the simulator came to: everything that happened, in order, or the refusal of it. */
export type Outcome = Decision<StoreEvent>;

/** The one place that remembers the current store. Each call plays commands on it and answers what happened. */
export class Simulator {
  #store: Store;

  /** A simulator of a store in which nothing has happened, under these switches, among these people. */
  constructor(settings?: Settings, people?: People, bucketFaults?: readonly BucketFault[]) {
    this.#store = emptyStore(settings, people, bucketFaults);
  }

  /** A simulator that goes on from a store, with its switches and its people. */
  static from(store: Store): Simulator {
    const simulator = new Simulator();
    simulator.#store = store;
    return simulator;
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
    return refusedByRequirements(this.#store.settings) ?? this.#described(collect);
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
    return this.#described((batch, events) => wait(batch, later(batch.store.now, duration), events));
  }

  // The store is the one before until all of it is played, and stays so where the player throws.
  #described(player: (batch: Simulator, events: StoreEvent[]) => void): Outcome {
    const events: StoreEvent[] = [];
    const batch = Simulator.from(this.#store);
    player(batch, events);
    this.#store = batch.store;
    return { ok: true, events };
  }
}

function collect(batch: Simulator, events: StoreEvent[]): void {
  for (let steps = 0; ; steps += 1) {
    const { command, ends } = nextMove(batch.store, steps);
    const before = events.length;
    must(batch, command, events);
    if (ends) return;
    assert(events.length > before, `garbage collection makes progress at ${command.type}`);
    if (isInterruption(events)) break;
  }
  must(batch, LAST_MOVE.command, events);
}

function wait(batch: Simulator, end: Instant, events: StoreEvent[]): void {
  let skipped = false;
  for (;;) {
    const next = nextScheduledWork(batch.store, !skipped);
    if (next === null || next.at > end) break;
    moveClockTo(batch, next.at, events);
    if (next.drops) must(batch, { type: 'dropCopies' }, events);
    if (!next.runs) continue;
    must(batch, { type: 'expireVersions' }, events);
    must(batch, { type: 'abandonStaleUploads' }, events);
    if (skipped || nextStep(batch.store) === null) continue;
    skipped = scheduledCollection(batch, end, events);
  }
  moveClockTo(batch, end, events);
}

// Runs that may not take place are told once, with their number: nothing that happens while time passes lets them.
function scheduledCollection(batch: Simulator, end: Instant, events: StoreEvent[]): boolean {
  const { now, settings } = batch.store;
  if (refusedByRequirements(settings) !== undefined) {
    const runs = Math.floor((end - now) / settings.gcEverySeconds) + 1;
    must(batch, { type: 'skipGarbageCollection', runs }, events);
    return true;
  }
  collect(batch, events);
  return false;
}

function moveClockTo(batch: Simulator, instant: Instant, events: StoreEvent[]): void {
  must(batch, { type: 'moveClock', bySeconds: seconds(instant - batch.store.now) }, events);
}

// Adds what happened one by one: a run may cause more events than a call can have arguments.
function must(batch: Simulator, command: Command, events: StoreEvent[]): void {
  const outcome = batch.dispatch(command);
  if (!outcome.ok) throw new Error(`${command.type} was refused: ${outcome.refusal.sentence}`);
  for (const event of outcome.events) events.push(event);
}
