import type { BucketCallFaulted } from '../lifecycle/bucket-calls.ts';
import type { Decision } from '../lifecycle/decision.ts';
import type { Store } from '../store/store.ts';
import type { Instant } from '../values/units.ts';
import type { CloseVersion, VersionClosed } from './close.ts';
import type { HoldsReleased, ReleaseHolds } from './release.ts';
import type { ReviewVersions, VersionsReviewed } from './review.ts';
import type { SweepEvent, SweepObject } from './sweep.ts';

/** One step of garbage collection. */
export type GarbageCollectionStep = ReviewVersions | ReleaseHolds | SweepObject | CloseVersion;

/**
 * A way to collect garbage: which step comes next, and what each of them comes to. All collectors take the same kinds
 * of steps and cause the same kinds of events, so that one can be put in the place of another.
 */
export interface Collector {
  /** The step that is to be taken next, or null where there is nothing to do now. */
  readonly nextStep: (store: Store) => GarbageCollectionStep | null;
  /** When there is next something to do, or null. */
  readonly due: (store: Store) => Instant | null;
  readonly review: (command: ReviewVersions, store: Store) => Decision<VersionsReviewed>;
  readonly release: (command: ReleaseHolds, store: Store) => Decision<HoldsReleased>;
  readonly sweep: (command: SweepObject, store: Store) => Decision<SweepEvent | BucketCallFaulted>;
  readonly close: (command: CloseVersion, store: Store) => Decision<VersionClosed>;
  /** Whether a crash makes it forget what it had begun; a right one does not (GC-8; basis: ours). */
  readonly forgetsAtCrash: boolean;
}
