import type { StoreEvent } from '../decider/event.ts';
import { refusedByRequirements } from '../gc/requirements.ts';
import { isInterruption, LAST_MOVE, nextMove } from '../gc/steps.ts';
import { fullNameOfVersion } from '../store/look-up.ts';
import type { Store } from '../store/store.ts';
import { assert } from '../values/result.ts';
import type { Bytes } from '../values/units.ts';
import { errorOf } from './errors.ts';
import type { Server, ServerTurn } from './server.ts';

/** What came of garbage collection, or of time that passed. */
export interface Effects {
  /** Every event, in order. */
  readonly events: readonly StoreEvent[];
  /** The sum of the objects that were deleted from the bucket, in bytes (GC-2). */
  readonly freedBytes: Bytes;
  /** The versions that are DELETED since, by their full names. */
  readonly deleted: readonly string[];
}

/** What came of a turn, told from the store that it left. */
export function happened(events: readonly StoreEvent[], store: Store): Effects {
  return { events, freedBytes: freedBy(events), deleted: deletedBy(events, store) };
}

/**
 * Runs garbage collection, each step at a turn of its own, so that other calls may come between any two (GC-9). It ends
 * where the simulator's own run would: at its end, at its planned crash, or at a call of the bucket that fails (GC-8).
 */
export async function collectGarbage(server: Server): Promise<Effects> {
  const call = server.nextCall();
  const events: StoreEvent[] = [];
  const deleted: string[] = [];
  for (let steps = 0; ; steps += 1) {
    const step = await server.turn('collect garbage', (turn) => takeStep(turn, steps), call);
    for (const event of step.events) events.push(event);
    for (const name of step.deleted) deleted.push(name);
    if (step.over) return { events, freedBytes: freedBy(events), deleted };
  }
}

function takeStep(turn: ServerTurn, steps: number): Omit<Effects, 'freedBytes'> & { readonly over: boolean } {
  const missing = refusedByRequirements(turn.store.settings);
  if (missing !== undefined) throw errorOf(missing.refusal);
  const { command, ends } = nextMove(turn.store, steps);
  const events = turn.tell(command);
  assert(ends || events.length > 0, `garbage collection makes progress at ${command.type}`);
  // Named here: by the end of the run, somebody may have undone the call that made them.
  const deleted = deletedBy(events, turn.store);
  if (!isInterruption(events)) return { events, deleted, over: ends };
  return { events: [...events, ...turn.tell(LAST_MOVE.command)], deleted, over: true };
}

function freedBy(events: readonly StoreEvent[]): Bytes {
  return events.reduce(
    (sum, event) => (event.type === 'objectSwept' ? sum + event.freedBytes : sum),
    0,
  ) as Bytes;
}

function deletedBy(events: readonly StoreEvent[], store: Store): readonly string[] {
  return events.flatMap((event) =>
    event.type === 'versionClosed' ? [fullNameOfVersion(store, event.versionId)] : [],
  );
}
