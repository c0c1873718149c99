import { describe, expect, test } from 'vitest';
import { isKept, isStored } from '../../src/bucket/bucket.ts';
import type { BucketFault, FaultKind } from '../../src/bucket/faults.ts';
import {
  begin,
  bucketDelete,
  bytesOf,
  clock,
  log,
  release,
  removeCollection,
  removeWithAliases,
  review,
  server,
  sweep,
} from '../support/stores/builders.ts';
import { given, type History } from '../support/stores/given.ts';
import { objectId, versionId } from '../support/stores/names.ts';

const [v0, v1] = [versionId('animals:v0'), versionId('animals:v1')];
const [cat, dog] = [objectId('animals', 'cat'), objectId('animals', 'dog')];
const released = [
  log('animals', { cat: '2MB', dog: '1MB' }),
  log('animals', { cat: '2MB' }),
  removeWithAliases('animals:v0'),
  clock('7d'),
  review,
  release(v0),
] as const;

describe('a sweep', () => {
  test('deletes from the bucket what no version holds, and says how much it freed (GC-2)', () => {
    const { store } = given(...released)
      .when(sweep(dog))
      .then({ type: 'objectSwept', objectId: dog, freedBytes: bytesOf('1MB') });
    expect(isStored(store.bucket, dog)).toBe(false);
    expect(store.bucket.blobs.get(dog)).toMatchObject({ current: false, copies: [], since: store.now });
    expect(store.bucket.storedBytes).toBe(bytesOf('2MB'));
    expect(store.objects.has(dog)).toBe(false);
  });

  test('of an object that was swept already, or never waited, changes nothing (GC-8)', () => {
    given(...released, sweep(dog))
      .when(sweep(dog))
      .thenNothing();
    given(...released)
      .when(sweep(cat))
      .thenNothing();
    given(...released)
      .when(sweep(objectId('animals', 'ghost')))
      .thenNothing();
  });

  test('of an object that was uploaded again since changes nothing', () => {
    given(...released, sweep(dog), log('animals', { dog: '1MB' }))
      .when(sweep(dog))
      .thenNothing();
  });
});

describe('a sweep retains (GC-9)', () => {
  test('what a version that was logged in the meantime holds', () => {
    const { store } = given(...released, log('animals', { dog: '1MB' }))
      .when(sweep(dog))
      .then({ type: 'objectRetained', objectId: dog, holders: 1 });
    expect(isStored(store.bucket, dog)).toBe(true);
    expect(store.garbageCollection.unreferenced.size).toBe(0);
  });

  test('an object that an upload counts as already stored, though the upload cannot be found yet', () => {
    given(...released, begin('animals', { dog: '1MB' }), begin('animals', { dog: '1MB', cat: '2MB' }))
      .when(sweep(dog))
      .then({ type: 'objectRetained', objectId: dog, holders: 2 });
  });

  test('that object after the upload is abandoned too, until that version is collected', () => {
    const again = [...released, log('animals', { dog: '1MB' }), removeCollection('animals')] as const;
    given(...again)
      .when(sweep(dog))
      .then({ type: 'objectRetained', objectId: dog, holders: 1 });
    given(...again, sweep(dog), clock('7d'), review, release(versionId('animals:v2')), release(v1))
      .when(sweep(dog))
      .then({ type: 'objectSwept', objectId: dog, freedBytes: bytesOf('1MB') });
  });

  test('nothing that two versions have released, which is swept once for both', () => {
    const twice = given(
      ...released,
      log('animals', { dog: '1MB' }),
      removeCollection('animals'),
      clock('7d'),
      review,
      release(v1),
      release(versionId('animals:v2')),
    );
    expect([...twice.store.garbageCollection.unreferenced.keys()].sort()).toEqual([cat, dog].sort());
    twice.when(sweep(dog)).thenTypes(['objectSwept']);
  });
});

