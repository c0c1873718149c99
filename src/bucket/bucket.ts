import { emptyTable, type Table } from '../values/table.ts';
import { type Bytes, type Instant, NO_BYTES } from '../values/units.ts';

/** The key under which bytes lie in the bucket. The bucket attaches no meaning to it. */
export type BlobKey = string;

/** What a bucket says of a key that it was once given. */
export type BlobStatus = 'stored' | 'gone';

/** One key of the bucket: its size in bytes, what became of it, and since when. */
export interface Blob {
  readonly key: BlobKey;
  readonly sizeBytes: Bytes;
  readonly status: BlobStatus;
  readonly since: Instant;
}

/**
 * A bucket: a small state machine that has never heard of artifacts. It adds up what it stores as it goes, so
 * that reading a figure costs nothing (BKT-7; basis: doc, chosen).
 */
export interface Bucket {
  readonly blobs: Table<BlobKey, Blob>;
  /** Bytes of what can be read now. */
  readonly storedBytes: Bytes;
  /** Bytes that are paid for: the stored ones, and copies that the bucket keeps of what was deleted. */
  readonly billedBytes: Bytes;
}

/** A bucket without anything in it. */
export function emptyBucket(): Bucket {
  return { blobs: emptyTable(), storedBytes: NO_BYTES, billedBytes: NO_BYTES };
}

/** Puts bytes under a key. Putting what is stored already changes nothing, so that a put may be repeated. */
export function putBlob(bucket: Bucket, key: BlobKey, sizeBytes: Bytes, now: Instant): Bucket {
  if (isStored(bucket, key)) return bucket;
  return charged(bucket, { key, sizeBytes, status: 'stored', since: now }, sizeBytes);
}

/**
 * Deletes what lies under a key: without versioning or soft delete it is gone (BKT-1; basis: doc). Deleting
 * what is not stored changes nothing, so that a delete may be repeated.
 */
export function deleteBlob(bucket: Bucket, key: BlobKey, now: Instant): Bucket {
  const blob = bucket.blobs.get(key);
  if (blob?.status !== 'stored') return bucket;
  return charged(bucket, { ...blob, status: 'gone', since: now }, -blob.sizeBytes);
}

/** Whether the bytes under a key can be read. */
export function isStored(bucket: Bucket, key: BlobKey): boolean {
  return bucket.blobs.get(key)?.status === 'stored';
}

function charged(bucket: Bucket, blob: Blob, changeBytes: number): Bucket {
  return {
    blobs: bucket.blobs.insert(blob.key, blob),
    storedBytes: (bucket.storedBytes + changeBytes) as Bytes,
    billedBytes: (bucket.billedBytes + changeBytes) as Bytes,
  };
}
