import type { StoreEvent } from '../decider/event.ts';
import { garbageCollectionRun } from '../gc/run.ts';
import { adviceFor } from '../simulator/advice/advice.ts';
import { closedVersions, freedBytes } from '../simulator/effects.ts';
import { fullNameOfVersion } from '../store/look-up.ts';
import type { Store } from '../store/store.ts';
import type { Bytes } from '../values/units.ts';
import { type Answer, answered } from './answer.ts';
import type { Service } from './turns.ts';

/** The effects of garbage collection, or of time that passed. */
export interface Effects {
  /** Every event, in order. */
  readonly events: readonly StoreEvent[];
  /** The sum of the objects deleted from the bucket, in bytes (GC-2). */
  readonly freedBytes: Bytes;
  /** The full names of the versions that became DELETED. */
  readonly deleted: readonly string[];
}

/** The effects of events, with names from the store after them. */
export function effectsOf(events: readonly StoreEvent[], store: Store): Effects {
  return { events, freedBytes: freedBytes(events), deleted: deletedNames(events, store) };
}

/**
 * Runs garbage collection, each step in a turn of its own, so that other calls may come between any two (GC-9). Refuses
 * if a requirement is missing (GC-6).
 */
export async function collectGarbage(service: Service): Promise<Answer<Effects>> {
  const call = service.nextCall();
  const events: StoreEvent[] = [];
  const deleted: string[] = [];
  let run: ReturnType<typeof garbageCollectionRun> | undefined;
  let caused: readonly StoreEvent[] = [];
  for (;;) {
    const over = await service.turn(
      'collect garbage',
      (turn): Answer<unknown> | null => {
        run ??= garbageCollectionRun(() => service.store);
        const next = run.next(caused);
        if (next.done === true) {
          if (next.value === undefined) return answered(null);
          const { refusal } = next.value;
          return { ...next.value, advice: adviceFor({ type: 'collectGarbage' }, refusal, turn.store) };
        }
        const step = turn.apply(next.value);
        if (!step.ok) return step;
        caused = step.value;
        for (const event of caused) events.push(event);
        // By now the call that made the version may have been undone.
        deleted.push(...deletedNames(caused, turn.store));
        return null;
      },
      call,
    );
    if (over?.ok === false) return over;
    if (over !== null) return answered({ events, freedBytes: freedBytes(events), deleted });
  }
}

function deletedNames(events: readonly StoreEvent[], store: Store): readonly string[] {
  return closedVersions(events).map((versionId) => fullNameOfVersion(store, versionId));
}
