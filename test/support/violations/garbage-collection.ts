import type { StoreEvent } from '../../../src/decider/event.ts';
import type { Store } from '../../../src/store/store.ts';
import type { VersionId } from '../../../src/values/names.ts';
import { naiveHolders, naiveObjectsOf } from '../naive/look-ups.ts';
import { mayCollect } from '../naive/permission.ts';
import { type Claim, kept, sameSet, stateOf, stored, versionOf } from './claims.ts';

/** What must be so of an event of garbage collection, of the bucket or of the clock, on the store on which it happens. */
export function collectingClaims(event: StoreEvent, store: Store): readonly Claim[] {
  switch (event.type) {
    case 'clockMoved':
      return [['GC-1: time goes on', event.to > store.now]];
    case 'versionsReviewed':
      return [
        ['GC-1: all that is due is reviewed', sameSet(event.versionIds, new Set(dueIn(store)))],
        ['GC-1: each is reviewed once', event.versionIds.length === new Set(event.versionIds).size],
      ];
    case 'holdsReleased': {
      const holders = naiveHolders(store);
      const held = naiveObjectsOf(versionOf(store, event.versionId));
      const last = [...held].filter((key) => holders.get(key)?.size === 1);
      const released = [...event.stillHeld, ...event.unreferenced];
      return [
        ['GC-2: every hold is released, once', sameSet(released, held) && released.length === held.size],
        ['GC-2: it was the last holder of what is unreferenced', sameSet(event.unreferenced, new Set(last))],
        ['GC-1: it was reviewed', stageOf(store, event.versionId) === 'reviewed'],
      ];
    }
    case 'objectSwept':
      return [
        ['GC-9: nobody holds it', naiveHolders(store).get(event.objectId) === undefined],
        [
          'GC-2: it frees its bytes, as far as the store knows that they are there',
          event.freedBytes ===
            (store.outOfBand.has(event.objectId) ? 0 : store.objects.get(event.objectId)?.sizeBytes),
        ],
      ];
    case 'objectRetained':
      return [['GC-9: so many hold it', naiveHolders(store).get(event.objectId)?.size === event.holders]];
    case 'versionClosed': {
      const waiting = [...naiveObjectsOf(versionOf(store, event.versionId))].filter((key) =>
        [...store.garbageCollection.unreferenced.keys()].some((objectId) => objectId === key),
      );
      return [
        ['GC-2: it had released its holds', stageOf(store, event.versionId) === 'released'],
        ['GC-2: none of its objects waits for its sweep', waiting.length === 0],
      ];
    }
    case 'bucketCallFaulted':
      return [
        [
          'GC-8: it is the next fault that was planned for such a call',
          store.bucketFaults.find((planned) => planned.call === event.call)?.fault === event.fault,
        ],
      ];
    case 'undeletedOutOfBand':
      return [['BKT-2: the bucket kept it', kept(store, event.objectId) && !stored(store, event.objectId)]];
    case 'deletedOutOfBand':
      return [['BKT-6: it was stored', stored(store, event.objectId)]];
    case 'garbageCollectionSkipped':
      return [
        ['GC-6: garbage collection may not run', !mayCollect(store.settings)],
        ['GC-1: a scheduled run found something to do', store.now % store.settings.gcEverySeconds === 0],
      ];
    default:
      return [];
  }
}

function dueIn(store: Store): readonly VersionId[] {
  return [...store.versions.unorderedRows()]
    .filter(
      ({ state }) =>
        state.kind === 'PENDING_DELETION' &&
        state.stage === 'waiting' &&
        state.deletedAt + store.settings.retentionSeconds <= store.now,
    )
    .map((version) => version.id);
}

function stageOf(store: Store, versionId: VersionId): string {
  const state = stateOf(store, versionId);
  return state.kind === 'PENDING_DELETION' ? state.stage : state.kind;
}
