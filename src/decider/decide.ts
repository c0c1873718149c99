import { decideClose } from '../gc/close.ts';
import { decideCrash } from '../gc/crash.ts';
import { decideRelease } from '../gc/release.ts';
import { decideReview } from '../gc/review.ts';
import { decideSweep } from '../gc/sweep.ts';
import { decideAliasing } from '../lifecycle/aliasing.ts';
import type { Decision } from '../lifecycle/decision.ts';
import { decideDeleting } from '../lifecycle/deleting.ts';
import { decideLineage } from '../lifecycle/lineage.ts';
import { decideLinking } from '../lifecycle/linking.ts';
import { decideLogging } from '../lifecycle/logging.ts';
import { decideOperating } from '../lifecycle/operating.ts';
import { decideRestoring } from '../lifecycle/restoring.ts';
import { decideUploading } from '../lifecycle/uploading.ts';
import type { Store } from '../store/store.ts';
import type { Command } from './command.ts';
import type { StoreEvent } from './event.ts';

/** What a command comes to on a store: events, none where nothing changes, or a refusal. It changes nothing. */
export function decide(command: Command, store: Store): Decision<StoreEvent> {
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
    case 'deleteCollection':
    case 'deleteMatching':
    case 'deleteRun':
    case 'deleteProject':
      return decideDeleting(command, store);
    case 'restoreVersion':
      return decideRestoring(command, store);
    case 'changeSettings':
    case 'moveClock':
      return decideOperating(command, store);
    case 'reviewVersions':
      return decideReview(command, store);
    case 'releaseHolds':
      return decideRelease(command, store);
    case 'sweepObject':
      return decideSweep(command, store);
    case 'closeVersion':
      return decideClose(command, store);
    case 'planCrash':
    case 'crashGarbageCollection':
    case 'forgetCrash':
      return decideCrash(command, store);
  }
}
