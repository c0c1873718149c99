import { accepted, type Decision, type Refusal } from '../lifecycle/decision.ts';
import type { Evolvers, Store } from '../store/store.ts';
import { refusedByRequirements } from './requirements.ts';

/** Records that scheduled garbage collection runs are skipped because a requirement is missing. */
export interface SkipGarbageCollection {
  readonly type: 'skipGarbageCollection';
  /** How many scheduled runs with something to do are skipped, including this one. */
  readonly runs: number;
}

/** Scheduled runs had something to collect but a requirement is missing: nothing is freed (GC-6). */
export interface GarbageCollectionSkipped {
  readonly type: 'garbageCollectionSkipped';
  readonly runs: number;
  readonly refusal: Refusal;
}

/** Decides skipped runs. Nothing happens if no requirement is missing. */
export function decideSkip(command: SkipGarbageCollection, store: Store): Decision<GarbageCollectionSkipped> {
  const missing = refusedByRequirements(store.settings);
  if (missing === undefined) return accepted([]);
  return accepted([{ type: 'garbageCollectionSkipped', runs: command.runs, refusal: missing.refusal }]);
}

/** The evolver of this chapter: a skipped run changes nothing. */
export const EVOLVE_SKIP: Evolvers<GarbageCollectionSkipped> = {
  garbageCollectionSkipped: () => {},
};
