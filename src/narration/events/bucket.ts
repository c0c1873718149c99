import type { DroppedCopy } from '../../bucket/bucket.ts';
import { leftByDelete, leftByRule } from '../../bucket/copies.ts';
import type { FaultKind } from '../../bucket/faults.ts';
import { removalTime } from '../../bucket/lifecycle.ts';
import type { BucketPolicy } from '../../bucket/policy.ts';
import type { Store } from '../../store/store.ts';
import type { ObjectId } from '../../values/names.ts';
import { formatDay, formatSize } from '../../values/units.ts';
import { sentence, sentenceOf } from '../sentence.ts';
import type { Describers } from './description.ts';
import { faultTexts, settingTexts } from './settings.ts';

/** Describes changes of the server and its bucket. */
export const DESCRIBE_BUCKET = {
  settingsChanged: ({ changes }) => ({
    sentence: [`server settings: ${settingTexts(changes).join(', ')}`],
    rule: null,
  }),
  clockMoved: ({ to }, { after }) => ({ sentence: [formatDay(to, after.begins)], rule: null }),
  bucketFaultsPlanned: ({ faults }) => ({
    sentence: [
      faults.length === 0
        ? 'no more bucket faults are planned'
        : `planned bucket faults: ${faultTexts(faults).join('; ')}`,
    ],
    rule: null,
  }),
  bucketCallFaulted: ({ call, fault, objectId }, { objects }) => ({
    sentence: sentence`${FAULTS[fault]}: ${call} ${objects.long([objectId])}`,
    rule: 'GC-8',
  }),
  deletedOutOfBand: ({ objectId }, { objects }) => ({
    sentence: sentence`${objects.long([objectId])} is deleted directly in the bucket; the store does not know`,
    rule: 'BKT-6',
  }),
  undeletedOutOfBand: ({ objectId }, { after, objects }) => ({
    sentence: sentence`${objects.long([objectId])} is undeleted directly in the bucket`,
    rule: isSoftDeleting(after.settings.bucket) ? 'BKT-4' : 'BKT-2',
  }),
  copiesDropped: ({ dropped }, { objects }) => {
    const copiesOf = (copies: readonly DroppedCopy[]) =>
      sentence`${copies.length === 1 ? 'copy' : 'copies'} of ${objects.long(copies.map(({ key }) => key as ObjectId))}`;
    const gone = dropped.filter(({ left }) => left === null);
    const kept = dropped.filter(({ left }) => left !== null);
    const size = gone.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const drops = sentence`drops its ${copiesOf(gone)}: ${formatSize(size)} no longer billed`;
    const softDeletes = sentence`soft-deletes its noncurrent ${copiesOf(kept)}, still billed`;
    const both = [...(gone.length > 0 ? [drops] : []), ...(kept.length > 0 ? [softDeletes] : [])];
    return {
      sentence: sentence`the bucket ${sentenceOf(both, '; it ')}`,
      rule: dropped.some(({ kind }) => kind === 'noncurrent') ? 'BKT-3' : 'BKT-4',
    };
  },
} as const satisfies Partial<Describers>;

function isSoftDeleting({ softDelete, versioning }: BucketPolicy): boolean {
  return softDelete && !versioning;
}

const FAULTS: Readonly<Record<FaultKind, string>> = {
  fails: 'a bucket call fails',
  'answers twice': 'the bucket executes a call twice',
  'answers late': 'the bucket executes a call but answers too late',
};

/** The rule that says what the bucket kept of the object that was deleted last; BKT-3 if its rules leave no copy. */
export function ruleOfDeleting(
  { bucket, settings: { bucket: policy }, now }: Store,
  objectId: ObjectId,
): 'BKT-1' | 'BKT-2' | 'BKT-3' | 'BKT-4' | 'BKT-8' {
  const kind = leftByDelete(policy, bucket.blobs.get(objectId) ?? { versioned: false });
  if (kind === null) return 'BKT-1';
  if (kind === 'soft-deleted') return 'BKT-4';
  if (removalTime(policy.lifecycle, { since: now }, 0) === now) {
    return leftByRule(policy) === null ? 'BKT-3' : 'BKT-4';
  }
  return policy.versioning ? 'BKT-2' : 'BKT-8';
}
