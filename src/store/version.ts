import { keyOfName, type ManifestDigest } from '../values/digest.ts';
import { EMPTY_OBJECT, type Json } from '../values/json.ts';
import type { Alias, ClientIdKey, CollectionId, LinkId, RunId, ScopeId, VersionId } from '../values/names.ts';
import type { SortedTable } from '../values/sorted-table.ts';
import type { Instant } from '../values/units.ts';
import type { Manifest } from './manifest.ts';
import type { TimeToLive } from './time-to-live.ts';

/** The progress of garbage collection with a soft-deleted version. */
export type CollectionStage = 'waiting' | 'reviewed' | 'released';

/** The state of a version, with the data of that state. */
export type VersionState =
  | {
      /** It is being uploaded (LOG-5). */
      readonly kind: 'PENDING';
      /** The aliases that it gets at its commit. */
      readonly requestedAliases: readonly Alias[];
      /** Its place in the queue of uploads that are abandoned if they are not committed (LOG-8). */
      readonly uploadNumber: number;
    }
  | {
      /** It can be found by name. */
      readonly kind: 'COMMITTED';
      /** When it was committed. */
      readonly committedAt: Instant;
      /** Its aliases in its sequence, without `vN` (ALI-2, ALI-3). */
      readonly aliases: readonly Alias[];
    }
  | {
      /** It is soft-deleted (DEL-1). */
      readonly kind: 'PENDING_DELETION';
      /** When it was deleted; its retention starts then (DEL-15). */
      readonly deletedAt: Instant;
      /** Its place in the queues of garbage collection, in order of deletion. */
      readonly trashNumber: number;
      /** The progress of garbage collection with it. */
      readonly stage: CollectionStage;
      /** When it was committed; null if its upload was abandoned, so that it cannot be restored. */
      readonly committedAt: Instant | null;
    }
  | {
      /** Garbage collection is done with it; only this tombstone remains. */
      readonly kind: 'DELETED';
      /** When garbage collection was done. */
      readonly closedAt: Instant;
      /** When it was committed; null if it never was, so that it cannot be recovered (BKT-5). */
      readonly committedAt: Instant | null;
    };

/** The name of a state, as the service writes it. */
export type VersionStateName = VersionState['kind'];

// A record, so that a missing state does not compile.
const STATE_NAMES: Readonly<Record<VersionStateName, true>> = {
  PENDING: true,
  COMMITTED: true,
  PENDING_DELETION: true,
  DELETED: true,
};

/** Every state, in the order of the lifecycle. */
export const VERSION_STATES: readonly [VersionStateName, ...VersionStateName[]] = Object.keys(
  STATE_NAMES,
) as [VersionStateName, ...VersionStateName[]];

/** What people say of a version. No rule reads it, and its digest does not depend on it (LOG-9). */
export interface VersionFacts {
  readonly description: string | null;
  /** A JSON object. */
  readonly metadata: Json;
  /** The step of its run's history at which it was logged; null if nobody said. */
  readonly historyStep: number | null;
}

/** The facts of a version; null if there are none. */
export function versionFacts(
  description: string | null,
  metadata: Json,
  historyStep: number | null = null,
): VersionFacts | null {
  const isEmpty = description === null && metadata === EMPTY_OBJECT && historyStep === null;
  return isEmpty ? null : { description, metadata, historyStep };
}

/** An immutable set of files in a sequence. A tombstone keeps its index and history forever. */
export interface Version {
  /** Its key, which is never reused. */
  readonly id: VersionId;
  /** Its sequence. */
  readonly collectionId: CollectionId;
  /** Its place among the uploads of its sequence, from 0, never reused. */
  readonly serial: number;
  /** The number of `vN`, never reused in its sequence (LOG-2); null unless it was ever committed (LOG-5). */
  readonly index: number | null;
  /** Its state. */
  readonly state: VersionState;
  /** Its content. */
  readonly manifest: Manifest;
  /** The scope of its objects, as the setting was set when its upload began (LOG-7). */
  readonly scope: ScopeId;
  /** When its upload began. */
  readonly createdAt: Instant;
  /** Its TTL as it was set (TTL-1). */
  readonly ttl: TimeToLive;
  /** Tags, which many versions can share and which never block a deletion (ALI-8). */
  readonly tags: readonly string[];
  /** Its description and metadata; null if it has neither. */
  readonly facts: VersionFacts | null;
  /** The links to it; empty once it is soft-deleted. */
  readonly links: readonly LinkId[];
  /** The run that logged it, or null. */
  readonly loggedBy: RunId | null;
  /** The runs that used it; these stay after its deletion (DEL-12). */
  readonly usedBy: SortedTable<RunId, true>;
}

/** The key of the version that began as the upload with this number in its sequence, whether or not it exists. */
export function versionIdOf(collectionId: CollectionId, serial: number): VersionId {
  return `${collectionId}#${serial}` as VersionId;
}

/** The upload that a client id names (LOG-11). */
export interface ClientUpload {
  readonly versionId: VersionId;
  /** The digest that was announced with the id; null if none may be compared with it. */
  readonly announced: ManifestDigest | null;
}

/** The key of an id that a client chose for its upload. */
export function clientIdKeyOf(clientId: string): ClientIdKey {
  return keyOfName(clientId) as ClientIdKey;
}

/** The state of a soft-deleted version. */
export type SoftDeletedState = Extract<VersionState, { readonly kind: 'PENDING_DELETION' }>;

// Naming the fields is several times as fast as spreading a frozen object, and every change copies a version.
/** A version in another state. */
export function inState(version: Version, state: VersionState): Version {
  return {
    id: version.id,
    collectionId: version.collectionId,
    serial: version.serial,
    index: version.index,
    state,
    manifest: version.manifest,
    scope: version.scope,
    createdAt: version.createdAt,
    ttl: version.ttl,
    tags: version.tags,
    facts: version.facts,
    links: version.links,
    loggedBy: version.loggedBy,
    usedBy: version.usedBy,
  };
}

/** A soft-deleted state at another stage. */
export function atStage(state: SoftDeletedState, stage: CollectionStage): SoftDeletedState {
  const { kind, deletedAt, trashNumber, committedAt } = state;
  return { kind, deletedAt, trashNumber, stage, committedAt };
}

/** The aliases of a version; only a COMMITTED one has any. */
export function aliasesOf(version: Version): readonly Alias[] {
  return version.state.kind === 'COMMITTED' ? version.state.aliases : [];
}

/** Whether a version was ever committed, so that it has an index (LOG-5). */
export function wasCommitted({ state }: Version): boolean {
  return state.kind !== 'PENDING' && state.committedAt !== null;
}

/** Whether a version holds the objects of its manifest (GC-3): from the start of its upload until its release. */
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
