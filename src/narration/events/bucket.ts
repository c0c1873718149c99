import type { FaultKind } from '../../bucket/faults.ts';
import type { BucketPolicy } from '../../bucket/policy.ts';
import type { BucketCallFaulted } from '../../lifecycle/bucket-calls.ts';
import type { CopiesDropped } from '../../lifecycle/copy-expiry.ts';
import type { OperatingEvent } from '../../lifecycle/operating.ts';
import type { OutOfBandEvent } from '../../lifecycle/out-of-band.ts';
import type { ObjectId } from '../../values/names.ts';
import { formatDuration, formatSize } from '../../values/units.ts';
import type { DescriptionContext, EventDescription } from './description.ts';
import { faultTexts, switchTexts } from './settings.ts';

/** An event of the server or of its bucket, which no version asked for. */
export type OperatorsEvent = OperatingEvent | BucketCallFaulted | OutOfBandEvent | CopiesDropped;

/** Tells it. */
export function describeBucketEvent(
  event: OperatorsEvent,
  { after, objects }: DescriptionContext,
): EventDescription {
  switch (event.type) {
    case 'settingsChanged':
      return { sentence: `the server has ${switchTexts(event.changes).join(', ')}`, rule: null };
    case 'clockMoved':
      return { sentence: `it is ${formatDuration(event.to)} since the beginning`, rule: null };
    case 'bucketFaultsPlanned': {
      const trouble = faultTexts(event.faults).join('; ');
      return {
        sentence:
          trouble === ''
            ? 'nothing goes wrong with the bucket any more'
            : `the bucket is in trouble: ${trouble}`,
        rule: null,
      };
    }
    case 'bucketCallFaulted':
      return {
        sentence: `${FAULTS[event.fault]}: ${event.call} ${objects.long([event.objectId])}`,
        rule: 'GC-8',
      };
    case 'deletedOutOfBand':
      return {
        sentence: `${objects.long([event.objectId])} is deleted in the bucket itself; the store is not told`,
        rule: 'BKT-6',
      };
    case 'undeletedOutOfBand':
      return {
        sentence: `${objects.long([event.objectId])} is brought back in the bucket itself`,
        rule: ruleOfDeleting(after.settings.bucket),
      };
    case 'copiesDropped': {
      const { dropped } = event;
      const names = objects.long(dropped.map(({ key }) => key as ObjectId));
      const size = dropped.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
      return {
        sentence: `the bucket drops its ${dropped.length === 1 ? 'copy' : 'copies'} of ${names}: ${formatSize(size)} less to pay for`,
        rule: dropped.some(({ kind }) => kind === 'noncurrent') ? 'BKT-3' : 'BKT-4',
      };
    }
  }
}

const FAULTS: Readonly<Record<FaultKind, string>> = {
  fails: 'the bucket fails a call',
  'answers twice': 'the bucket carries a call out twice',
  'answers late': 'the bucket carries a call out, and its answer comes too late',
};

/** The rule by which a bucket keeps what is deleted, or does not; BKT-3 where its lifecycle rule leaves no copy. */
export function ruleOfDeleting(policy: BucketPolicy): 'BKT-1' | 'BKT-2' | 'BKT-3' | 'BKT-4' {
  if (policy.softDelete) return 'BKT-4';
  if (!policy.versioning) return 'BKT-1';
  return policy.noncurrentCopies === 0 ? 'BKT-3' : 'BKT-2';
}
