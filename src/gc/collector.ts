import type { Decision } from '../lifecycle/decision.ts';
import type { BucketCallFaulted } from '../lifecycle/logging/bucket-calls.ts';
import type { Store } from '../store/store.ts';
import type { Instant } from '../values/units.ts';
import type { CloseVersion, VersionClosed } from './close.ts';
import type { HoldsReleased, ReleaseHolds } from './release.ts';
import type { ReviewVersions, VersionsReviewed } from './review.ts';
import type { SweepEvent, SweepObject } from './sweep.ts';

/** A step of garbage collection. */
export type GarbageCollectionStep = ReviewVersions | ReleaseHolds | SweepObject | CloseVersion;

/** A garbage collector: its next step, and the decision of each step. All collectors share the same steps and events. */
export interface Collector {
  /** The next step, or null if there is nothing to do now. */
  readonly nextStep: (store: Store) => GarbageCollectionStep | null;
  /** When there is something to do next, or null. */
  readonly due: (store: Store) => Instant | null;
  readonly review: (command: ReviewVersions, store: Store) => Decision<VersionsReviewed>;
  readonly release: (command: ReleaseHolds, store: Store) => Decision<HoldsReleased>;
  readonly sweep: (command: SweepObject, store: Store) => Decision<SweepEvent | BucketCallFaulted>;
  readonly close: (command: CloseVersion, store: Store) => Decision<VersionClosed>;
  /** Whether it forgets unfinished work at a crash; a correct one does not (GC-8). */
  readonly forgetsAtCrash: boolean;
}
