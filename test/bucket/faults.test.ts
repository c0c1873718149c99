import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BUCKET_CALLS,
  type BucketCall,
  type BucketFault,
  FAULT_KINDS,
  faultsAwaiting,
  withoutFirst,
} from '../../src/bucket/faults.ts';
import { runs } from '../support/property-runs.ts';

const PLAN: readonly BucketFault[] = [
  { call: 'delete', fault: 'fails', times: 2 },
  { call: 'put', fault: 'answers late', times: 1 },
  { call: 'delete', fault: 'answers twice', times: 1 },
];

describe('a plan of faults', () => {
  test('affects the calls of each kind in the order of the plan, each as often as planned', () => {
    expect([...faultsAwaiting(PLAN, 'delete')]).toEqual(['fails', 'fails', 'answers twice']);
    expect([...faultsAwaiting(PLAN, 'put')]).toEqual(['answers late']);
    expect([...faultsAwaiting(PLAN, 'undelete')]).toEqual([]);
  });

  test('is used up call by call, and the faults of other calls wait for theirs', () => {
    const once = withoutFirst(PLAN, 'delete');
    expect(once).toEqual([{ call: 'delete', fault: 'fails', times: 1 }, PLAN[1], PLAN[2]]);
    const twice = withoutFirst(once, 'delete');
    expect(twice).toEqual([PLAN[1], PLAN[2]]);
    expect(withoutFirst(withoutFirst(twice, 'delete'), 'put')).toEqual([]);
  });

  test('does not change if no fault is planned for a call', () => {
    expect(withoutFirst(PLAN, 'undelete')).toEqual(PLAN);
    expect(withoutFirst([], 'put')).toEqual([]);
  });

  test('says of any calls in any order what each meets, to the last of them', () => {
    const fault = fc.record({
      call: fc.constantFrom(...BUCKET_CALLS),
      fault: fc.constantFrom(...FAULT_KINDS),
      times: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(
        fc.array(fault, { maxLength: 5 }),
        fc.array(fc.constantFrom(...BUCKET_CALLS)),
        (plan, calls) => {
          const flat = plan.flatMap(({ times, ...one }) => Array.from({ length: times }, () => one));
          let left: readonly BucketFault[] = plan;
          for (const call of calls) {
            const at = flat.findIndex((one) => one.call === call);
            const [met] = [...faultsAwaiting(left, call)];
            expect(met).toBe(flat[at]?.fault);
            if (at !== -1) flat.splice(at, 1);
            left = withoutFirst(left, call);
          }
          const rest = (call: BucketCall) => flat.filter((one) => one.call === call).map((one) => one.fault);
          for (const call of BUCKET_CALLS) expect([...faultsAwaiting(left, call)]).toEqual(rest(call));
        },
      ),
      runs(200),
    );
  });
});
