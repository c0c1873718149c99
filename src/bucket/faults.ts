/** The calls that the store makes to its bucket. */
export const BUCKET_CALLS = ['put', 'delete', 'undelete'] as const;
/** A call to the bucket. */
export type BucketCall = (typeof BUCKET_CALLS)[number];

/**
 * How a call can go wrong: it `fails` and does nothing; it `answers twice` because it was executed twice; it `answers
 * late`: it was executed, but the caller takes it for failed.
 */
export const FAULT_KINDS = ['fails', 'answers twice', 'answers late'] as const;
/** How a call can go wrong. */
export type FaultKind = (typeof FAULT_KINDS)[number];

/** A fault of the next calls of one kind. */
export interface BucketFault {
  readonly call: BucketCall;
  readonly fault: FaultKind;
  /** The number of calls that it affects, at least 1. */
  readonly times: number;
}

/** The faults of the next calls of one kind, in order, one for each call. */
export function* faultsAwaiting(faults: readonly BucketFault[], call: BucketCall): Generator<FaultKind> {
  for (const planned of faults) {
    if (planned.call !== call) continue;
    for (let time = 0; time < planned.times; time += 1) yield planned.fault;
  }
}

/** The remaining faults after the first one of a kind of call is used up. */
export function withoutFirst(faults: readonly BucketFault[], call: BucketCall): readonly BucketFault[] {
  const first = faults.findIndex((planned) => planned.call === call);
  return faults.flatMap((planned, at) => {
    if (at !== first) return [planned];
    return planned.times > 1 ? [{ ...planned, times: planned.times - 1 }] : [];
  });
}
