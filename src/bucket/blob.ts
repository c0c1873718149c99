import type { Bytes, Instant } from '../values/units.ts';

/** The key under which bytes lie in the bucket. The bucket attaches no meaning to it. */
export type BlobKey = string;

/** What a bucket says of a key. */
export type BlobStatus = 'stored' | 'noncurrent' | 'soft-deleted' | 'gone';

/** What a bucket has kept of bytes that were deleted; it costs storage until it is dropped. */
export interface KeptCopy {
  readonly kind: 'noncurrent' | 'soft-deleted';
  /** Its place in the order of all deletions. */
  readonly number: number;
  /** When the bytes were deleted. */
  readonly since: Instant;
  /** When it is dropped, where that was settled at the deletion (BKT-4); null where the rule of the day settles it (BKT-3). */
  readonly until: Instant | null;
}

/** One key of the bucket: its size in bytes, whether it can be read, and what is kept of earlier bytes. */
export interface Blob {
  readonly key: BlobKey;
  readonly sizeBytes: Bytes;
  /** Whether the bytes can be read now. */
  readonly current: boolean;
  /** The copies kept of what was deleted under this key, the oldest first. */
  readonly copies: readonly KeptCopy[];
  /** Since when it has its status. */
  readonly since: Instant;
}

/** What the bucket says of a key that may never have been put. */
export function statusOf(blob: Blob | undefined): BlobStatus {
  if (blob === undefined) return 'gone';
  return blob.current ? 'stored' : (blob.copies.at(-1)?.kind ?? 'gone');
}
