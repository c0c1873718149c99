import type { VersionClosed } from '../gc/close.ts';
import type { CrashEvent } from '../gc/crash.ts';
import type { HoldsReleased } from '../gc/release.ts';
import type { VersionsReviewed } from '../gc/review.ts';
import type { SweepEvent } from '../gc/sweep.ts';
import type { AliasingEvent } from '../lifecycle/aliasing.ts';
import type { DeletingEvent } from '../lifecycle/deleting.ts';
import type { CollectionCreated } from '../lifecycle/founding.ts';
import type { LineageNoted } from '../lifecycle/lineage.ts';
import type { LinkingEvent } from '../lifecycle/linking.ts';
import type { VersionReused } from '../lifecycle/logging.ts';
import type { OperatingEvent } from '../lifecycle/operating.ts';
import type { UploadingEvent } from '../lifecycle/uploading.ts';

/** Everything that can happen to the store; plain data. */
export type StoreEvent =
  | CollectionCreated
  | UploadingEvent
  | VersionReused
  | AliasingEvent
  | LinkingEvent
  | LineageNoted
  | DeletingEvent
  | OperatingEvent
  | VersionsReviewed
  | HoldsReleased
  | SweepEvent
  | VersionClosed
  | CrashEvent;
