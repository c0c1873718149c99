import { assert } from '../values/result.ts';
import { emptySortedTable, type SortedTable } from '../values/sorted-table.ts';
import { emptyTable, type Table } from '../values/table.ts';
import { type Bytes, type Instant, NO_BYTES } from '../values/units.ts';
import type { Blob, BlobKey, KeptCopy } from './blob.ts';
import { flavorOf } from './flavor-of.ts';
import { type BucketPolicy, daysLater } from './policy.ts';

/**
 * A bucket: a small state machine that knows nothing about artifacts. It maintains its byte sums, so that reading them
 * costs nothing (BKT-7).
 */
export interface Bucket {
  readonly blobs: Table<BlobKey, Blob>;
  /** The bytes that can be read. */
  readonly storedBytes: Bytes;
  /** The billed bytes: stored bytes plus kept copies. */
  readonly billedBytes: Bytes;
  /** The keys of noncurrent copies in order of deletion, which is the order in which they are dropped. */
  readonly noncurrent: SortedTable<number, BlobKey>;
  /** The keys of soft-deleted copies by the time at which they are dropped. */
  readonly softDeleted: SortedTable<string, BlobKey>;
  readonly nextCopyNumber: number;
}

/** A bucket that can be changed, such as a draft. Its tables are values and are replaced. */
export type BucketDraft = { -readonly [Field in keyof Bucket]: Bucket[Field] };

/** A copy that the bucket dropped. */
export interface DroppedCopy {
  readonly key: BlobKey;
  readonly sizeBytes: Bytes;
  readonly kind: KeptCopy['kind'];
}

/** An empty bucket. */
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

/** Whether the bytes of a key can be read. */
export function isStored(bucket: Bucket, key: BlobKey): boolean {
  return bucket.blobs.get(key)?.current === true;
}

/** Whether the bytes of a key can be read or brought back (BKT-2, BKT-4). */
export function isKept(bucket: Bucket, key: BlobKey): boolean {
  const blob = bucket.blobs.get(key);
  return blob !== undefined && (blob.current || blob.copies.length > 0);
}

/** Stores bytes under keys. Storing what is already stored changes nothing, so a put may be repeated. */
export function putBlobs(
  bucket: BucketDraft,
  blobs: Iterable<readonly [BlobKey, Bytes]>,
  now: Instant,
): void {
  let putBytes = 0;
  bucket.blobs = bucket.blobs.putAll(blobs, (before, sizeBytes, key) => {
    if (before?.current === true) return before;
    const copies = before?.copies ?? [];
    assert(copies.length === 0 || before?.sizeBytes === sizeBytes, `${key} keeps its size`);
    putBytes += sizeBytes;
    return { key, sizeBytes, current: true, copies, since: now };
  });
  charge(bucket, putBytes, putBytes);
}

/**
 * Deletes the bytes of a key. What remains depends on the configuration: nothing (BKT-1), a noncurrent copy (BKT-2), or
 * a soft-deleted one (BKT-4). Deleting what is not stored changes nothing, so a delete may be repeated.
 */
export function deleteBlob(bucket: BucketDraft, policy: BucketPolicy, key: BlobKey, now: Instant): void {
  const { blobs } = bucket;
  const blob = blobs.get(key);
  if (blob?.current !== true) return;
  const { sizeBytes, copies } = blob;
  const left = flavorOf(policy).leftBehind(policy, bucket.nextCopyNumber, now);
  const kept = left === null ? copies : [...copies, left];
  bucket.blobs = blobs.insert(key, { key, sizeBytes, current: false, copies: kept, since: now });
  charge(bucket, -sizeBytes, left === null ? -sizeBytes : 0);
  if (left === null) return;
  bucket.nextCopyNumber += 1;
  if (left.kind === 'noncurrent') bucket.noncurrent = bucket.noncurrent.insert(left.number, key);
  else bucket.softDeleted = bucket.softDeleted.insert(placeOf(left), key);
  dropAll(bucket, excessOf(bucket, policy, key), now);
}

/**
 * Brings back the newest copy of a key: removes the delete marker or undeletes the blob (BKT-2, BKT-4). Changes nothing
 * if the key is stored or has no copy.
 */
