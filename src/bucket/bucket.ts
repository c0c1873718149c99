import { assert } from '../values/result.ts';
import { emptySortedTable, type SortedTable } from '../values/sorted-table.ts';
import { emptyTable, type Table } from '../values/table.ts';
import { type Bytes, type Instant, NO_BYTES } from '../values/units.ts';
import type { Blob, BlobKey, KeptCopy } from './blob.ts';
import { flavorOf } from './flavor-of.ts';
import { type BucketPolicy, daysLater } from './policy.ts';

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
  /** The keys of noncurrent copies by the order of their deletion, which is the order in which they are dropped. */
  readonly noncurrent: SortedTable<number, BlobKey>;
  /** The keys of soft-deleted copies by the time at which they are dropped. */
  readonly softDeleted: SortedTable<string, BlobKey>;
  readonly nextCopyNumber: number;
}

/** A copy that the bucket no longer keeps. */
export interface DroppedCopy {
  readonly key: BlobKey;
  readonly sizeBytes: Bytes;
  readonly kind: KeptCopy['kind'];
}

/** A bucket without anything in it. */
export function emptyBucket(): Bucket {
  return {
    blobs: emptyTable(),
    storedBytes: NO_BYTES,
    billedBytes: NO_BYTES,
    noncurrent: emptySortedTable(),
    softDeleted: emptySortedTable(),
    nextCopyNumber: 0,
  };
}

/** Whether the bytes under a key can be read. */
export function isStored(bucket: Bucket, key: BlobKey): boolean {
  return bucket.blobs.get(key)?.current === true;
}

/** Whether the bytes under a key can be read, or brought back (BKT-2, BKT-4; basis: doc). */
export function isKept(bucket: Bucket, key: BlobKey): boolean {
  const blob = bucket.blobs.get(key);
  return blob !== undefined && (blob.current || blob.copies.length > 0);
}

/** Puts bytes under a key. Putting what is stored already changes nothing, so that a put may be repeated. */
export function putBlob(bucket: Bucket, key: BlobKey, sizeBytes: Bytes, now: Instant): Bucket {
  if (isStored(bucket, key)) return bucket;
  const before = bucket.blobs.get(key);
  const copies = before?.copies ?? [];
  assert(copies.length === 0 || before?.sizeBytes === sizeBytes, `${key} keeps its size`);
  return charged(bucket, { key, sizeBytes, current: true, copies, since: now }, sizeBytes, sizeBytes);
}

/**
 * Deletes what lies under a key. What is left of it is up to the flavour: nothing (BKT-1), a noncurrent copy
 * (BKT-2) or a soft-deleted one (BKT-4; basis: doc). Deleting what is not stored changes nothing, so that a delete
 * may be repeated.
 */
export function deleteBlob(bucket: Bucket, policy: BucketPolicy, key: BlobKey, now: Instant): Bucket {
  const blob = bucket.blobs.get(key);
  if (blob?.current !== true) return bucket;
  const { sizeBytes, copies } = blob;
  const deleted = { key, sizeBytes, current: false, copies, since: now };
  const left = flavorOf(policy).leftBehind(policy, bucket.nextCopyNumber, now);
  const without = charged(bucket, deleted, -blob.sizeBytes, -blob.sizeBytes);
  return left === null ? without : trimmed(withCopy(without, key, left), policy, key, now);
}

/**
 * Brings the newest copy of a key back: the delete marker is removed, or the blob undeleted (BKT-2, BKT-4; basis:
 * doc). Where the key is stored, or nothing is kept of it, nothing changes.
 */
export function undeleteBlob(bucket: Bucket, key: BlobKey, now: Instant): Bucket {
  const blob = bucket.blobs.get(key);
  const newest = blob?.copies.at(-1);
  if (blob === undefined || blob.current || newest === undefined) return bucket;
  const without = withoutCopy(bucket, key, newest, now);
  return putBlob(without, key, blob.sizeBytes, now);
}

/** When the bucket next drops a copy, as its rules stand now (BKT-3, BKT-4), or null. */
export function nextDrop(bucket: Bucket, policy: BucketPolicy): Instant | null {
  const dues = [firstOf(bucket, bucket.noncurrent), firstOf(bucket, bucket.softDeleted)].flatMap((first) =>
    first === null ? [] : [dropTime(policy, first.copy)],
  );
  return dues.length === 0 ? null : (Math.min(...dues) as Instant);
}

/** The copies whose time is over, in the order in which they are dropped (BKT-3, BKT-4; basis: doc, chosen). */
export function copiesDue(bucket: Bucket, policy: BucketPolicy, now: Instant): readonly DroppedCopy[] {
  return dueIn(bucket, policy, now).map(({ blob: { key, sizeBytes }, copy: { kind } }) => ({
    key,
    sizeBytes,
    kind,
  }));
}

