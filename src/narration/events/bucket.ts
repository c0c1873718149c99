import type { FaultKind } from '../../bucket/faults.ts';
import type { BucketPolicy } from '../../bucket/policy.ts';
import type { ObjectId } from '../../values/names.ts';
import { formatDay, formatSize } from '../../values/units.ts';
import { sentence } from '../sentence.ts';
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
    rule: ruleOfDeleting(after.settings.bucket),
  }),
  copiesDropped: ({ dropped }, { objects }) => {
    const names = objects.long(dropped.map(({ key }) => key as ObjectId));
    const size = dropped.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    return {
      sentence: sentence`the bucket drops its ${dropped.length === 1 ? 'copy' : 'copies'} of ${names}: ${formatSize(size)} no longer billed`,
      rule: dropped.some(({ kind }) => kind === 'noncurrent') ? 'BKT-3' : 'BKT-4',
    };
  },
} as const satisfies Partial<Describers>;

const FAULTS: Readonly<Record<FaultKind, string>> = {
  fails: 'a bucket call fails',
  'answers twice': 'the bucket executes a call twice',
  'answers late': 'the bucket executes a call but answers too late',
};

/** The rule that says whether the bucket keeps deleted objects; BKT-3 if its lifecycle rule leaves no copy. */
export function ruleOfDeleting(policy: BucketPolicy): 'BKT-1' | 'BKT-2' | 'BKT-3' | 'BKT-4' {
  if (policy.softDelete) return 'BKT-4';
  if (!policy.versioning) return 'BKT-1';
  return policy.noncurrentCopies === 0 ? 'BKT-3' : 'BKT-2';
}
