import type { Command } from '../../src/decider/command.ts';
import type { StoreEvent } from '../../src/decider/event.ts';
import { canonicalStore } from '../../src/explore/fingerprint.ts';
import type { Decision } from '../../src/lifecycle/decision.ts';
import { Simulator } from '../../src/simulator/simulator.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../src/store/settings.ts';
import { emptyStore, type Store } from '../../src/store/store.ts';
import { log } from '../support/stores/builders.ts';

/** A simulator in which these commands were played, all of which must be accepted. */
export function simulated(commands: readonly Command[], settings: Partial<Settings> = {}): Simulator {
  const simulator = new Simulator(emptyStore({ ...DEFAULT_SETTINGS, ...settings }));
  for (const command of commands) eventsOf(simulator.apply(command));
  return simulator;
}

/** The events of what was accepted. */
export function eventsOf(outcome: Decision<StoreEvent>): readonly StoreEvent[] {
  if (!outcome.ok) throw new Error(outcome.refusal.sentence);
  return outcome.events;
}

/** What happened while waiting: the times at which the clock stopped, and what the jobs and the bucket did there. */
export function diary(events: readonly StoreEvent[]): readonly string[] {
  return events.flatMap((event): string[] => {
    switch (event.type) {
      case 'clockMoved':
        return [`${event.to / 3_600}h`];
      case 'versionExpired':
        return [`${serialOf(event.versionId)} expired`];
      case 'versionAbandoned':
        return [`${serialOf(event.versionId)} given up`];
      case 'versionClosed':
        return [`${serialOf(event.versionId)} closed`];
      case 'copiesDropped':
        return [`${event.dropped.length} dropped`];
      case 'bucketCallFaulted':
        return [`${event.call} ${event.fault}`];
      case 'garbageCollectionSkipped':
        return [`${event.runs} skipped`];
      case 'garbageCollectionCrashed':
        return ['crashed'];
      default:
        return [];
    }
  });
}

function serialOf(versionId: string): string {
  return versionId.slice(versionId.indexOf('#'));
}

/** A store as a text that is equal for equal stores. */
export function text(store: Store): string {
  return canonicalStore(store);
}

/** A simulator with this many entries, each a version, and the canonical store after each of them. */
export function longHistory(entries: number): {
  readonly simulator: Simulator;
  readonly texts: readonly string[];
} {
  const simulator = new Simulator();
  const texts = [text(simulator.store)];
  for (let index = 0; index < entries; index += 1) {
    simulator.apply(log('animals', { [`cat-${index}`]: '1MB' }));
    texts.push(text(simulator.store));
  }
  return { simulator, texts };
}