/** Drops every copy whose time is over (BKT-3, BKT-4; basis: doc, chosen): it costs what it drops. */
export function dropCopies(bucket: Bucket, policy: BucketPolicy, now: Instant): Bucket {
  return dueIn(bucket, policy, now).reduce(
    (left, { blob, copy }) => withoutCopy(left, blob.key, copy, now),
    bucket,
  );
}

/**
 * Drops the noncurrent copies beyond the number that the lifecycle rule leaves, where the rule has just become
 * stricter (BKT-3). It costs what the bucket keeps as noncurrent.
 */
export function trimCopies(bucket: Bucket, policy: BucketPolicy, now: Instant): Bucket {
  let left = bucket;
  for (const key of new Set(Array.from(bucket.noncurrent.entries(), ([, key]) => key))) {
    left = trimmed(left, policy, key, now);
  }
  return left;
}

/** When the bucket drops the last copy of a key that it keeps one of, as its rules stand now (BKT-3, BKT-4). */
export function keptUntilOf({ copies }: Blob, policy: BucketPolicy): Instant {
  return Math.max(0, ...copies.map((copy) => dropTime(policy, copy))) as Instant;
}

function dropTime(policy: BucketPolicy, copy: KeptCopy): Instant {
  return copy.until ?? daysLater(copy.since, policy.noncurrentDays);
}

interface QueuedCopy {
  readonly blob: Blob;
  readonly copy: KeptCopy;
}

type CopyQueue = SortedTable<number, BlobKey> | SortedTable<string, BlobKey>;

// Each queue goes by the time of the drop, so that the first that is not due ends the look.
function dueIn(bucket: Bucket, policy: BucketPolicy, now: Instant): readonly QueuedCopy[] {
  const due: QueuedCopy[] = [];
  for (const queue of [bucket.noncurrent, bucket.softDeleted]) {
    for (const queued of copiesIn(bucket, queue)) {
      if (dropTime(policy, queued.copy) > now) break;
      due.push(queued);
    }
  }
  return due;
}

function firstOf(bucket: Bucket, queue: CopyQueue): QueuedCopy | null {
  for (const queued of copiesIn(bucket, queue)) return queued;
  return null;
}

function* copiesIn(bucket: Bucket, queue: CopyQueue): Generator<QueuedCopy> {
  for (const [place, key] of queue.entries()) {
    const blob = bucket.blobs.get(key);
    const copy = blob?.copies.find((kept) => kept.number === place || placeOf(kept) === place);
    assert(blob !== undefined && copy !== undefined, `the bucket keeps a copy of ${key}`);
    yield { blob, copy };
  }
}

// The newest copies stay. A rule about noncurrent copies says nothing of soft-deleted ones.
function trimmed(bucket: Bucket, policy: BucketPolicy, key: BlobKey, now: Instant): Bucket {
  const noncurrent = bucket.blobs.get(key)?.copies.filter(({ kind }) => kind === 'noncurrent') ?? [];
  const excess = noncurrent.length - flavorOf(policy).mostNoncurrent(policy);
  return noncurrent
    .slice(0, Math.max(0, excess))
    .reduce((left, copy) => withoutCopy(left, key, copy, now), bucket);
}

function withCopy(bucket: Bucket, key: BlobKey, copy: KeptCopy): Bucket {
  const blob = bucket.blobs.get(key);
  if (blob === undefined) return bucket;
  const kept = charged(bucket, { ...blob, copies: [...blob.copies, copy] }, 0, blob.sizeBytes);
  const nextCopyNumber = bucket.nextCopyNumber + 1;
  return copy.kind === 'noncurrent'
    ? { ...kept, nextCopyNumber, noncurrent: kept.noncurrent.insert(copy.number, key) }
    : { ...kept, nextCopyNumber, softDeleted: kept.softDeleted.insert(placeOf(copy), key) };
}

function withoutCopy(bucket: Bucket, key: BlobKey, copy: KeptCopy, now: Instant): Bucket {
  const blob = bucket.blobs.get(key);
  if (blob === undefined) return bucket;
  const copies = blob.copies.filter(({ number }) => number !== copy.number);
  const since = blob.current || copies.length > 0 ? blob.since : now;
  const left = charged(bucket, { ...blob, copies, since }, 0, -blob.sizeBytes);
  return copy.kind === 'noncurrent'
    ? { ...left, noncurrent: left.noncurrent.remove(copy.number) }
    : { ...left, softDeleted: left.softDeleted.remove(placeOf(copy)) };
}

// Texts of one length sort like the numbers that they write.
function placeOf({ until, number }: KeptCopy): string {
  return `${String(until ?? 0).padStart(17, '0')}:${String(number).padStart(17, '0')}`;
}

function charged(bucket: Bucket, blob: Blob, storedChange: number, billedChange: number): Bucket {
  return {
    ...bucket,
    blobs: bucket.blobs.insert(blob.key, blob),
    storedBytes: (bucket.storedBytes + storedChange) as Bytes,
    billedBytes: (bucket.billedBytes + billedChange) as Bytes,
  };
}
