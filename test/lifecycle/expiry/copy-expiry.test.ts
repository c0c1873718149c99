import { describe, expect, test } from 'vitest';
import { statusOf } from '../../../src/bucket/blob.ts';
import { nextDrop } from '../../../src/bucket/bucket.ts';
import { versionById } from '../../../src/store/look-up.ts';
import type { Store } from '../../../src/store/store.ts';
import {
  bucketDelete,
  bytesOf,
  clock,
  dropCopies,
  log,
  recover,
  removeWithAliases,
  server,
  time,
} from '../../support/stores/builders.ts';
import { collected, given } from '../../support/stores/given.ts';
import { objectId, versionId } from '../../support/stores/names.ts';

const [cat, dog] = [objectId('animals', 'cat'), objectId('animals', 'dog')];
const versioned = server({ bucket: { provider: 'aws', versioning: true } });
const softDeleting = server({ bucket: { provider: 'azure', softDelete: true } });
const gone = [
  log('animals', { cat: '2MB', dog: '1MB' }),
  removeWithAliases('animals:v0'),
  clock('7d'),
  collected,
];
const drop = (key: string, size: string, kind: 'noncurrent' | 'soft-deleted') =>
  ({ key, sizeBytes: bytesOf(size), kind, left: null }) as const;
const bucketOf = (store: Store) => [cat, dog].map((id) => statusOf(store.bucket.blobs.get(id)));

describe('the copies of deleted objects in a bucket', () => {
  test.each([
    ['noncurrent', versioned, '30d'],
    ['soft-deleted', softDeleting, '7d'],
  ] as const)(
    '%s ones are dropped when their days are over, and cost nothing any more (BKT-3, BKT-4)',
    (kind, bucket, kept) => {
      const history = [bucket, ...gone, clock(kept)];
      const before = given(...history).store;
      expect([before.bucket.storedBytes, before.bucket.billedBytes]).toEqual([0, bytesOf('3MB')]);
      const when = given(...history)
        .when(dropCopies)
        .then({ type: 'copiesDropped', dropped: [drop(cat, '2MB', kind), drop(dog, '1MB', kind)] });
      expect(when.store.bucket.billedBytes).toBe(0);
      expect(bucketOf(when.store)).toEqual(['gone', 'gone']);
      expect(nextDrop(when.store.bucket)).toBe(null);
    },
  );

  test.each([
    ['noncurrent', versioned, '2591999s'],
    ['soft-deleted', softDeleting, '604799s'],
  ] as const)('%s ones are not dropped a second before', (kind, bucket, kept) => {
    given(bucket, ...gone, clock(kept))
      .when(dropCopies)
      .thenNothing();
    expect(bucketOf(given(bucket, ...gone, clock(kept)).store)).toEqual([kind, kind]);
  });

  test('are none in a bucket that keeps nothing (BKT-1), or if nothing was deleted', () => {
    given(...gone, clock('365d'))
      .when(dropCopies)
      .thenNothing();
    given(versioned, log('animals', { cat: '2MB' }), clock('365d'))
      .when(dropCopies)
      .thenNothing();
    given().when(dropCopies).thenNothing();
  });

  test('are each dropped at its own time, and a second time nothing is left to drop', () => {
    const apart = [
      versioned,
      log('animals', { cat: '2MB' }),
      log('animals', { dog: '1MB' }),
      bucketDelete('animals:v0/cat'),
      clock('1d'),
      bucketDelete('animals:v1/dog'),
      clock('29d'),
    ];
    given(...apart)
      .when(dropCopies)
      .then({ type: 'copiesDropped', dropped: [drop(cat, '2MB', 'noncurrent')] });
    given(...apart, dropCopies)
      .when(dropCopies)
      .thenNothing();
    given(...apart, dropCopies, clock('1d'))
      .when(dropCopies)
      .then({ type: 'copiesDropped', dropped: [drop(dog, '1MB', 'noncurrent')] });
  });

  test('of versioning go by the days of today, those of soft delete by the days of their deletion', () => {
    const shorter = server({ bucket: { lifecycle: [{ noncurrentDays: 3 }], softDeleteDays: 3 } });
    given(versioned, ...gone, shorter, clock('3d'))
      .when(dropCopies)
      .thenTypes(['copiesDropped']);
    given(softDeleting, ...gone, shorter, clock('3d'))
      .when(dropCopies)
      .thenNothing();
    const longer = server({ bucket: { lifecycle: [{ noncurrentDays: 300 }], softDeleteDays: 300 } });
    given(versioned, ...gone, longer, clock('30d'))
      .when(dropCopies)
      .thenNothing();
    given(softDeleting, ...gone, longer, clock('7d'))
      .when(dropCopies)
      .thenTypes(['copiesDropped']);
  });

  test('of both kinds, from before and after a change of the provider, are dropped together', () => {
    const moved = server({ bucket: { provider: 'azure', versioning: false, softDelete: true } });
    given(
      versioned,
      log('animals', { cat: '2MB', dog: '1MB' }),
      bucketDelete('animals:v0/cat'),
      moved,
      bucketDelete('animals:v0/dog'),
      clock('30d'),
    )
      .when(dropCopies)
      .then({
        type: 'copiesDropped',
        dropped: [drop(dog, '1MB', 'soft-deleted'), drop(cat, '2MB', 'noncurrent')],
      });
  });
});

describe('the store', () => {
  test('does not change: neither its versions nor what they hold', () => {
    const lost = [versioned, log('animals', { cat: '2MB' }), bucketDelete('animals:v0/cat'), clock('30d')];
    const before = given(...lost);
    const after = before.when(dropCopies).thenTypes(['copiesDropped']).store;
    expect(versionById(after, versionId('animals:v0'))).toBe(
      versionById(before.store, versionId('animals:v0')),
    );
    expect(after.objects).toBe(before.store.objects);
    expect([...after.outOfBand.keys()]).toEqual([cat]);
  });

  test('cannot recover a version whose copies are dropped, and could before (BKT-5)', () => {
    given(versioned, ...gone, clock('30d'))
      .when(recover('animals:v0'))
      .thenTypes(['versionRecovered']);
    given(versioned, ...gone, clock('30d'), dropCopies)
      .when(recover('animals:v0'))
      .thenRefused('objects-missing', { rule: 'BKT-5', blockers: ['cat', 'dog'] });
  });

  test('still has the older copies of a recovered object', () => {
    const twice = [versioned, ...gone, log('animals', { cat: '2MB', dog: '1MB' }), clock('23d')];
    given(...twice)
      .when(dropCopies)
      .thenNothing();
    const when = given(...twice, clock('7d'))
      .when(dropCopies)
      .thenTypes(['copiesDropped']);
    expect(bucketOf(when.store)).toEqual(['stored', 'stored']);
    expect(when.store.bucket.billedBytes).toBe(bytesOf('3MB'));
    expect(when.store.now).toBe(time('37d'));
  });
});
