import { describe, expect, test } from 'vitest';
import { verify } from '../../../src/insight/verify.ts';
import { collectionById, versionById } from '../../../src/store/look-up.ts';
import {
  alias,
  bucketDelete,
  bucketUndelete,
  bytesOf,
  clock,
  close,
  faults,
  link,
  log,
  recover,
  reference,
  release,
  removeCollection,
  removeWithAliases,
  review,
  server,
  sweep,
} from '../../support/stores/builders.ts';
import { created, put, recovered, reused } from '../../support/stores/events.ts';
import { collected, given } from '../../support/stores/given.ts';
import { collectionId, objectId, versionId } from '../../support/stores/names.ts';

const [v0, v1] = [versionId('animals:v0'), versionId('animals:v1')];
const [cat, dog, rat] = [objectId('animals', 'cat'), objectId('animals', 'dog'), objectId('animals', 'rat')];
const versioned = server({ bucket: { provider: 'aws', versioning: true } });
const softDeleting = server({ bucket: { provider: 'azure', softDelete: true, softDeleteDays: 9 } });
const pair = log('animals', { cat: '2MB', dog: '1MB' }, { aliases: ['best'] });
const pairGone = [pair, clock('1h'), removeWithAliases('animals:v0'), clock('7d')];
const pairCollected = [...pairGone, collected];

describe('a version that was collected (BKT-5)', () => {
  test.each([
    ['versioning', versioned],
    ['soft delete', softDeleting],
  ])('is COMMITTED again with all its objects, where the bucket has %s', (_name, bucket) => {
    const before = given(bucket, ...pairCollected);
    expect(before.store.bucket.storedBytes).toBe(0);
    const back = before.when(recover('animals:v0')).then(recovered('animals:v0', 'cat', 'dog'));
    expect(versionById(back.store, v0).state).toEqual({ kind: 'COMMITTED', committedAt: 0, aliases: [] });
    expect([cat, dog].map((id) => back.store.objects.get(id)?.holders)).toEqual([1, 1]);
    expect(back.store.bucket.storedBytes).toBe(bytesOf('3MB'));
    expect(back.store.bucket.billedBytes).toBe(bytesOf('3MB'));
    expect(back.store.logicalBytes).toBe(bytesOf('3MB'));
    expect(verify(back.store).findings).toEqual([]);
  });

  test('is listed again, without its aliases, and used as any other', () => {
    const back = [versioned, ...pairCollected, recover('animals:v0')];
    const { listed, aliases } = collectionById(given(...back).store, collectionId('animals'));
    expect([[...listed.keys()], aliases.size]).toEqual([[0], 0]);
    given(...back)
      .when(pair)
      .then(reused('animals:v0'), put('animals:v0', 'latest'), put('animals:v0', 'best'));
  });

  test('may be deleted, collected and recovered again, as often as one likes', () => {
    const again = [removeWithAliases('animals:v0'), clock('7d'), collected, recover('animals:v0')];
    const { store } = given(versioned, pair, ...again, ...again, ...again);
    expect(store.bucket.billedBytes).toBe(bytesOf('3MB'));
    expect(versionById(store, v0).state).toMatchObject({ kind: 'COMMITTED', committedAt: 0 });
  });

  test('recovers only what is missing: another version, or out-of-band work, may have brought back the rest', () => {
    given(versioned, ...pairCollected, log('animals', { cat: '2MB' }))
      .when(recover('animals:v0'))
      .then(recovered('animals:v0', 'dog'));
    const both = given(versioned, ...pairCollected, log('animals', { cat: '2MB' }), recover('animals:v0'));
    expect(both.store.objects.get(cat)?.holders).toBe(2);
    const helped = given(versioned, ...pairCollected, bucketUndelete('animals:v0/cat'));
    expect([...helped.store.outOfBand.keys()]).toEqual([cat]);
    const back = helped.when(recover('animals:v0')).then(recovered('animals:v0', 'dog'));
    expect(back.store.outOfBand.size).toBe(0);
  });

  test('comes back from a bucket that keeps nothing, if others hold all that it needs', () => {
    given(
      pair,
      log('animals', { cat: '2MB', dog: '1MB', rat: '3MB' }),
      removeWithAliases('animals:v0'),
      clock('7d'),
      collected,
    )
      .when(recover('animals:v0'))
      .then(recovered('animals:v0'));
  });

  test('keeps its references, of which the bucket never had anything (GC-5)', () => {
    const tree = log('animals', [reference('tree', 's3://wood/tree', '5GB')]);
    given(tree, removeWithAliases('animals:v0'), clock('7d'), collected)
      .when(recover('animals:v0'))
      .then(recovered('animals:v0'));
  });

  test('reinstates its sequence if that was deleted', () => {
    const deleted = [
      versioned,
      log('net', { cat: '2MB' }, { type: 'model' }),
      log('net', { dog: '1MB' }),
      removeCollection('net'),
      clock('7d'),
      collected,
    ];
    const back = given(...deleted)
      .when(recover('net:v1'))
      .then(created('net', { type: 'model', again: true }), recovered('net:v1', 'dog'));
    expect([...collectionById(back.store, collectionId('net')).listed.keys()]).toEqual([1]);
    given(...deleted, recover('net:v1'))
      .when(recover('net:v0'))
      .then(recovered('net:v0', 'cat'));
  });
});

