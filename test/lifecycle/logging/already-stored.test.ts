import { describe, expect, test } from 'vitest';
import { verify } from '../../../src/insight/verify.ts';
import { versionById } from '../../../src/store/look-up.ts';
import {
  begin,
  bucketDelete,
  bucketUndelete,
  bytesOf,
  clock,
  faults,
  log,
  release,
  remove,
  review,
  server,
  sweep,
} from '../../support/stores/builders.ts';
import { collected, given, type History } from '../../support/stores/given.ts';
import { objectId, versionId } from '../../support/stores/names.ts';

const v0 = versionId('animals:v0');

describe('what counts as stored (LOG-6)', () => {
  const aws = server({ bucket: { provider: 'aws', versioning: true } });
  const contents = (...history: readonly History[]) =>
    given(...history)
      .when(begin('animals', { cat: '2MB', dog: '1MB' }))
      .events.flatMap((event) =>
        event.type === 'versionBegun'
          ? [{ uploaded: event.uploaded, alreadyStored: event.alreadyStored }]
          : [],
      );
  const [cat, dog] = [objectId('animals', 'cat'), objectId('animals', 'dog')];
  const catThen = [log('animals', { cat: '2MB' }), log('animals', { rat: '3MB' })];

  test('includes every object that a version holds, even if it was deleted out of band (BKT-6)', () => {
    const taken = [...catThen, bucketDelete('animals:v0/cat')];
    expect(contents(...taken)).toEqual([{ uploaded: [dog], alreadyStored: [cat] }]);
    const { store } = given(...taken, log('animals', { cat: '2MB' }));
    expect(store.bucket.blobs.get(cat)?.current).toBe(false);
    expect([...store.outOfBand.keys()]).toEqual([cat]);
    expect(
      verify(store).findings.map((finding) => (finding.kind === 'file missing' ? finding.version : '')),
    ).toEqual(['animals:v0', 'animals:v2']);
  });

  test('is what a PENDING and a soft-deleted version hold, reviewed or not', () => {
    const deletion = [...catThen, remove('animals:v0')];
    expect(contents(begin('animals', { cat: '2MB' }))).toEqual([{ uploaded: [dog], alreadyStored: [cat] }]);
    expect(contents(...deletion)).toEqual([{ uploaded: [dog], alreadyStored: [cat] }]);
    expect(contents(...deletion, clock('7d'), review)).toEqual([{ uploaded: [dog], alreadyStored: [cat] }]);
  });

  test('does not include objects that the store does not know, even if they were recovered out of band (BKT-6)', () => {
    const back = [
      aws,
      ...catThen,
      remove('animals:v0'),
      clock('7d'),
      collected,
      bucketUndelete('animals:v0/cat'),
    ];
    expect(contents(...back)).toEqual([{ uploaded: [cat, dog], alreadyStored: [] }]);
    expect(given(...back, log('animals', { cat: '2MB' })).store.outOfBand.size).toBe(0);
  });

  test('is what nothing holds and the bucket still has, and then it is spared (GC-9)', () => {
    const released = [...catThen, remove('animals:v0'), clock('7d'), review, release(v0)];
    expect(contents(...released)).toEqual([{ uploaded: [dog], alreadyStored: [cat] }]);
    const { store } = given(...released, log('animals', { cat: '2MB' }), collected);
    expect(store.bucket.blobs.get(cat)?.current).toBe(true);
    expect(store.objects.get(cat)?.holders).toBe(1);
  });

  test('is not what nothing holds and the bucket has deleted, though its answer came too late (GC-8)', () => {
    const late = [
      ...catThen,
      remove('animals:v0'),
      clock('7d'),
      faults({ call: 'delete', fault: 'answers late', times: 1 }),
      review,
      release(v0),
      sweep(cat),
    ];
    expect(contents(...late)).toEqual([{ uploaded: [cat, dog], alreadyStored: [] }]);
    const { store } = given(...late, log('animals', { cat: '2MB' }), collected);
    expect(store.bucket.blobs.get(cat)?.current).toBe(true);
    expect(versionById(store, v0).state.kind).toBe('DELETED');
  });

  test('does not include unreferenced objects that were deleted out of band', () => {
    const taken = [
      ...catThen,
      remove('animals:v0'),
      clock('7d'),
      review,
      release(v0),
      bucketDelete('animals:v0/cat'),
    ];
    expect(contents(...taken)).toEqual([{ uploaded: [cat, dog], alreadyStored: [] }]);
    expect(given(...taken, log('animals', { cat: '2MB' })).store.outOfBand.size).toBe(0);
  });

  test('does not include swept objects, as long as the store does not know that they were recovered out of band', () => {
    const swept = [aws, ...catThen, remove('animals:v0'), clock('7d'), collected];
    expect(contents(...swept)).toEqual([{ uploaded: [cat, dog], alreadyStored: [] }]);
    const back = [...swept, bucketUndelete('animals:v0/cat')];
    expect(contents(...back)).toEqual([{ uploaded: [cat, dog], alreadyStored: [] }]);
    const { store } = given(...back, log('animals', { cat: '2MB' }));
    expect(store.outOfBand.size).toBe(0);
    expect(store.bucket.storedBytes).toBe(bytesOf('5MB'));
  });
});