describe('a sweep of a failing bucket (GC-8)', () => {
  const planned = (...faults: readonly BucketFault[]) => ({ type: 'planBucketFaults', faults }) as const;
  const faulty = (fault: FaultKind, times = 1): readonly History[] => [
    ...released,
    planned({ call: 'delete', fault, times }),
  ];
  const swept = { type: 'objectSwept', objectId: dog, freedBytes: bytesOf('1MB') } as const;
  const faulted = (fault: FaultKind) =>
    ({ type: 'bucketCallFaulted', call: 'delete', fault, objectId: dog, sizeBytes: bytesOf('1MB') }) as const;

  test('that fails to delete leaves the object waiting, and the next sweep deletes it', () => {
    const { store } = given(...faulty('fails'))
      .when(sweep(dog))
      .then(faulted('fails'));
    expect(isStored(store.bucket, dog)).toBe(true);
    expect([store.garbageCollection.unreferenced.has(dog), store.objects.has(dog)]).toEqual([true, true]);
    given(...faulty('fails'), sweep(dog))
      .when(sweep(dog))
      .then(swept);
  });

  test('that fails twice makes two sweeps fail, and the third succeeds', () => {
    const history = [...faulty('fails', 2), sweep(dog)];
    given(...history)
      .when(sweep(dog))
      .then(faulted('fails'));
    given(...history, sweep(dog))
      .when(sweep(dog))
      .then(swept);
  });

  test('that answers late has deleted the object, which keeps waiting: the next sweep finds it gone', () => {
    const { store } = given(...faulty('answers late'))
      .when(sweep(dog))
      .then(faulted('answers late'));
    expect(isStored(store.bucket, dog)).toBe(false);
    expect([store.garbageCollection.unreferenced.has(dog), store.outOfBand.size]).toEqual([true, 0]);
    const after = given(...faulty('answers late'), sweep(dog))
      .when(sweep(dog))
      .then(swept).store;
    expect(after.bucket.storedBytes).toBe(bytesOf('2MB'));
  });

  test('that answers late is not trusted by an upload, which sends the bytes again', () => {
    const again = given(...faulty('answers late'), sweep(dog), log('animals', { dog: '1MB' }));
    expect(isStored(again.store.bucket, dog)).toBe(true);
    again.when(sweep(dog)).then({ type: 'objectRetained', objectId: dog, holders: 1 });
  });

  test('that deletes twice deletes once: the second finds nothing, and no other copy is kept of it', () => {
    given(...faulty('answers twice'))
      .when(sweep(dog))
      .then(faulted('answers twice'), swept);
    const versioned = server({ bucket: { provider: 'aws', versioning: true } });
    const { store } = given(versioned, ...faulty('answers twice')).when(sweep(dog));
    expect(store.bucket.blobs.get(dog)?.copies).toHaveLength(1);
    expect(store.bucketFaults).toEqual([]);
  });

  test('uses up no fault for a retained object, nor one of another call', () => {
    const { store } = given(...faulty('fails'), log('animals', { dog: '1MB' })).when(sweep(dog));
    expect(store.bucketFaults).toHaveLength(1);
    given(...released, planned({ call: 'put', fault: 'fails', times: 1 }))
      .when(sweep(dog))
      .then(swept);
  });
});

describe('a sweep of a bucket that keeps deleted objects', () => {
  test.each([
    ['with versioning', { provider: 'aws', versioning: true }, 'noncurrent'],
    ['with soft delete', { provider: 'azure', softDelete: true }, 'soft-deleted'],
  ] as const)(
    '%s frees stored bytes, and billed ones only later (BKT-2, BKT-4, BKT-7)',
    (_what, bucket, kind) => {
      const { store } = given(server({ bucket }), ...released).when(sweep(dog));
      expect([store.bucket.storedBytes, store.bucket.billedBytes]).toEqual([bytesOf('2MB'), bytesOf('3MB')]);
      expect(isKept(store.bucket, dog)).toBe(true);
      expect(store.bucket.blobs.get(dog)?.copies).toMatchObject([{ kind, since: store.now }]);
    },
  );

  test('frees nothing of an object that was deleted out of band, and forgets that it was (BKT-6)', () => {
    const { store } = given(...released, bucketDelete('animals:v0/dog'))
      .when(sweep(dog))
      .then({ type: 'objectSwept', objectId: dog, freedBytes: bytesOf('0B') });
    expect(store.outOfBand.size).toBe(0);
  });
});
