import { describe, expect, test } from 'vitest';
import { statusOf } from '../../../src/bucket/blob.ts';
import { verify } from '../../../src/insight/verify.ts';
import { versionById } from '../../../src/store/look-up.ts';
import type { Store } from '../../../src/store/store.ts';
import { EVERY_BUCKET } from '../../bucket/every-bucket.ts';
import {
  begin,
  bucketDelete,
  bucketUndelete,
  bytesOf,
  clock,
  dropCopies,
  faults,
  file,
  link,
  log,
  recover,
  reference,
  release,
  remove,
  removeWithAliases,
  review,
  server,
  sweep,
} from '../../support/stores/builders.ts';
import { collected, given } from '../../support/stores/given.ts';
import { objectId, versionId } from '../../support/stores/names.ts';
import { plain } from '../../support/stores/plain.ts';

const v0 = versionId('animals:v0');
const [cat, dog] = [objectId('animals', 'cat'), objectId('animals', 'dog')];
const deletedOutOfBand = { type: 'deletedOutOfBand', objectId: cat } as const;
const undeletedOutOfBand = { type: 'undeletedOutOfBand', objectId: cat } as const;
const versioned = server({ bucket: { provider: 'aws', versioning: true } });
const animals = [
  log('animals', { cat: '2MB', dog: '1MB' }, { aliases: ['best'] }),
  log('animals', { cat: '2MB', rat: '3MB' }),
];
const taken = [...animals, bucketDelete('animals:v0/cat')];
const bucketOf = (store: Store) => statusOf(store.bucket.blobs.get(cat));

describe('an object that is deleted out of band (BKT-6)', () => {
  test('is gone from the bucket, and the store knows nothing of it', () => {
    const when = given(...animals)
      .when(bucketDelete('animals:v0/cat'))
      .then(deletedOutOfBand);
    expect(bucketOf(when.store)).toBe('gone');
    expect(when.store.bucket.storedBytes).toBe(bytesOf('4MB'));
    expect(when.store.logicalBytes).toBe(bytesOf('8MB'));
    expect(when.store.objects.get(cat)?.holders).toBe(2);
    expect([...when.store.outOfBand.keys()]).toEqual([cat]);
    expect(versionById(when.store, v0).state).toMatchObject({ kind: 'COMMITTED', aliases: ['best'] });
  });

  test.each(EVERY_BUCKET)('leaves what a bucket keeps: $name', ({ policy, keeps }) => {
    const deployment = policy.provider === 'managed' ? 'shared-cloud' : 'self-managed';
    const { store } = given(server({ deployment, bucket: policy }), ...taken);
    expect(bucketOf(store)).toBe(keeps ?? 'gone');
    expect(store.bucket.billedBytes).toBe(bytesOf(keeps === null ? '4MB' : '6MB'));
  });

  test('is found by a verification, at every version and path that lists it', () => {
    const { store } = given(log('animals', { cat: '2MB', 'copy.cat': '2MB cat' }), ...taken);
    const missing = verify(store).findings.map((finding) =>
      finding.kind === 'file missing' ? `${finding.version}/${finding.path}` : finding.kind,
    );
    expect(missing).toEqual(['animals:v0/cat', 'animals:v0/copy.cat', 'animals:v1/cat', 'animals:v2/cat']);
  });

  test('may be named by any version that lists it, and by any name of it', () => {
    const linked = given(...animals, link('animals:v0', 'prod'));
    for (const name of [
      'animals:v0',
      'animals:v1',
      'animals:best',
      'animals:latest',
      'prod:v0',
      'prod:latest',
    ]) {
      linked.when(bucketDelete(`${name}/cat`)).then(deletedOutOfBand);
    }
  });

  test('may be that of an upload, and of a version that was deleted', () => {
    const upload = [begin('animals', { cat: '2MB' })];
    given(...upload)
      .when(bucketDelete('animals#0/cat'))
      .then(deletedOutOfBand);
    given(...upload, bucketDelete('animals#0/cat'), { type: 'commitVersion', versionId: v0 })
      .when(bucketUndelete('animals:v0/cat'))
      .thenRefused('objects-missing');
    given(...animals, removeWithAliases('animals:v0'))
      .when(bucketDelete('animals:v0/cat'))
      .then(deletedOutOfBand);
  });

  test('a second time changes nothing', () => {
    given(...taken)
      .when(bucketDelete('animals:v1/cat'))
      .thenNothing();
  });

  test('has nothing to do with faults of the bucket, which meet the calls of the store', () => {
    const planned = faults({ call: 'delete', fault: 'fails', times: 1 });
    const when = given(...animals, planned)
      .when(bucketDelete('animals:v0/cat'))
      .then(deletedOutOfBand);
    expect(when.store.bucketFaults).toHaveLength(1);
  });

  test('is swept without freeing anything when its last holder is collected', () => {
    const released = [
      log('animals', { cat: '2MB' }),
      bucketDelete('animals:v0/cat'),
      removeWithAliases('animals:v0'),
      clock('7d'),
      review,
      release(v0),
    ];
    const when = given(...released)
      .when(sweep(cat))
      .then({ type: 'objectSwept', objectId: cat, freedBytes: bytesOf('0B') });
    expect(when.store.outOfBand.size).toBe(0);
  });

  test('while it waits for its sweep, is looked for in vain', () => {
    const waiting = [
      log('animals', { cat: '2MB' }),
      remove('animals:v0', { deleteAliases: true }),
      clock('7d'),
    ];
    const { store } = given(...waiting, review, release(v0), bucketDelete('animals:v0/cat'), collected);
    expect(store.objects.size + store.outOfBand.size).toBe(0);
    expect(versionById(store, v0).state.kind).toBe('DELETED');
  });
});

