import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BUCKET_CALLS, type BucketFault, FAULT_KINDS } from '../../../src/bucket/faults.ts';
import type { Command } from '../../../src/decider/command.ts';
import { faultOfNext, faultsUntilDone } from '../../../src/lifecycle/logging/bucket-calls.ts';
import { Simulator } from '../../../src/simulator/simulator.ts';
import { brokenInvariants } from '../../../src/store/invariants/invariants.ts';
import { DEFAULT_SETTINGS } from '../../../src/store/settings.ts';
import { emptyStore, type Store } from '../../../src/store/store.ts';
import { atLeastRuns, PATIENCE_MS } from '../../support/property-runs.ts';
import {
  begin,
  bucketDelete,
  bucketUndelete,
  bytesOf,
  clock,
  draft,
  faults,
  log,
  recover,
  removeWithAliases,
  restore,
  server,
} from '../../support/stores/builders.ts';
import { begun, committed, created, faulted, put, reused } from '../../support/stores/events.ts';
import { collected, given } from '../../support/stores/given.ts';
import { objectId } from '../../support/stores/names.ts';
import { plain } from '../../support/stores/plain.ts';

const pair = log('animals', { cat: '2MB', dog: '1MB' });
const versioned = server({ bucket: { provider: 'aws', versioning: true } });
const planned = (fault: BucketFault['fault'], times = 1, call: BucketFault['call'] = 'put'): BucketFault => ({
  call,
  fault,
  times,
});
const cat = (fault: BucketFault['fault']) => faulted('put', fault, 'animals', 'cat', '2MB');
const dog = (fault: BucketFault['fault']) => faulted('put', fault, 'animals', 'dog', '1MB');
const pairUploaded = [
  begun('animals:v0', { cat: '2MB', dog: '1MB' }, { uploaded: ['cat', 'dog'] }),
  committed('animals:v0'),
  put('animals:v0', 'latest'),
];

describe('an upload to a failing bucket', () => {
  test('repeats a call that failed or seemed to fail', () => {
    given(faults(planned('fails', 2), planned('answers late')))
      .when(pair)
      .then(created('animals'), cat('fails'), cat('fails'), cat('answers late'), ...pairUploaded);
  });

  test('continues with the next object if a call was executed twice', () => {
    given(faults(planned('answers twice', 2)))
      .when(pair)
      .then(created('animals'), cat('answers twice'), dog('answers twice'), ...pairUploaded);
  });

  test('meets the faults in the order of the plan, one for each call', () => {
    given(faults(planned('fails'), planned('answers twice'), planned('fails'), planned('answers late')))
      .when(pair)
      .then(
        created('animals'),
        cat('fails'),
        cat('answers twice'),
        dog('fails'),
        dog('answers late'),
        ...pairUploaded,
      );
  });

  test('leaves the faults that it did not meet to the next one', () => {
    const left = given(faults(planned('answers twice', 3)), pair).store.bucketFaults;
    expect(left).toEqual([planned('answers twice')]);
    given(faults(planned('answers twice', 3)), pair)
      .when(log('animals', { rat: '3MB' }))
      .then(
        faulted('put', 'answers twice', 'animals', 'rat', '3MB'),
        begun('animals:v1', { rat: '3MB' }, { uploaded: ['rat'] }),
        committed('animals:v1'),
        put('animals:v1', 'latest', 0),
      );
  });

  test('meets none that await other calls', () => {
    const others = faults(planned('fails', 1, 'delete'), planned('fails', 1, 'undelete'));
    given(others)
      .when(pair)
      .then(created('animals'), ...pairUploaded);
    expect(given(others, pair).store.bucketFaults).toHaveLength(2);
  });

  test('makes no call for objects that are already stored, or if no version is created (LOG-3, LOG-6)', () => {
    const unlucky = faults(planned('fails'));
    given(pair, unlucky).when(pair).then(reused('animals:v0'));
    given(pair, unlucky)
      .when(draft('animals:v0', { remove: ['cat'] }))
      .thenTypes(['versionBegun', 'versionCommitted', 'aliasPut']);
    given(pair, unlucky)
      .when(log('animals', { cat: '2MB' }, { type: 'model' }))
      .thenRefused('type-mismatch');
    expect(given(pair, unlucky, pair).store.bucketFaults).toEqual([planned('fails')]);
  });

  test('may be one that is only begun', () => {
    given(faults(planned('answers late')))
      .when(begin('animals', { cat: '2MB' }))
      .thenTypes(['collectionCreated', 'bucketCallFaulted', 'versionBegun']);
  });

  test('calls once for a content that two paths have', () => {
    given(faults(planned('answers twice', 2)))
      .when(log('animals', { cat: '2MB', copy: '2MB cat' }))
      .thenTypes(['collectionCreated', 'bucketCallFaulted', 'versionBegun', 'versionCommitted', 'aliasPut']);
  });

  test.each(FAULT_KINDS)('%s: the store ends as without it', (fault) => {
    const store = given(versioned, faults(planned(fault, 2)), pair).store;
    expect(plain(store)).toEqual(plain(given(versioned, pair).store));
  });
});

