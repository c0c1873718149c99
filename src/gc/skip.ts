import { accepted, type Decision, type Refusal } from '../lifecycle/decision.ts';
import type { Evolvers, Store } from '../store/store.ts';
import { refusedByRequirements } from './requirements.ts';

/** Notes that scheduled runs of garbage collection do not take place, where a requirement is missing. */
export interface SkipGarbageCollection {
  readonly type: 'skipGarbageCollection';
  /** How many scheduled runs with something to do are skipped, this one included. */
  readonly runs: number;
}

/** Scheduled runs found something to collect and a requirement missing: nothing is freed (GC-6; basis: doc, said). */
export interface GarbageCollectionSkipped {
  readonly type: 'garbageCollectionSkipped';
  readonly runs: number;
  readonly refusal: Refusal;
}

/** Decides what becomes of scheduled runs that may not take place; where they may, nothing happens here. */
export function decideSkip(command: SkipGarbageCollection, store: Store): Decision<GarbageCollectionSkipped> {
  const missing = refusedByRequirements(store.settings);
  if (missing === undefined) return accepted([]);
  return accepted([{ type: 'garbageCollectionSkipped', runs: command.runs, refusal: missing.refusal }]);
}

/** What a skipped run changes: nothing. */
export const EVOLVE_SKIP: Evolvers<GarbageCollectionSkipped> = {
  garbageCollectionSkipped: () => {},
};
