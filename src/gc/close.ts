import { accepted, type Decision } from '../lifecycle/decision.ts';
import { versionById } from '../store/look-up.ts';
import type { Evolvers, Store } from '../store/store.ts';
import { objectsOf } from '../store/stored-object.ts';
import { inState } from '../store/version.ts';
import type { VersionId } from '../values/names.ts';

/** The last step of garbage collection, once for each released version: it becomes DELETED, a tombstone. */
export interface CloseVersion {
  readonly type: 'closeVersion';
  readonly versionId: VersionId;
}

/** A version became DELETED after its release. */
export interface VersionClosed {
  readonly type: 'versionClosed';
  readonly versionId: VersionId;
}

/**
 * Decides the close of a version. Nothing changes while one of its objects waits for its sweep, or if it is already
 * closed, so the step may be repeated (GC-8).
 */
export function decideClose(command: CloseVersion, store: Store): Decision<VersionClosed> {
  const { id: versionId, state, scope, manifest } = versionById(store, command.versionId);
  if (state.kind !== 'PENDING_DELETION' || state.stage !== 'released') return accepted([]);
  const { unreferenced } = store.garbageCollection;
  const waits =
    unreferenced.size > 0 && objectsOf(scope, manifest).some(([objectId]) => unreferenced.has(objectId));
  return waits ? accepted([]) : accepted([{ type: 'versionClosed', versionId }]);
}

/** The evolver of this chapter. */
export const EVOLVE_CLOSE: Evolvers<VersionClosed> = {
  versionClosed: (store, { versionId }) => {
    const { garbageCollection, versions, now } = store;
    const { state } = versionById({ versions }, versionId);
    const isReleased = state.kind === 'PENDING_DELETION';
    if (isReleased) garbageCollection.released = garbageCollection.released.remove(state.trashNumber);
    const committedAt = isReleased ? state.committedAt : null;
    store.versions = versions.amend(versionId, (version) =>
      inState(version, { kind: 'DELETED', closedAt: now, committedAt }),
    );
  },
};
