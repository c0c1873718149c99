import type { StoreEvent } from '../decider/event.ts';
import { refusedByRequirements } from '../gc/requirements.ts';
import { isInterruption, LAST_MOVE, nextMove } from '../gc/steps.ts';
import { assert } from '../values/result.ts';
import { errorOf } from './errors.ts';
import type { Server, ServerTurn } from './server.ts';

/**
 * Runs garbage collection, each step at a turn of its own, so that other calls may come between any two (GC-9). It ends
 * where the simulator's own run would: at its end, at its planned crash, or at a call of the bucket that fails (GC-8).
 */
export async function collectGarbage(server: Server): Promise<readonly StoreEvent[]> {
  const call = server.nextCall();
  const events: StoreEvent[] = [];
  for (let steps = 0; ; steps += 1) {
    const step = await server.turn('collect garbage', (turn) => takeStep(turn, steps), call);
    for (const event of step.events) events.push(event);
    if (step.over) return events;
  }
}

function takeStep(
  turn: ServerTurn,
  steps: number,
): { readonly events: readonly StoreEvent[]; readonly over: boolean } {
  const missing = refusedByRequirements(turn.store.settings);
  if (missing !== undefined) throw errorOf(missing.refusal);
  const { command, ends } = nextMove(turn.store, steps);
  const events = turn.tell(command);
  assert(ends || events.length > 0, `garbage collection makes progress at ${command.type}`);
  if (!isInterruption(events)) return { events, over: ends };
  return { events: [...events, ...turn.tell(LAST_MOVE.command)], over: true };
}
