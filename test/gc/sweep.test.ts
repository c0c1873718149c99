import { describe, expect, test } from 'vitest';
import { isStored } from '../../src/bucket/bucket.ts';
import {
  begin,
  bytesOf,
  clock,
  log,
  release,
  removeCollection,
  removeWithAliases,
  review,
  sweep,
} from '../support/builders.ts';
import { given } from '../support/given.ts';
import { objectId, versionId } from '../support/names.ts';

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
    expect(store.bucket.blobs.get(dog)).toMatchObject({ status: 'gone', since: store.now });
    expect(store.bucket.storedBytes).toBe(bytesOf('2MB'));
    expect(store.objects.has(dog)).toBe(false);
  });

  test('of what was swept, or never waited, changes nothing (GC-8)', () => {
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

  test('of what was uploaded anew after its sweep changes nothing', () => {
    given(...released, sweep(dog), log('animals', { dog: '1MB' }))
      .when(sweep(dog))
      .thenNothing();
  });
});

describe('a sweep spares (GC-9)', () => {
  test('what a version that was logged in the meantime holds', () => {
    const { store } = given(...released, log('animals', { dog: '1MB' }))
      .when(sweep(dog))
      .then({ type: 'objectSpared', objectId: dog, holders: 1 });
    expect(isStored(store.bucket, dog)).toBe(true);
    expect(store.garbageCollection.unheld.size).toBe(0);
  });

  test('what an upload was told is stored already, though nobody can find it yet', () => {
    given(...released, begin('animals', { dog: '1MB' }), begin('animals', { dog: '1MB', cat: '2MB' }))
      .when(sweep(dog))
      .then({ type: 'objectSpared', objectId: dog, holders: 2 });
  });

  test('and what is given up again before the sweep is spared too, until that is collected', () => {
    const again = [...released, log('animals', { dog: '1MB' }), removeCollection('animals')] as const;
    given(...again)
      .when(sweep(dog))
      .then({ type: 'objectSpared', objectId: dog, holders: 1 });
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
    expect([...twice.store.garbageCollection.unheld.keys()].sort()).toEqual([cat, dog].sort());
    twice.when(sweep(dog)).thenTypes(['objectSwept']);
  });
});
