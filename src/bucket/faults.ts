/** The calls that the store makes to its bucket. */
export const BUCKET_CALLS = ['put', 'delete', 'undelete'] as const;
/** One of them. */
export type BucketCall = (typeof BUCKET_CALLS)[number];

/**
 * What can go wrong with a call: it `fails` and does nothing; it `answers twice`, since it was carried out twice; it
 * `answers late`, so that it was carried out and its caller takes it for failed.
 */
export const FAULT_KINDS = ['fails', 'answers twice', 'answers late'] as const;
/** One of them. */
export type FaultKind = (typeof FAULT_KINDS)[number];

/** A fault that awaits the next so many calls of one kind. */
export interface BucketFault {
  readonly call: BucketCall;
  readonly fault: FaultKind;
  /** How many calls it will meet, at least 1. */
  readonly times: number;
}

/** The faults that the next calls of one kind meet, one for each, in the order of the plan. */
export function* faultsAwaiting(faults: readonly BucketFault[], call: BucketCall): Generator<FaultKind> {
  for (const planned of faults) {
    if (planned.call !== call) continue;
    for (let time = 0; time < planned.times; time += 1) yield planned.fault;
  }
}

/** The plan after a call of one kind has met its first fault. */
export function withoutFirst(faults: readonly BucketFault[], call: BucketCall): readonly BucketFault[] {
  const first = faults.findIndex((planned) => planned.call === call);
  return faults.flatMap((planned, at) => {
    if (at !== first) return [planned];
    return planned.times > 1 ? [{ ...planned, times: planned.times - 1 }] : [];
  });
}