describe('the faults of calls', () => {
  const object = { objectId: objectId('animals', 'cat'), sizeBytes: bytesOf('2MB') };
  const withFaults = (...list: readonly BucketFault[]) => given(faults(...list)).store;

  test('are none without objects, and none if none are planned', () => {
    expect(faultsUntilDone(withFaults(planned('fails', 9)), 'put', [])).toEqual([]);
    expect(faultsUntilDone(withFaults(), 'put', [object])).toEqual([]);
    expect(faultOfNext(withFaults(), 'put', object)).toBe(null);
  });

  test.each(BUCKET_CALLS)('of %s: the next one is the first of its plan', (call) => {
    const others = BUCKET_CALLS.filter((other) => other !== call).map((other) => planned('fails', 1, other));
    const store = withFaults(...others, planned('answers late', 1, call), planned('fails', 1, call));
    expect(faultOfNext(store, call, object)).toEqual(faulted(call, 'answers late', 'animals', 'cat', '2MB'));
    expect(faultOfNext(withFaults(...others), call, object)).toBe(null);
  });
});

// Commands of which each may call the bucket, or undo what such a call did.
const step: fc.Arbitrary<Command | typeof collected> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .subarray(['cat', 'dog', 'rat', 'owl'], { minLength: 1 })
      .map((contents) => log('animals', Object.fromEntries(contents.map((content) => [content, '1MB'])))),
  },
  { weight: 2, arbitrary: fc.constantFrom(0, 1, 2).map((at) => removeWithAliases(`animals:v${at}`)) },
  { weight: 2, arbitrary: fc.constantFrom(0, 1, 2).map((at) => recover(`animals:v${at}`)) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 2).map((at) => restore(`animals:v${at}`)) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(bucketDelete, bucketUndelete), fc.nat(2), fc.constantFrom('cat', 'dog', 'rat'))
      .map(([changeOutOfBand, at, path]) => changeOutOfBand(`animals:v${at}/${path}`)),
  },
  { weight: 2, arbitrary: fc.constantFrom('1d', '8d').map(clock) },
  { weight: 2, arbitrary: fc.constant(collected) },
);
const histories = fc
  .array(step, { minLength: 5, maxLength: 20, size: 'max' })
  .map((steps) => [pair, bucketDelete('animals:v0/cat'), ...steps]);
const mostlyVersioned = fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false));
const plan = fc.array(
  fc.record({
    call: fc.constantFrom('put' as const, 'undelete' as const),
    fault: fc.constantFrom(...FAULT_KINDS),
    times: fc.integer({ min: 1, max: 4 }),
  }),
  { minLength: 1, maxLength: 5 },
);

test(
  'whatever goes wrong with puts and undeletes, the store converges to the same as without',
  () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(histories, plan, mostlyVersioned, (steps, list, versioning) => {
        const bucket = { ...DEFAULT_SETTINGS.bucket, provider: 'aws' as const, versioning };
        const settings = { ...DEFAULT_SETTINGS, bucket };
        const [lucky, unlucky] = [
          new Simulator(emptyStore(settings)),
          new Simulator(emptyStore(settings, undefined, list)),
        ];
        for (const one of steps) {
          expect(play(unlucky, one, met)).toBe(play(lucky, one, new Set()));
          expect(withoutPlan(unlucky.store)).toEqual(withoutPlan(lucky.store));
        }
        expect(brokenInvariants(unlucky.store)).toEqual([]);
      }),
      atLeastRuns(100),
    );
    expect(met.size, 'each call meets each fault in some history').toBe(2 * FAULT_KINDS.length);
  },
  PATIENCE_MS,
);

function play(simulator: Simulator, one: Command | typeof collected, met: Set<string>): string {
  const outcome =
    one.type === 'collected' ? simulator.apply({ type: 'collectGarbage' }) : simulator.apply(one);
  for (const event of outcome.ok ? outcome.events : []) {
    if (event.type === 'bucketCallFaulted') met.add(`${event.call} ${event.fault}`);
  }
  return outcome.ok ? 'accepted' : outcome.refusal.code;
}

function withoutPlan(store: Store): unknown {
  return plain({ ...store, bucketFaults: [] });
}