export function undeleteBlob(bucket: BucketDraft, key: BlobKey, now: Instant): void {
  const blob = bucket.blobs.get(key);
  const newest = blob?.copies.at(-1);
  if (blob === undefined || blob.current || newest === undefined) return;
  dropAll(bucket, [{ blob, copy: newest }], now);
  putBlobs(bucket, [[key, blob.sizeBytes]], now);
}

/** When the bucket next drops a copy under its current rules (BKT-3, BKT-4), or null. */
export function nextDrop(bucket: Bucket, policy: BucketPolicy): Instant | null {
  const dues = [firstOf(bucket, bucket.noncurrent), firstOf(bucket, bucket.softDeleted)].flatMap((first) =>
    first === null ? [] : [dropTime(policy, first.copy)],
  );
  return dues.length === 0 ? null : (Math.min(...dues) as Instant);
}

/** The copies that are due to be dropped, in order (BKT-3, BKT-4). */
export function copiesDue(bucket: Bucket, policy: BucketPolicy, now: Instant): readonly DroppedCopy[] {
  return dueIn(bucket, policy, now).map(({ blob: { key, sizeBytes }, copy: { kind } }) => ({
    key,
    sizeBytes,
    kind,
  }));
}

/** Drops every copy that is due (BKT-3, BKT-4). Its cost is proportional to what it drops. */
export function dropCopies(bucket: BucketDraft, policy: BucketPolicy, now: Instant): void {
  dropAll(bucket, dueIn(bucket, policy, now), now);
}

/**
 * Drops the noncurrent copies beyond the number that the lifecycle rule keeps, after the rule became stricter (BKT-3).
 * Its cost is proportional to all noncurrent copies.
 */
export function trimCopies(bucket: BucketDraft, policy: BucketPolicy, now: Instant): void {
  const keys = new Set(Array.from(bucket.noncurrent.entries(), ([, key]) => key));
  dropAll(
    bucket,
    [...keys].flatMap((key) => excessOf(bucket, policy, key)),
    now,
  );
}

/** When the bucket drops the last copy of a key under its current rules (BKT-3, BKT-4). */
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

// Each queue is ordered by drop time, so the first copy that is not due ends the search.
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

// The newest copies stay. The rule about noncurrent copies does not apply to soft-deleted ones.
function excessOf(bucket: Bucket, policy: BucketPolicy, key: BlobKey): readonly QueuedCopy[] {
  const blob = bucket.blobs.get(key);
  if (blob === undefined) return [];
  const noncurrent = blob.copies.filter(({ kind }) => kind === 'noncurrent');
  const excess = Math.max(0, noncurrent.length - flavorOf(policy).mostNoncurrent(policy));
  return noncurrent.slice(0, excess).map((copy) => ({ blob, copy }));
}

function dropAll(bucket: BucketDraft, dropped: readonly QueuedCopy[], now: Instant): void {
  if (dropped.length === 0) return;
  let droppedBytes = 0;
  bucket.blobs = bucket.blobs.putAll(
    dropped.map(({ blob, copy }) => [blob.key, copy.number] as const),
    (blob, number) => {
      if (blob === undefined) return undefined;
      droppedBytes += blob.sizeBytes;
      const copies = blob.copies.filter((copy) => copy.number !== number);
      return { ...blob, copies, since: blob.current || copies.length > 0 ? blob.since : now };
    },
  );
  charge(bucket, 0, -droppedBytes);
  const ofKind = (kind: KeptCopy['kind']) =>
    dropped.map(({ copy }) => copy).filter((copy) => copy.kind === kind);
  bucket.noncurrent = bucket.noncurrent.removeAll(ofKind('noncurrent').map(({ number }) => number));
  bucket.softDeleted = bucket.softDeleted.removeAll(ofKind('soft-deleted').map(placeOf));
}

// Padded numbers sort as texts in numerical order.
function placeOf({ until, number }: KeptCopy): string {
  return `${String(until ?? 0).padStart(17, '0')}:${String(number).padStart(17, '0')}`;
}

function charge(bucket: BucketDraft, storedChange: number, billedChange: number): void {
  bucket.storedBytes = (bucket.storedBytes + storedChange) as Bytes;
  bucket.billedBytes = (bucket.billedBytes + billedChange) as Bytes;
}
