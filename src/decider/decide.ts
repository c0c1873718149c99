import type { GarbageCollectionStep } from '../gc/collector.ts';
import { collectorOf } from '../gc/collector-of.ts';
import { decideCrash } from '../gc/crash.ts';
import { refusedByRequirements } from '../gc/requirements.ts';
import { decideSkip } from '../gc/skip.ts';
import { decideAliasing } from '../lifecycle/aliasing.ts';
import { decideCascadingDeletion } from '../lifecycle/cascading-deletion.ts';
import { decideDropping } from '../lifecycle/copy-expiry.ts';
import type { Decision } from '../lifecycle/decision.ts';
import { decideDeleting } from '../lifecycle/deleting.ts';
import { decideExpiring } from '../lifecycle/expiring.ts';
import { decideLineage } from '../lifecycle/lineage.ts';
import { decideLinking } from '../lifecycle/linking.ts';
import { decideLogging } from '../lifecycle/logging.ts';
import { decideOperating } from '../lifecycle/operating.ts';
import { decideOutOfBand } from '../lifecycle/out-of-band.ts';
import { decideRecovering } from '../lifecycle/recovering.ts';
import { decideRestoring } from '../lifecycle/restoring.ts';
import { decideTtl } from '../lifecycle/time-to-live.ts';
import { decideUploading } from '../lifecycle/uploading.ts';
import type { Store } from '../store/store.ts';
import type { Command } from './command.ts';
import type { StoreEvent } from './event.ts';
import { forbidden } from './permit.ts';

/** What a command comes to on a store: events, none where nothing changes, or a refusal. It changes nothing. */
export function decide(command: Command, store: Store): Decision<StoreEvent> {
  return forbidden(command, store) ?? decidePermitted(command, store);
}

function decidePermitted(command: Command, store: Store): Decision<StoreEvent> {
  switch (command.type) {
    case 'logVersion':
    case 'beginVersion':
    case 'logDraft':
      return decideLogging(command, store);
    case 'commitVersion':
    case 'abandonVersion':
    case 'abandonStaleUploads':
      return decideUploading(command, store);
    case 'editAliases':
      return decideAliasing(command, store);
    case 'linkVersion':
    case 'unlinkVersion':
      return decideLinking(command, store);
    case 'useVersion':
      return decideLineage(command, store);
    case 'deleteVersion':
    case 'deleteMatching':
      return decideDeleting(command, store);
    case 'deleteCollection':
    case 'deleteRun':
    case 'deleteProject':
      return decideCascadingDeletion(command, store);
    case 'restoreVersion':
      return decideRestoring(command, store);
    case 'recoverVersion':
      return decideRecovering(command, store);
    case 'setTtl':
    case 'setTeamTtl':
      return decideTtl(command, store);
    case 'expireVersions':
      return decideExpiring(command, store);
    case 'changeSettings':
    case 'planBucketFaults':
    case 'moveClock':
      return decideOperating(command, store);
    case 'deleteOutOfBand':
    case 'undeleteOutOfBand':
      return decideOutOfBand(command, store);
    case 'dropCopies':
      return decideDropping(command, store);
    case 'reviewVersions':
    case 'releaseHolds':
    case 'sweepObject':
    case 'closeVersion':
      return refusedByRequirements(store.settings) ?? decideStep(command, store);
    case 'skipGarbageCollection':
      return decideSkip(command, store);
    case 'planCrash':
    case 'crashGarbageCollection':
    case 'forgetCrash':
      return decideCrash(command, store);
  }
}

function decideStep(command: GarbageCollectionStep, store: Store): Decision<StoreEvent> {
  const collector = collectorOf(store.settings);
  switch (command.type) {
    case 'reviewVersions':
      return collector.review(command, store);
    case 'releaseHolds':
      return collector.release(command, store);
    case 'sweepObject':
      return collector.sweep(command, store);
    case 'closeVersion':
      return collector.close(command, store);
  }
}