describe('an object that is recovered out of band (BKT-2, BKT-4)', () => {
  test.each([
    ['noncurrent', versioned],
    ['soft-deleted', server({ bucket: { provider: 'azure', softDelete: true } })],
  ] as const)('leaves everything as if nothing had been: from a %s copy', (kept, bucket) => {
    const lost = given(bucket, ...taken);
    expect(bucketOf(lost.store)).toBe(kept);
    const back = lost.when(bucketUndelete('animals:v0/cat')).then(undeletedOutOfBand);
    const before = given(bucket, ...animals).store;
    expect(plain({ ...back.store, bucket: null })).toEqual(plain({ ...before, bucket: null }));
    expect(back.store.bucket.billedBytes).toBe(before.bucket.billedBytes);
    expect(verify(back.store).findings).toEqual([]);
  });

  test('that is there changes nothing', () => {
    given(...animals)
      .when(bucketUndelete('animals:v0/cat'))
      .thenNothing();
  });

  test('is refused where the bucket has kept no copy, or no longer (BKT-5)', () => {
    const refusal = {
      rule: 'BKT-5',
      sentence: 'The bucket has no copy of animals:v0/cat.',
      blockers: ['animals:v0/cat'],
    } as const;
    given(...taken)
      .when(bucketUndelete('animals:best/cat'))
      .thenRefused('objects-missing', refusal);
    given(versioned, ...taken, clock('30d'), dropCopies)
      .when(bucketUndelete('animals:v0/cat'))
      .thenRefused('objects-missing', refusal);
  });

  const sweptAway = [
    versioned,
    log('animals', { cat: '2MB', dog: '1MB' }),
    removeWithAliases('animals:v0'),
    clock('7d'),
    collected,
  ];

  test('after garbage collection costs storage, and is known to no version', () => {
    const back = given(...sweptAway)
      .when(bucketUndelete('animals:v0/cat'))
      .then(undeletedOutOfBand);
    expect(back.store.bucket.storedBytes).toBe(bytesOf('2MB'));
    expect([back.store.objects.has(cat), back.store.outOfBand.has(cat)]).toEqual([false, true]);
    expect(versionById(back.store, v0).state.kind).toBe('DELETED');
    expect(verify(back.store).findings).toMatchObject([
      { kind: 'held by nothing', once: { version: 'animals:v0', path: 'cat' }, fate: 'unknown to the store' },
    ]);
  });

  test('after garbage collection may be deleted again, and all is as before', () => {
    const again = given(...sweptAway, bucketUndelete('animals:v0/cat'))
      .when(bucketDelete('animals:v0/cat'))
      .then(deletedOutOfBand);
    expect(again.store.outOfBand.size).toBe(0);
    expect(again.store.bucket.storedBytes).toBe(0);
    expect(again.store.bucket.billedBytes).toBe(bytesOf('3MB'));
  });

  test('after garbage collection is taken up by a log of its content, and by a recovery', () => {
    const back = [...sweptAway, bucketUndelete('animals:v0/cat'), bucketUndelete('animals:v0/dog')];
    const logged = given(...back, log('animals', { cat: '2MB' })).store;
    expect([...logged.outOfBand.keys()]).toEqual([dog]);
    const recovered = given(...back, recover('animals:v0')).store;
    expect(recovered.outOfBand.size).toBe(0);
    expect(recovered.bucket.storedBytes).toBe(bytesOf('3MB'));
  });

  test('before its sweep is swept all the same: nothing holds it', () => {
    const late = [
      versioned,
      log('animals', { cat: '2MB' }),
      removeWithAliases('animals:v0'),
      clock('7d'),
      faults({ call: 'delete', fault: 'answers late', times: 1 }),
      review,
      release(v0),
      sweep(cat),
    ];
    given(...late)
      .when(bucketUndelete('animals:v0/cat'))
      .then(undeletedOutOfBand);
    const { store } = given(...late, bucketUndelete('animals:v0/cat'), collected);
    expect([bucketOf(store), store.objects.size, store.outOfBand.size]).toEqual(['noncurrent', 0, 0]);
  });
});

describe('work on the bucket is refused', () => {
  const store = given(
    log('animals', [file('cat', '2MB'), reference('tree', 's3://wood/tree'), file('__proto__', '1MB')]),
    begin('plants'),
  );

  test.each(['dog', '', 'constructor', 'cat/', '../cat', 'CAT'])(
    'for a path that is not there: %j',
    (path) => {
      for (const command of [bucketDelete(`animals:v0/${path}`), bucketUndelete(`animals:v0/${path}`)]) {
        store.when(command).thenRefused('not-found', {
          rule: 'BKT-6',
          sentence: `animals:v0 has no path "${path}".`,
          blockers: [],
        });
      }
    },
  );

  test('for a reference, of which the bucket has nothing (GC-5)', () => {
    for (const command of [bucketDelete('animals:v0/tree'), bucketUndelete('animals:v0/tree')]) {
      store.when(command).thenRefused('not-found', {
        rule: 'GC-5',
        sentence: '"tree" of animals:v0 is a reference: its content is not in the bucket.',
      });
    }
  });

  test('for a version that never was', () => {
    for (const name of ['animals:v9', 'animals:best', 'birds:v0', 'animals:__proto__']) {
      store.when(bucketDelete(`${name}/cat`)).thenRefused('not-found', { rule: 'DEL-3' });
      store.when(bucketUndelete(`${name}/cat`)).thenRefused('not-found', { rule: 'DEL-3' });
    }
  });

  test('but not for a path that an object would have already', () => {
    store
      .when(bucketDelete('animals:v0/__proto__'))
      .then({ ...deletedOutOfBand, objectId: objectId('animals', '__proto__') });
  });
});
