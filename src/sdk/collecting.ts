import type { StoreEvent } from '../decider/event.ts';
import { garbageCollectionRun } from '../gc/run.ts';
import { adviceFor } from '../simulator/advice.ts';
import { closedVersions, freedBytes } from '../simulator/effects.ts';
import { fullNameOfVersion } from '../store/look-up.ts';
import type { Store } from '../store/store.ts';
import type { Bytes } from '../values/units.ts';
import { errorOf } from './errors.ts';
import type { Server } from './server.ts';

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
 * Runs garbage collection, each step in a turn of its own, so that other calls may come between any two (GC-9). Throws
 * the refusal if a requirement is missing (GC-6).
 */
export async function collectGarbage(server: Server): Promise<Effects> {
  const call = server.nextCall();
  const events: StoreEvent[] = [];
  const deleted: string[] = [];
  let run: ReturnType<typeof garbageCollectionRun> | undefined;
  let caused: readonly StoreEvent[] = [];
  for (let isOver = false; !isOver; ) {
    isOver = await server.turn(
      'collect garbage',
      (turn) => {
        run ??= garbageCollectionRun(() => server.store);
        const next = run.next(caused);
        if (next.done === true) {
          if (next.value !== undefined) {
            const { refusal } = next.value;
            throw errorOf(refusal, adviceFor({ type: 'collectGarbage' }, refusal, server.store));
          }
          return true;
        }
        caused = turn.play(next.value);
        for (const event of caused) events.push(event);
        // By now the call that made the version may have been undone.
        deleted.push(...deletedNames(caused, turn.store));
        return false;
      },
      call,
    );
  }
  return { events, freedBytes: freedBytes(events), deleted };
}

function deletedNames(events: readonly StoreEvent[], store: Store): readonly string[] {
  return closedVersions(events).map((versionId) => fullNameOfVersion(store, versionId));
}
