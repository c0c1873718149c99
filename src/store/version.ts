import type { Alias, CollectionId, LinkId, RunId, ScopeId, VersionId } from '../values/names.ts';
import type { SortedTable } from '../values/sorted-table.ts';
import type { Instant } from '../values/units.ts';
import type { Manifest } from './manifest.ts';
import type { TimeToLive } from './time-to-live.ts';

/** How far garbage collection has come with a soft-deleted version. */
export type CollectionStage = 'waiting' | 'reviewed' | 'released';

/** Where a version stands in its lifecycle, with what is known only there. */
export type VersionState =
  | {
      /** It is being uploaded (LOG-5). */
      readonly kind: 'PENDING';
      /** The aliases that it will have once it is committed. */
      readonly requestedAliases: readonly Alias[];
      /** Its place in the queue of uploads that are given up when nobody commits them (LOG-8). */
      readonly uploadNumber: number;
    }
  | {
      /** It is live, and can be found by name. */
      readonly kind: 'COMMITTED';
      /** When its upload was over. */
      readonly committedAt: Instant;
      /** What it is called in its sequence, without `vN` (ALI-2, ALI-3). */
      readonly aliases: readonly Alias[];
    }
  | {
      /** It is soft-deleted (DEL-1). */
      readonly kind: 'PENDING_DELETION';
      /** When that was, from which its retention is counted (DEL-15). */
      readonly deletedAt: Instant;
      /** Its place in the queues of garbage collection, which go by the order of deletion. */
      readonly trashNumber: number;
      /** How far garbage collection has come with it. */
      readonly stage: CollectionStage;
      /** When its upload was over; null where it was given up before, so that there is nothing to restore. */
      readonly committedAt: Instant | null;
    }
  | {
      /** Garbage collection is over with it, and this is its tombstone. */
      readonly kind: 'DELETED';
      /** When that was. */
      readonly closedAt: Instant;
      /** When its upload was over; null where it never was, so that there is nothing to recover (BKT-5). */
      readonly committedAt: Instant | null;
    };

/** The name of a version's state, as the service writes it. */
export type VersionStateName = VersionState['kind'];

// A record, so that a state that is missing here does not compile.
const STATE_NAMES: Readonly<Record<VersionStateName, true>> = {
  PENDING: true,
  COMMITTED: true,
  PENDING_DELETION: true,
  DELETED: true,
};

/** Every state, in the order of a version's life. */
export const VERSION_STATES: readonly [VersionStateName, ...VersionStateName[]] = Object.keys(
  STATE_NAMES,
) as [VersionStateName, ...VersionStateName[]];

/** One immutable set of files in its sequence. A tombstone keeps the index and the history for ever. */
export interface Version {
  /** Its key, which is never given again. */
  readonly id: VersionId;
  /** The sequence that it was born in. */
  readonly collectionId: CollectionId;
  /** The number behind its `v`, which no other version of the sequence ever has (LOG-2). */
  readonly index: number;
  /** Where it stands in its lifecycle. */
  readonly state: VersionState;
  /** Its paths, and what is there. */
  readonly manifest: Manifest;
  /** Within what its objects are shared, as the switch stood when it was begun (LOG-7). */
  readonly scope: ScopeId;
  /** When its upload began. */
  readonly createdAt: Instant;
  /** How long it lives, as it was set (TTL-1). */
  readonly ttl: TimeToLive;
  /** Words that many versions may bear; they never hold up a deletion (ALI-8; basis: doc). */
  readonly tags: readonly string[];
  /** The links to it, in portfolios; none once it is soft-deleted. */
  readonly links: readonly LinkId[];
  /** The run that logged it; null where none did. */
  readonly loggedBy: RunId | null;
  /** The runs that used it; the edges stay when it is deleted (DEL-12; basis: chosen). */
  readonly usedBy: SortedTable<RunId, true>;
}

/** The key of a version, whether or not there is one. */
export function versionIdOf(collectionId: CollectionId, index: number): VersionId {
  return `${collectionId}:v${index}` as VersionId;
}

/** A version on its way out. */
export type SoftDeletedState = Extract<VersionState, { readonly kind: 'PENDING_DELETION' }>;

// To copy a frozen object by spreading it takes engines several times as long as to name its fields, and everything
// that is done to a version copies it.
/** A version that has come to another state, and is the same otherwise. */
export function inState(version: Version, state: VersionState): Version {
  return {
    id: version.id,
    collectionId: version.collectionId,
    index: version.index,
    state,
    manifest: version.manifest,
    scope: version.scope,
    createdAt: version.createdAt,
    ttl: version.ttl,
    tags: version.tags,
    links: version.links,
    loggedBy: version.loggedBy,
    usedBy: version.usedBy,
  };
}

/** A version's way out, so much further. */
export function atStage(state: SoftDeletedState, stage: CollectionStage): SoftDeletedState {
  const { kind, deletedAt, trashNumber, committedAt } = state;
  return { kind, deletedAt, trashNumber, stage, committedAt };
}

/** The aliases that a version bears; only a COMMITTED one has any. */
export function aliasesOf(version: Version): readonly Alias[] {
  return version.state.kind === 'COMMITTED' ? version.state.aliases : [];
}

/**
 * Whether a version holds the objects of its manifest (GC-3; basis: chosen): from the beginning of its upload
 * until garbage collection has released it.
 */
export function holdsObjects(version: Version): boolean {
  switch (version.state.kind) {
    case 'PENDING':
    case 'COMMITTED':
      return true;
    case 'PENDING_DELETION':
      return version.state.stage !== 'released';
    case 'DELETED':
      return false;
  }
}
