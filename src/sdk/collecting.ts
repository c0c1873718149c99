import type { StoreEvent } from '../decider/event.ts';
import { refusedByRequirements } from '../gc/requirements.ts';
import { nextStep } from '../gc/steps.ts';
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
  if (turn.store.garbageCollection.crashAfterSteps === steps) {
    return { events: turn.tell({ type: 'crashGarbageCollection', afterSteps: steps }), over: true };
  }
  const step = nextStep(turn.store);
  if (step === null) return { events: turn.tell({ type: 'forgetCrash' }), over: true };
  const events = turn.tell(step);
  assert(events.length > 0, `garbage collection makes progress at ${step.type}`);
  if (events.at(-1)?.type !== 'bucketCallFaulted') return { events, over: false };
  return { events: [...events, ...turn.tell({ type: 'forgetCrash' })], over: true };
}
