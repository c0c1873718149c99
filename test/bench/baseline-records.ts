import type { FileEntry, Manifest } from '../../src/store/manifest.ts';
import type { TimeToLive } from '../../src/store/time-to-live.ts';
import type { VersionStateName } from '../../src/store/version.ts';
import type { CollectionName } from '../../src/values/names.ts';

/** The stored bytes behind a file. */
export interface BaselineObject {
  readonly sizeBytes: number;
  readonly since: number;
  holders: number;
  /** Who counted last, as `holding` or `lettingGo` of a version: a version counts once, whatever it lists. */
  countedBy: number;
}

/** One version; all of it can be written to. */
export interface BaselineVersion {
  readonly sequence: BaselineSequence;
  readonly index: number;
  readonly manifest: Manifest;
  readonly createdAt: number;
  state: VersionStateName;
  deletedAt: number;
  ttl: TimeToLive;
  readonly aliases: string[];
  /** Whether it lies in the heap of those that inherit their TTL. */
  inherits: boolean;
  /** The time at which it lies in the heap of those with a TTL of their own. */
  expiresAt: number | null;
}

/** One sequence, with its versions by index and its objects by digest. */
export interface BaselineSequence {
  readonly name: CollectionName;
  readonly artifactType: string;
  /** Whether the service makes artifacts of its type itself, so that they never expire (TTL-8). */
  readonly generated: boolean;
  readonly versions: BaselineVersion[];
  readonly aliases: Map<string, BaselineVersion>;
  readonly objects: Map<string, BaselineObject>;
  /** The newest COMMITTED version. */
  newest: BaselineVersion | null;
}

/** The files of a manifest; what is in the store only as an address has no part in the comparison. */
export function filesOf(manifest: Pick<Manifest, 'entries'>): readonly FileEntry[] {
  return manifest.entries as readonly FileEntry[];
}

/** A number for a version that counts itself as a holder; no other in its sequence has it. */
export function holding({ index }: BaselineVersion): number {
  return 2 * index;
}

/** The same for a version that lets go. */
export function lettingGo({ index }: BaselineVersion): number {
  return 2 * index + 1;
}
