import { accepted, type Decision } from '../lifecycle/decision.ts';
import { versionById } from '../store/look-up.ts';
import type { Evolvers, Store } from '../store/store.ts';
import { objectsOf } from '../store/stored-object.ts';
import { inState } from '../store/version.ts';
import type { VersionId } from '../values/names.ts';

/** Last step of garbage collection, once for each released version: it is DELETED, a tombstone. */
export interface CloseVersion {
  readonly type: 'closeVersion';
  readonly versionId: VersionId;
}

/** A version is DELETED: garbage collection has reviewed and released its files. */
export interface VersionClosed {
  readonly type: 'versionClosed';
  readonly versionId: VersionId;
}

/**
 * Decides the close of one version. As long as one of its objects waits for its sweep, or when it is closed
 * already, nothing changes, so that the step may be repeated (GC-8; basis: ours).
 */
export function decideClose(command: CloseVersion, store: Store): Decision<VersionClosed> {
  const { id: versionId, state, scope, manifest } = versionById(store, command.versionId);
  if (state.kind !== 'PENDING_DELETION' || state.stage !== 'released') return accepted([]);
  const { unreferenced } = store.garbageCollection;
  const waits =
    unreferenced.size > 0 && objectsOf(scope, manifest).some(([objectId]) => unreferenced.has(objectId));
  return waits ? accepted([]) : accepted([{ type: 'versionClosed', versionId }]);
}

/** What a close changes. */
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
