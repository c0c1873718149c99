import type { VersionClosed } from '../gc/close.ts';
import type { CrashEvent } from '../gc/crash.ts';
import type { HoldsReleased } from '../gc/release.ts';
import type { VersionsReviewed } from '../gc/review.ts';
import type { GarbageCollectionSkipped } from '../gc/skip.ts';
import type { SweepEvent } from '../gc/sweep.ts';
import type { AliasingEvent } from '../lifecycle/aliasing.ts';
import type { BucketCallFaulted } from '../lifecycle/bucket-calls.ts';
import type { CascadingDeletionEvent } from '../lifecycle/cascading-deletion.ts';
import type { CollectionCreated } from '../lifecycle/collection-creation.ts';
import type { CopiesDropped } from '../lifecycle/copy-expiry.ts';
import type { DeletingEvent } from '../lifecycle/deleting.ts';
import type { VersionExpired } from '../lifecycle/expiring.ts';
import type { LineageRecorded } from '../lifecycle/lineage.ts';
import type { LinkingEvent } from '../lifecycle/linking.ts';
import type { VersionReused } from '../lifecycle/logging.ts';
import type { OperatingEvent } from '../lifecycle/operating.ts';
import type { OutOfBandEvent } from '../lifecycle/out-of-band.ts';
import type { VersionRecovered } from '../lifecycle/recovering.ts';
import type { VersionRestored } from '../lifecycle/restoring.ts';
import type { TtlEvent } from '../lifecycle/time-to-live.ts';
import type { UploadingEvent } from '../lifecycle/uploading.ts';

/** Everything that can happen to the store; plain data. */
export type StoreEvent =
  | CollectionCreated
  | UploadingEvent
  | VersionReused
  | AliasingEvent
  | LinkingEvent
  | LineageRecorded
  | DeletingEvent
  | CascadingDeletionEvent
  | VersionRestored
  | VersionRecovered
  | TtlEvent
  | VersionExpired
  | OperatingEvent
  | BucketCallFaulted
  | OutOfBandEvent
  | CopiesDropped
  | VersionsReviewed
  | HoldsReleased
  | SweepEvent
  | VersionClosed
  | GarbageCollectionSkipped
  | CrashEvent;

/** The kind of an event, in the past tense. */
export type StoreEventType = StoreEvent['type'];

const EVERY_TYPE = {
  collectionCreated: true,
  versionBegun: true,
  versionCommitted: true,
  versionAbandoned: true,
  versionReused: true,
  aliasPut: true,
  aliasRemoved: true,
  aliasProtected: true,
  versionLinked: true,
  linkRemoved: true,
  lineageRecorded: true,
  versionDeleted: true,
  deletionRefused: true,
  collectionDeleted: true,
  runDeleted: true,
  versionRestored: true,
  versionRecovered: true,
  ttlSet: true,
  ttlKept: true,
  teamTtlSet: true,
  versionExpired: true,
  settingsChanged: true,
  bucketFaultsPlanned: true,
  clockMoved: true,
  bucketCallFaulted: true,
  deletedOutOfBand: true,
  undeletedOutOfBand: true,
  copiesDropped: true,
  versionsReviewed: true,
  holdsReleased: true,
  objectSwept: true,
  objectRetained: true,
  versionClosed: true,
  garbageCollectionSkipped: true,
  crashPlanned: true,
  garbageCollectionCrashed: true,
  crashForgotten: true,
} as const satisfies Record<StoreEventType, true>;

/** Every kind of event, in the order of the lifecycle. */
export const EVENT_TYPES = Object.keys(EVERY_TYPE) as [StoreEventType, ...StoreEventType[]];