describe('a soft-deleted version (BKT-5)', () => {
  const steps = [review, release(v0), sweep(cat), sweep(dog), close(v0)];
  const undeleted = [[], [], [], ['cat'], ['cat', 'dog'], ['cat', 'dog']];

  test.each([0, 1, 2, 3, 4, 5])('can be recovered after %i steps of garbage collection', (taken) => {
    const history = [versioned, ...pairGone, ...steps.slice(0, taken)];
    const back = given(...history)
      .when(recover('animals:v0'))
      .then(recovered('animals:v0', ...(undeleted[taken] ?? [])));
    const { trash, garbageCollection } = back.store;
    expect(versionById(back.store, v0).state.kind).toBe('COMMITTED');
    expect(trash.size + garbageCollection.reviewed.size + garbageCollection.released.size).toBe(0);
    const finished = given(...history, recover('animals:v0'), collected).store;
    expect(finished.bucket.storedBytes).toBe(bytesOf('3MB'));
    expect(finished.garbageCollection.unreferenced.size).toBe(0);
    expect([cat, dog].map((id) => finished.objects.get(id)?.holders)).toEqual([1, 1]);
  });

  test('that lost a file out of band gets it back by a recovery, but not by a restore', () => {
    const lost = [versioned, pair, removeWithAliases('animals:v0'), bucketDelete('animals:v0/cat')];
    given(...lost)
      .when({ type: 'restoreVersion', version: recover('animals:v0').version })
      .thenRefused('objects-missing');
    const back = given(...lost)
      .when(recover('animals:v0'))
      .then(recovered('animals:v0', 'cat'));
    expect(back.store.outOfBand.size).toBe(0);
  });

  test('comes back after a delete whose answer came too late, and is not swept again (GC-8)', () => {
    const late = [
      versioned,
      ...pairGone,
      faults({ call: 'delete', fault: 'answers late', times: 1 }),
      review,
      release(v0),
      sweep(cat),
    ];
    given(...late)
      .when(recover('animals:v0'))
      .then(recovered('animals:v0', 'cat'));
    expect(given(...late, recover('animals:v0'), collected).store.bucket.storedBytes).toBe(bytesOf('3MB'));
  });
});

describe('a COMMITTED version (BKT-6)', () => {
  test('that lacks nothing is left as it is, whatever its name here', () => {
    const linked = given(pair, link('animals:v0', 'models/prod', ['live']));
    for (const name of ['animals:v0', 'animals:best', 'models/prod:live'])
      linked.when(recover(name)).thenNothing();
  });

  test('gets back files that were deleted out of band, and keeps its aliases', () => {
    const lost = [versioned, pair, bucketDelete('animals:v0/cat'), bucketDelete('animals:v0/dog')];
    const back = given(...lost)
      .when(recover('animals:best'))
      .then(recovered('animals:v0', 'cat', 'dog'));
    expect(versionById(back.store, v0).state).toMatchObject({ aliases: ['best', 'latest'] });
    expect([cat, dog].map((id) => back.store.objects.get(id)?.holders)).toEqual([1, 1]);
    expect(back.store.logicalBytes).toBe(bytesOf('3MB'));
    expect(verify(back.store).findings).toEqual([]);
  });

  test('gets it back for all who share it, and only what it lists itself', () => {
    const shared = [
      versioned,
      pair,
      log('animals', { cat: '2MB', rat: '3MB' }),
      bucketDelete('animals:v0/cat'),
      bucketDelete('animals:v1/rat'),
    ];
    const back = given(...shared)
      .when(recover('animals:v0'))
      .then(recovered('animals:v0', 'cat'));
    expect([...back.store.outOfBand.keys()]).toEqual([rat]);
    given(...shared, recover('animals:v0'))
      .when(recover('animals:v1'))
      .then(recovered('animals:v1', 'rat'));
  });

  test('gets it back through a link too', () => {
    given(versioned, pair, link('animals:v0', 'models/prod'), bucketDelete('animals:v0/cat'))
      .when(recover('models/prod:latest'))
      .then(recovered('animals:v0', 'cat'));
  });

  test('is refused where the bucket keeps nothing', () => {
    given(pair, bucketDelete('animals:v0/cat'))
      .when(recover('animals:v0'))
      .thenRefused('objects-missing', { rule: 'BKT-5', blockers: ['cat'] });
  });
});

test('a recovered version is held by a protected alias like any other (ALI-7)', () => {
  const held = [
    versioned,
    ...pairCollected,
    recover('animals:v0'),
    link('animals:v0', 'models/prod', ['live']),
    alias('models/prod:v0', { protect: ['live'] }),
  ];
  given(...held)
    .when(removeWithAliases('animals:v0'))
    .thenRefused('protected-alias');
  expect(given(...held, log('animals', { cat: '2MB' })).store.versions.get(v1)?.state.kind).toBe('COMMITTED');
});
