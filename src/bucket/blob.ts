import type { Bytes, Instant } from '../values/units.ts';

/** The key of a blob. It has no meaning to the bucket. */
export type BlobKey = string;

/** The status of a key. */
export type BlobStatus = 'stored' | 'noncurrent' | 'soft-deleted' | 'gone';

/** A copy that the bucket keeps of deleted bytes. It is billed until it is dropped. */
export interface KeptCopy {
  readonly kind: 'noncurrent' | 'soft-deleted';
  /** Its place in the order of all deletions. */
  readonly number: number;
  /** When the bytes were deleted or, for a copy that a lifecycle rule soft-deleted, when the rule did (BKT-4). */
  readonly since: Instant;
  /** When a lifecycle rule removes it (BKT-3), or its soft delete ends (BKT-4); null for never. */
  readonly until: Instant | null;
  /** Whether the bytes were written while versioning was on (BKT-8). */
  readonly versioned: boolean;
}

/** A key of the bucket with its current bytes and the copies of deleted ones. */
export interface Blob {
  readonly key: BlobKey;
  readonly sizeBytes: Bytes;
  /** Whether the bytes can be read. */
  readonly current: boolean;
  /** Whether the bytes that are or were last current were written while versioning was on (BKT-8). */
  readonly versioned: boolean;
  /** The copies of bytes deleted under this key, oldest first. */
  readonly copies: readonly KeptCopy[];
  /** When it got its status. */
  readonly since: Instant;
}

/** The status of a key, which may be unknown to the bucket. */
export function statusOf(blob: Blob | undefined): BlobStatus {
  if (blob === undefined) return 'gone';
  return blob.current ? 'stored' : (blob.copies.at(-1)?.kind ?? 'gone');
}
