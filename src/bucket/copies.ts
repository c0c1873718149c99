import type { Instant } from '../values/units.ts';
import type { Blob, KeptCopy } from './blob.ts';
import { removalTime } from './lifecycle.ts';
import { type BucketPolicy, daysLater } from './policy.ts';

/**
 * What a delete leaves of current bytes, or null: nothing (BKT-1), a noncurrent copy (BKT-2), or a soft-deleted one
 * (BKT-4). On AWS and MinIO, bytes written while versioning was on leave a copy after it is switched off (BKT-8).
 */
export function leftByDelete(
  { provider, versioning, softDelete }: BucketPolicy,
  { versioned }: Pick<Blob, 'versioned'>,
): KeptCopy['kind'] | null {
  switch (provider) {
    case 'managed':
      return null;
    case 'aws':
    case 'minio':
      return versioning || versioned ? 'noncurrent' : null;
    case 'gcp':
    case 'azure':
      if (versioning) return 'noncurrent';
      return softDelete ? 'soft-deleted' : null;
  }
}

/** What remains of a noncurrent copy that a lifecycle rule removes: GCP soft-deletes it, if soft delete is on (BKT-4). */
export function leftByRule({ provider, softDelete }: BucketPolicy): 'soft-deleted' | null {
  return provider === 'gcp' && softDelete ? 'soft-deleted' : null;
}

/** A stored blob after a delete; `number` is the place of the copy that it leaves. */
export function deleted(blob: Blob, policy: BucketPolicy, number: number, now: Instant): Blob {
  const kind = leftByDelete(policy, blob);
  const { versioned } = blob;
  const until = kind === 'soft-deleted' ? daysLater(now, policy.softDeleteDays) : null;
  const left = kind === null ? [] : [{ kind, number, since: now, until, versioned }];
  return settled({ ...blob, current: false, since: now, copies: [...blob.copies, ...left] }, policy, now);
}

/** A blob that is not stored, after its newest copy was brought back. */
export function undeleted(blob: Blob, policy: BucketPolicy, now: Instant): Blob {
  const { versioned } = blob.copies.at(-1) ?? blob;
  const copies = blob.copies.slice(0, -1);
  return settled({ ...blob, current: true, versioned, since: now, copies }, policy, now);
}

/** A blob whose noncurrent copies each have the time at which the rules remove it (BKT-3). */
export function scheduled(blob: Blob, { lifecycle }: BucketPolicy): Blob {
  let newer = blob.copies.filter(({ kind }) => kind === 'noncurrent').length;
  const copies = blob.copies.map((copy) => {
    if (copy.kind === 'soft-deleted') return copy;
    newer -= 1;
    const until = removalTime(lifecycle, copy, newer);
    return until === copy.until ? copy : { ...copy, until };
  });
  return copies.every((copy, at) => copy === blob.copies[at]) ? blob : { ...blob, copies };
}

/** The same, without the copies that are due; on GCP, soft delete keeps the noncurrent ones (BKT-4). */
export function settled(blob: Blob, policy: BucketPolicy, now: Instant): Blob {
  const copies = scheduled(blob, policy).copies.flatMap((copy): readonly KeptCopy[] => {
    if (!isDue(copy, now)) return [copy];
    const kind = copy.kind === 'noncurrent' ? leftByRule(policy) : null;
    const until = daysLater(now, policy.softDeleteDays);
    return kind === null ? [] : [{ ...copy, kind, since: now, until }];
  });
  return { ...blob, copies, since: blob.current ? blob.since : (copies.at(-1)?.since ?? now) };
}

/** When a copy is no longer billed under the current rules, soft delete included; null for never. */
export function billedUntil(copy: KeptCopy, policy: BucketPolicy): Instant | null {
  if (copy.kind === 'soft-deleted' || copy.until === null) return copy.until;
  return leftByRule(policy) === null ? copy.until : daysLater(copy.until, policy.softDeleteDays);
}

/** When the bucket drops the last copy of a key under its current rules; null if it has one that it never drops. */
export function keptUntilOf({ copies }: Blob, policy: BucketPolicy): Instant | null {
  const ends = copies.map((copy) => billedUntil(copy, policy));
  return ends.includes(null) ? null : (Math.max(0, ...ends.map(Number)) as Instant);
}

/** Whether it is time to drop a copy. */
export function isDue({ until }: KeptCopy, now: Instant): boolean {
  return until !== null && until <= now;
}
