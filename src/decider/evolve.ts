import { evolveClose } from '../gc/close.ts';
import { evolveCrash } from '../gc/crash.ts';
import { evolveRelease } from '../gc/release.ts';
import { evolveReview } from '../gc/review.ts';
import { evolveSweep } from '../gc/sweep.ts';
import { evolveAliasing } from '../lifecycle/aliasing.ts';
import { evolveFaulted } from '../lifecycle/bucket-calls.ts';
import { evolveCascadingDeletion } from '../lifecycle/cascading-deletion.ts';
import { evolveCollectionCreation } from '../lifecycle/collection-creation.ts';
import { evolveDropping } from '../lifecycle/copy-expiry.ts';
import { evolveDeleting } from '../lifecycle/deleting.ts';
import { evolveExpiring } from '../lifecycle/expiring.ts';
import { evolveLineage } from '../lifecycle/lineage.ts';
import { evolveLinking } from '../lifecycle/linking.ts';
import { evolveOperating } from '../lifecycle/operating.ts';
import { evolveOutOfBand } from '../lifecycle/out-of-band.ts';
import { evolveRecovering } from '../lifecycle/recovering.ts';
import { evolveRestoring } from '../lifecycle/restoring.ts';
import { evolveTtl } from '../lifecycle/time-to-live.ts';
import { evolveUploading } from '../lifecycle/uploading.ts';
import type { Store } from '../store/store.ts';
import { draftOf, type StoreDraft, storeOf } from '../store/store-draft.ts';
import { unreachable } from '../values/result.ts';
import type { StoreEvent } from './event.ts';

/** The store after these events, in one step. It never refuses; the store before stays as it was. */
export function evolve(store: Store, events: readonly StoreEvent[]): Store {
  const draft = draftOf(store);
  for (const event of events) evolveDraft(draft, event);
  return storeOf(draft, store);
}

/** Plays one event on the draft of a store, which is changed in place. */
export function evolveDraft(store: StoreDraft, event: StoreEvent): void {
  switch (event.type) {
    case 'collectionCreated':
      evolveCollectionCreation(store, event);
      break;
    case 'versionBegun':
    case 'versionCommitted':
    case 'versionAbandoned':
      evolveUploading(store, event);
      break;
    case 'versionReused':
      break;
    case 'aliasPut':
    case 'aliasRemoved':
    case 'aliasProtected':
      evolveAliasing(store, event);
      break;
    case 'versionLinked':
    case 'linkRemoved':
      evolveLinking(store, event);
      break;
    case 'lineageRecorded':
      evolveLineage(store, event);
      break;
    case 'versionDeleted':
    case 'deletionRefused':
      evolveDeleting(store, event);
      break;
    case 'collectionDeleted':
    case 'runDeleted':
      evolveCascadingDeletion(store, event);
      break;
    case 'versionRestored':
      evolveRestoring(store, event);
      break;
    case 'versionRecovered':
      evolveRecovering(store, event);
      break;
    case 'ttlSet':
    case 'ttlKept':
    case 'teamTtlSet':
      evolveTtl(store, event);
      break;
    case 'versionExpired':
      evolveExpiring(store, event);
      break;
    case 'bucketCallFaulted':
      evolveFaulted(store, event);
      break;
    case 'deletedOutOfBand':
    case 'undeletedOutOfBand':
      evolveOutOfBand(store, event);
      break;
    case 'copiesDropped':
      evolveDropping(store, event);
      break;
    case 'garbageCollectionSkipped':
      break;
    case 'settingsChanged':
    case 'bucketFaultsPlanned':
    case 'clockMoved':
      evolveOperating(store, event);
      break;
    case 'versionsReviewed':
      evolveReview(store, event);
      break;
    case 'holdsReleased':
      evolveRelease(store, event);
      break;
    case 'objectSwept':
    case 'objectRetained':
      evolveSweep(store, event);
      break;
    case 'versionClosed':
      evolveClose(store, event);
      break;
    case 'crashPlanned':
    case 'garbageCollectionCrashed':
    case 'crashForgotten':
      evolveCrash(store, event);
      break;
    default:
      unreachable(event);
  }
}
