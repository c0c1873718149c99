import { assert } from '../values/result.ts';
import { emptySortedTable, type SortedTable } from '../values/sorted-table.ts';
import { emptyTable, type Table } from '../values/table.ts';
import { type Bytes, type Instant, NO_BYTES } from '../values/units.ts';
import type { Blob, BlobKey, KeptCopy } from './blob.ts';
import { deleted, isDue, leftByRule, scheduled, settled, undeleted } from './copies.ts';
import type { BucketPolicy } from './policy.ts';

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
  /** The key of each kept copy, in the order in which they are dropped; copies that are never dropped come last. */
  readonly copies: SortedTable<string, BlobKey>;
  readonly nextCopyNumber: number;
}

/** A bucket that can be changed, such as a draft. Its tables are values and are replaced. */
export type BucketDraft = { -readonly [Field in keyof Bucket]: Bucket[Field] };

/** A copy that the bucket dropped. */
export interface DroppedCopy {
  readonly key: BlobKey;
  readonly sizeBytes: Bytes;
  readonly kind: KeptCopy['kind'];
  /** The copy that remains of it, and is billed; null if there is none. */
  readonly left: 'soft-deleted' | null;
}

/** An empty bucket. */
export function emptyBucket(): Bucket {
  return {
    blobs: emptyTable(),
    storedBytes: NO_BYTES,
    billedBytes: NO_BYTES,
    copies: emptySortedTable(),
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
  { versioning: versioned }: BucketPolicy,
  blobs: Iterable<readonly [BlobKey, Bytes]>,
  now: Instant,
): void {
  let putBytes = 0;
  bucket.blobs = bucket.blobs.putAll(blobs, (before, sizeBytes, key) => {
    if (before?.current === true) return before;
    const copies = before?.copies ?? [];
    assert(copies.length === 0 || before?.sizeBytes === sizeBytes, `${key} keeps its size`);
    putBytes += sizeBytes;
    return { key, sizeBytes, current: true, versioned, copies, since: now };
  });
  charge(bucket, putBytes, putBytes);
}

/**
 * Deletes the bytes of a key, which may leave a copy (BKT-1, BKT-2, BKT-4, BKT-8). Older copies that a lifecycle rule
 * keeps only until then are dropped (BKT-3). Deleting what is not stored changes nothing, so a delete may be repeated.
 */
export function deleteBlob(bucket: BucketDraft, policy: BucketPolicy, key: BlobKey, now: Instant): void {
  const blob = bucket.blobs.get(key);
  if (blob?.current !== true) return;
  const number = bucket.nextCopyNumber;
  const after = deleted(blob, policy, number, now);
  if (after.copies.at(-1)?.number === number) bucket.nextCopyNumber += 1;
  replace(bucket, [after]);
}

/**
 * Brings back the newest copy of a key: removes the delete marker, or restores or undeletes the copy (BKT-2, BKT-4).
 * Changes nothing if the key is stored or has no copy.
 */
export function undeleteBlob(bucket: BucketDraft, policy: BucketPolicy, key: BlobKey, now: Instant): void {
  const blob = bucket.blobs.get(key);
  if (blob === undefined || blob.current || blob.copies.length === 0) return;
  replace(bucket, [undeleted(blob, policy, now)]);
}

/** When the bucket next drops a copy (BKT-3, BKT-4), or null. */
export function nextDrop(bucket: Bucket): Instant | null {
  for (const { copy } of copiesIn(bucket)) return copy.until;
  return null;
}

/** The copies that are due to be dropped, in order (BKT-3, BKT-4). */
export function copiesDue(bucket: Bucket, policy: BucketPolicy, now: Instant): readonly DroppedCopy[] {
  return dueIn(bucket, now).map(({ blob: { key, sizeBytes }, copy: { kind } }) => ({
    key,
    sizeBytes,
    kind,
    left: kind === 'noncurrent' ? leftByRule(policy) : null,
  }));
}

/** Drops every copy that is due (BKT-3, BKT-4). Its cost is proportional to what it drops. */
export function dropCopies(bucket: BucketDraft, policy: BucketPolicy, now: Instant): void {
  const due = new Map(dueIn(bucket, now).map(({ blob }) => [blob.key, blob]));
  replace(
    bucket,
    [...due.values()].map((blob) => settled(blob, policy, now)),
  );
}

/**
 * Reschedules the kept copies after the lifecycle rules changed (BKT-3). Does not drop those that are due now. Its cost is
 * proportional to all copies.
 */
export function applyLifecycle(bucket: BucketDraft, policy: BucketPolicy): void {
  const kept = new Map(Array.from(copiesIn(bucket), ({ blob }) => [blob.key, blob]));
  replace(
    bucket,
    [...kept.values()].map((blob) => scheduled(blob, policy)),
  );
}

/** The place of a copy in the queue. Padded numbers sort as texts in numerical order, and before `never`. */
export function placeOf({ until, number }: Pick<KeptCopy, 'until' | 'number'>): string {
  return `${until === null ? 'never' : padded(until)}:${padded(number)}`;
}

function padded(number: number): string {
  return String(number).padStart(17, '0');
}

interface QueuedCopy {
  readonly blob: Blob;
  readonly copy: KeptCopy;
}

// The queue is ordered by drop time, so the first copy that is not due ends the search.
function dueIn(bucket: Bucket, now: Instant): readonly QueuedCopy[] {
  const due: QueuedCopy[] = [];
  for (const queued of copiesIn(bucket)) {
    if (!isDue(queued.copy, now)) break;
    due.push(queued);
  }
  return due;
}

function* copiesIn(bucket: Bucket): Generator<QueuedCopy> {
  const { blobs, copies } = bucket;
  for (const [place, key] of copies.entries()) {
    const blob = blobs.get(key);
    const copy = blob?.copies.find((kept) => placeOf(kept) === place);
    assert(blob !== undefined && copy !== undefined, `the bucket keeps a copy of ${key}`);
    yield { blob, copy };
  }
}

// Puts blobs in the place of those with the same keys, and keeps the queue and the sums right.
function replace(bucket: BucketDraft, replacements: readonly Blob[]): void {
  const old: string[] = [];
  const added: (readonly [string, BlobKey])[] = [];
  let [storedChange, billedChange] = [0, 0];
  bucket.blobs = bucket.blobs.putAll(
    replacements.map((blob) => [blob.key, blob] as const),
    (before, after) => {
      const copies = before?.copies ?? [];
      for (const copy of copies) if (!after.copies.includes(copy)) old.push(placeOf(copy));
      for (const copy of after.copies) if (!copies.includes(copy)) added.push([placeOf(copy), after.key]);
      const stored = Number(after.current) - Number(before?.current ?? false);
      storedChange += stored * after.sizeBytes;
      billedChange += (stored + after.copies.length - copies.length) * after.sizeBytes;
      return after;
    },
  );
  bucket.copies = bucket.copies.removeAll(old).insertAll(added);
  charge(bucket, storedChange, billedChange);
}

function charge(bucket: BucketDraft, storedChange: number, billedChange: number): void {
  bucket.storedBytes = (bucket.storedBytes + storedChange) as Bytes;
  bucket.billedBytes = (bucket.billedBytes + billedChange) as Bytes;
}
