import type { Collector } from '../gc/collector.ts';
import { collectorOf } from '../gc/collector-of.ts';
import { decideCrash } from '../gc/crash.ts';
import { refusedByRequirements } from '../gc/requirements.ts';
import { decideSkip } from '../gc/skip.ts';
import { decideAliasing } from '../lifecycle/aliasing.ts';
import { decideCollectionChange } from '../lifecycle/changing-collections.ts';
import type { Decision, Refused } from '../lifecycle/decision.ts';
import { decideCascadingDeletion } from '../lifecycle/deletion/cascading-deletion.ts';
import { decideDeleting } from '../lifecycle/deletion/deleting.ts';
import { decideRecovering } from '../lifecycle/deletion/recovering.ts';
import { decideRestoring } from '../lifecycle/deletion/restoring.ts';
import { decideDescribing } from '../lifecycle/describing.ts';
import { decideDropping } from '../lifecycle/expiry/copy-expiry.ts';
import { decideExpiring } from '../lifecycle/expiry/expiring.ts';
import { decideTtl } from '../lifecycle/expiry/time-to-live.ts';
import { decideLinking } from '../lifecycle/linking.ts';
import { decideLineage } from '../lifecycle/logging/lineage.ts';
import { decideLogging } from '../lifecycle/logging/logging.ts';
import { decideRun } from '../lifecycle/logging/runs.ts';
import { decideUploading } from '../lifecycle/logging/uploading.ts';
import { decideOperating } from '../lifecycle/operation/operating.ts';
import { decideOutOfBand } from '../lifecycle/operation/out-of-band.ts';
import type { Store } from '../store/store.ts';
import type { Command, CommandType } from './command.ts';
import type { StoreEvent } from './event.ts';
import {
  adminOfProject,
  anybody,
  memberAtBase,
  memberAtCollection,
  memberAtId,
  memberAtName,
  memberAtRun,
  memberAtSource,
  memberAtTarget,
  memberOf,
  ownerOfRun,
  type Permission,
  teamAdmin,
} from './permit.ts';

type Asked<Type extends CommandType> = Command & { readonly type: Type };

/** For each command, who may ask for it and how it is decided. */
type Deciders = {
  readonly [Type in CommandType]: readonly [
    permit: Permission<Asked<Type>>,
    decide: (command: Asked<Type>, store: Store) => Decision<StoreEvent>,
  ];
};

const workOnBucket = teamAdmin('work on the bucket');
const changeSettings = teamAdmin('change the settings of the server');

// TTLs and protected aliases are permitted in their own chapters.
const DECIDERS: Deciders = {
  logVersion: [memberAtCollection, decideLogging],
  beginVersion: [memberAtCollection, decideLogging],
  logDraft: [memberAtBase, decideLogging],
  addFiles: [memberAtId, decideUploading],
  commitVersion: [memberAtId, decideUploading],
  abandonVersion: [memberAtId, decideUploading],
  abandonStaleUploads: [anybody, decideUploading],
  editAliases: [memberAtName, decideAliasing],
  setFacts: [memberAtSource, decideDescribing],
  describeCollection: [memberAtCollection, decideCollectionChange],
  renameCollection: [memberAtCollection, decideCollectionChange],
  changeCollectionType: [memberAtCollection, decideCollectionChange],
  linkVersion: [memberOf(({ to }) => to), decideLinking],
  unlinkVersion: [memberOf(({ link }) => link.collection), decideLinking],
  useVersion: [memberAtRun, decideLineage],
  startRun: [memberAtRun, decideRun],
  finishRun: [ownerOfRun, decideRun],
  setRunFacts: [memberAtRun, decideRun],
  deleteVersion: [memberAtTarget, decideDeleting],
  deleteMatching: [memberAtCollection, decideDeleting],
  deleteCollection: [memberAtCollection, decideCascadingDeletion],
  deleteRun: [ownerOfRun, decideCascadingDeletion],
  deleteProject: [adminOfProject, decideCascadingDeletion],
  restoreVersion: [memberAtName, decideRestoring],
  recoverVersion: [workOnBucket, decideRecovering],
  setTtl: [memberAtName, decideTtl],
  setTeamTtl: [teamAdmin('set the default TTL of the team'), decideTtl],
  expireVersions: [anybody, decideExpiring],
  changeSettings: [changeSettings, decideOperating],
  planBucketFaults: [changeSettings, decideOperating],
  moveClock: [anybody, decideOperating],
  deleteOutOfBand: [workOnBucket, decideOutOfBand],
  undeleteOutOfBand: [workOnBucket, decideOutOfBand],
  dropCopies: [anybody, decideDropping],
  reviewVersions: [anybody, stepOf((collector) => collector.review)],
  releaseHolds: [anybody, stepOf((collector) => collector.release)],
  sweepObject: [anybody, stepOf((collector) => collector.sweep)],
  closeVersion: [anybody, stepOf((collector) => collector.close)],
  skipGarbageCollection: [anybody, decideSkip],
  planCrash: [anybody, decideCrash],
  crashGarbageCollection: [anybody, decideCrash],
  forgetCrash: [anybody, decideCrash],
};

/** Decides a command: its events (none if nothing changes) or a refusal. Changes nothing itself. */
export function decide(command: Command, store: Store): Decision<StoreEvent> {
  return forbidden(command, store) ?? decidePermitted(command, store);
}

/** Refuses with `forbidden` what a person may not ask for (ACL-1 to ACL-4). */
export function forbidden<Type extends CommandType>(command: Asked<Type>, store: Store): Refused | undefined {
  const { by } = command;
  if (by === undefined || by === null) return undefined;
  const [permit] = DECIDERS[command.type];
  return permit(command, store, by);
}

function decidePermitted<Type extends CommandType>(command: Asked<Type>, store: Store): Decision<StoreEvent> {
  const [, decideAsked] = DECIDERS[command.type];
  return decideAsked(command, store);
}

function stepOf<Step>(
  stepIn: (collector: Collector) => (command: Step, store: Store) => Decision<StoreEvent>,
): (command: Step, store: Store) => Decision<StoreEvent> {
  return (command, store) =>
    refusedByRequirements(store.settings) ?? stepIn(collectorOf(store.settings))(command, store);
}
