import type { Command } from '../decider/command.ts';
import { decide } from '../decider/decide.ts';
import type { StoreEvent } from '../decider/event.ts';
import { evolve } from '../decider/evolve.ts';
import { refusedByRequirements } from '../gc/requirements.ts';
import { garbageCollectionRun } from '../gc/run.ts';
import { nextScheduledWork } from '../gc/schedule.ts';
import { nextStep } from '../gc/steps.ts';
import type { Decision, Refused } from '../lifecycle/decision.ts';
import type { Store } from '../store/store.ts';
import { type Instant, later, type Seconds, seconds } from '../values/units.ts';
import type { Action } from './action.ts';

/** The result of an action: what happened or why it was refused, and the store afterwards. */
export interface Played {
  readonly decision: Decision<StoreEvent>;
  readonly store: Store;
}

/** Plays one action on a store. A refused one changes nothing. */
export function playAction(store: Store, action: Action): Played {
  const playing = new Playing(store);
  const refused = playing.play(action);
  return {
    decision: refused ?? { ok: true, events: playing.events },
    store: refused === undefined ? playing.store : store,
  };
}

/** The commands of one action, played one after the other. */
class Playing {
  store: Store;
  readonly events: StoreEvent[] = [];

  constructor(store: Store) {
    this.store = store;
  }

  play(action: Action): Refused | undefined {
    switch (action.type) {
      case 'wait':
        return this.#wait(action.duration);
      case 'collectGarbage':
        return this.#collect();
      case 'collectStep':
        return this.#collectStep();
      case 'runExpiry':
        return this.#command({ type: 'expireVersions' }) ?? this.#command({ type: 'abandonStaleUploads' });
      default:
        return this.#command(action);
    }
  }

  #command(command: Command): Refused | undefined {
    const decision = decide(command, this.store);
    if (!decision.ok) return decision;
    if (decision.events.length > 0) this.store = evolve(this.store, decision.events);
    // One by one: a command may cause more events than a call can have arguments.
    for (const event of decision.events) this.events.push(event);
    return undefined;
  }

  #must(command: Command): void {
    const refused = this.#command(command);
    if (refused !== undefined) throw new Error(`${command.type} was refused: ${refused.refusal.sentence}`);
  }

  #collect(): Refused | undefined {
    const run = garbageCollectionRun(() => this.store);
    for (let next = run.next(); ; ) {
      if (next.done === true) return next.value;
      const before = this.events.length;
      this.#must(next.value);
      next = run.next(this.events.slice(before));
    }
  }

  #collectStep(): Refused | undefined {
    const step = nextStep(this.store);
    return refusedByRequirements(this.store.settings) ?? (step === null ? undefined : this.#command(step));
  }

  // The bucket drops its copies first (BKT-3, BKT-4); then versions expire (TTL-6), stale uploads are abandoned (LOG-8)
  // and garbage collection runs (GC-1), where one of them has something to do.
  #wait(duration: Seconds): Refused | undefined {
    const arrival = decide({ type: 'moveClock', bySeconds: duration }, this.store);
    if (!arrival.ok) return arrival;
    const end = later(this.store.now, duration);
    let skipped = false;
    for (;;) {
      const next = nextScheduledWork(this.store, !skipped);
      if (next === null || next.at > end) break;
      this.#moveClockTo(next.at);
      if (next.drops) this.#must({ type: 'dropCopies' });
      if (!next.runs) continue;
      this.play({ type: 'runExpiry' });
      if (!skipped && nextStep(this.store) !== null) skipped = this.#scheduledCollection(end);
    }
    this.#moveClockTo(end);
    return undefined;
  }

  // Skipped runs are reported once, with their number: nothing that happens while time passes enables them.
  #scheduledCollection(end: Instant): boolean {
    const { now, settings } = this.store;
    if (refusedByRequirements(settings) === undefined) {
      this.#collect();
      return false;
    }
    const runs = Math.floor((end - now) / settings.gcEverySeconds) + 1;
    this.#must({ type: 'skipGarbageCollection', runs });
    return true;
  }

  #moveClockTo(instant: Instant): void {
    this.#must({ type: 'moveClock', bySeconds: seconds(instant - this.store.now) });
  }
}
