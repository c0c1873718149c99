import { EVOLVE_CLOSE } from '../gc/close.ts';
import { EVOLVE_CRASH } from '../gc/crash.ts';
import { EVOLVE_RELEASE } from '../gc/release.ts';
import { EVOLVE_REVIEW } from '../gc/review.ts';
import { EVOLVE_SKIP } from '../gc/skip.ts';
import { EVOLVE_SWEEP } from '../gc/sweep.ts';
import { EVOLVE_ALIASING } from '../lifecycle/aliasing.ts';
import { EVOLVE_FAULTED } from '../lifecycle/bucket-calls.ts';
import { EVOLVE_CASCADING_DELETION } from '../lifecycle/cascading-deletion.ts';
import { EVOLVE_COLLECTION_CREATION } from '../lifecycle/collection-creation.ts';
import { EVOLVE_DROPPING } from '../lifecycle/copy-expiry.ts';
import { EVOLVE_DELETING } from '../lifecycle/deleting.ts';
import { EVOLVE_EXPIRING } from '../lifecycle/expiring.ts';
import { EVOLVE_LINEAGE } from '../lifecycle/lineage.ts';
import { EVOLVE_LINKING } from '../lifecycle/linking.ts';
import { EVOLVE_LOGGING } from '../lifecycle/logging.ts';
import { EVOLVE_OPERATING } from '../lifecycle/operating.ts';
import { EVOLVE_OUT_OF_BAND } from '../lifecycle/out-of-band.ts';
import { EVOLVE_RECOVERING } from '../lifecycle/recovering.ts';
import { EVOLVE_RESTORING } from '../lifecycle/restoring.ts';
import { EVOLVE_TTL } from '../lifecycle/time-to-live.ts';
import { EVOLVE_UPLOADING } from '../lifecycle/uploading.ts';

/** The evolver of each event by its type, in lifecycle order, joined from all chapters. */
export const EVOLVERS = {
  ...EVOLVE_COLLECTION_CREATION,
  ...EVOLVE_UPLOADING,
  ...EVOLVE_LOGGING,
  ...EVOLVE_ALIASING,
  ...EVOLVE_LINKING,
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
