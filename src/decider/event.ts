import { EVOLVE_CLOSE } from '../gc/close.ts';
import { EVOLVE_CRASH } from '../gc/crash.ts';
import { EVOLVE_RELEASE } from '../gc/release.ts';
import { EVOLVE_REVIEW } from '../gc/review.ts';
import { EVOLVE_SKIP } from '../gc/skip.ts';
import { EVOLVE_SWEEP } from '../gc/sweep.ts';
import { EVOLVE_ALIASING } from '../lifecycle/aliasing.ts';
import { EVOLVE_COLLECTION_CHANGES } from '../lifecycle/changing-collections.ts';
import { EVOLVE_CASCADING_DELETION } from '../lifecycle/deletion/cascading-deletion.ts';
import { EVOLVE_DELETING } from '../lifecycle/deletion/deleting.ts';
import { EVOLVE_RECOVERING } from '../lifecycle/deletion/recovering.ts';
import { EVOLVE_RESTORING } from '../lifecycle/deletion/restoring.ts';
import { EVOLVE_DESCRIBING } from '../lifecycle/describing.ts';
import { EVOLVE_DROPPING } from '../lifecycle/expiry/copy-expiry.ts';
import { EVOLVE_EXPIRING } from '../lifecycle/expiry/expiring.ts';
import { EVOLVE_TTL } from '../lifecycle/expiry/time-to-live.ts';
import { EVOLVE_LINKING } from '../lifecycle/linking.ts';
import { EVOLVE_FAULTED } from '../lifecycle/logging/bucket-calls.ts';
import { EVOLVE_CLIENT_IDS } from '../lifecycle/logging/client-ids.ts';
import { EVOLVE_COLLECTION_CREATION } from '../lifecycle/logging/collection-creation.ts';
import { EVOLVE_LINEAGE } from '../lifecycle/logging/lineage.ts';
import { EVOLVE_LOGGING } from '../lifecycle/logging/logging.ts';
import { EVOLVE_RUNS } from '../lifecycle/logging/runs.ts';
import { EVOLVE_UPLOADING } from '../lifecycle/logging/uploading.ts';
import { EVOLVE_OPERATING } from '../lifecycle/operation/operating.ts';
import { EVOLVE_OUT_OF_BAND } from '../lifecycle/operation/out-of-band.ts';

/** The evolver of each event by its type, in lifecycle order, joined from all chapters. */
export const EVOLVERS = {
  ...EVOLVE_COLLECTION_CREATION,
  ...EVOLVE_UPLOADING,
  ...EVOLVE_CLIENT_IDS,
  ...EVOLVE_LOGGING,
  ...EVOLVE_ALIASING,
  ...EVOLVE_DESCRIBING,
  ...EVOLVE_COLLECTION_CHANGES,
  ...EVOLVE_LINKING,
  ...EVOLVE_RUNS,
  ...EVOLVE_LINEAGE,
  ...EVOLVE_DELETING,
  ...EVOLVE_CASCADING_DELETION,
  ...EVOLVE_RESTORING,
  ...EVOLVE_RECOVERING,
  ...EVOLVE_TTL,
  ...EVOLVE_EXPIRING,
  ...EVOLVE_OPERATING,
  ...EVOLVE_FAULTED,
  ...EVOLVE_OUT_OF_BAND,
  ...EVOLVE_DROPPING,
  ...EVOLVE_REVIEW,
  ...EVOLVE_RELEASE,
  ...EVOLVE_SWEEP,
  ...EVOLVE_CLOSE,
  ...EVOLVE_SKIP,
  ...EVOLVE_CRASH,
};

/** The type of an event, in the past tense. */
export type StoreEventType = keyof typeof EVOLVERS;

/** Every event; plain data. */
export type StoreEvent = Parameters<(typeof EVOLVERS)[StoreEventType]>[1];

/** Every type of event, in lifecycle order. */
export const EVENT_TYPES = Object.keys(EVOLVERS) as [StoreEventType, ...StoreEventType[]];
