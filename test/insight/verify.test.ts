import { describe, expect, test } from 'vitest';
import { type Finding, verify } from '../../src/insight/verify.ts';
import { INVARIANTS } from '../../src/store/invariants/invariants.ts';
import type { Store } from '../../src/store/store.ts';
import { digestOfName } from '../../src/values/digest.ts';
import { deleteBlob, putBlob } from '../support/stores/bucket-changes.ts';
import {
  bucketDelete,
  bucketUndelete,
  bytesOf,
  clock,
  log,
  recover,
  reference,
  release,
  removeWithAliases,
  review,
  server,
} from '../support/stores/builders.ts';
import { collected, given } from '../support/stores/given.ts';
import { objectId, versionId } from '../support/stores/names.ts';
import { plain } from '../support/stores/plain.ts';

const versioned = server({ bucket: { provider: 'aws', versioning: true } });
const azure = server({ bucket: { provider: 'azure', softDelete: true } });
const protectedCollector = server({
  deployment: 'self-managed',
  env: [{ name: 'GORILLA_ARTIFACT_GC_ENABLED', value: 'true' }],
});

function findingsIn(store: Store): readonly Finding[] {
  return verify(store).findings;
}

describe('of a store without problems', () => {
  test('nothing is found in an empty one, where only the recounts are checked', () => {
    const { store } = given();
    expect(verify(store)).toEqual({
      findings: [],
      checked: {
        committedVersions: 0,
        files: 0,
        artifactReferences: 0,
        references: 0,
        objects: 0,
        invariants: INVARIANTS.length,
      },
      begins: null,
    });
  });

  test('what was checked are the paths of committed versions, and the stored objects of all', () => {
    const { store } = given(
      log('animals', { 'a.jpg': '2MB cat', 'b.jpg': '2MB cat', dog: '1MB' }),
      log('maps', [reference('world', 's3://maps/1')]),
      log('animals', { rat: '3MB' }),
      removeWithAliases('animals:v1'),
    );
    expect(verify(store)).toMatchObject({
      findings: [],
      checked: { committedVersions: 2, files: 3, references: 1, objects: 3 },
    });
  });

  test('a missing file of a soft-deleted version is not a finding, since nobody can download it', () => {
    const { store } = given(
      log('animals', { cat: '2MB' }),
      removeWithAliases('animals:v0'),
      bucketDelete('animals:v0/cat'),
    );
    expect(findingsIn(store)).toEqual([]);
  });

  test('it is not changed by the question', () => {
    const { store } = given(log('animals', { cat: '2MB' }), bucketDelete('animals:v0/cat'));
    const before = plain(store);
    verify(store);
    expect(plain(store)).toEqual(before);
  });
});

describe('of a file that is missing in the bucket (BKT-6)', () => {
  test('each committed version that lists it is named, with each of its paths', () => {
    const { store } = given(
      log('animals', { 'a.jpg': '2MB cat', 'b.jpg': '2MB cat' }),
      log('animals', { 'c.jpg': '2MB cat', dog: '1MB' }),
      bucketDelete('animals:v0/a.jpg'),
    );
    const found = findingsIn(store);
    expect(
      found.map((finding) => finding.kind === 'file missing' && [finding.version, finding.path]),
    ).toEqual([
      ['animals:v0', 'a.jpg'],
      ['animals:v0', 'b.jpg'],
      ['animals:v1', 'c.jpg'],
    ]);
    expect(found[0]).toEqual({
      kind: 'file missing',
      versionId: versionId('animals:v0'),
      version: 'animals:v0',
      path: 'a.jpg',
      digest: digestOfName('cat'),
      sizeBytes: bytesOf('2MB'),
      bucket: 'gone',
      keptUntil: null,
      recovery: null,
    });
  });

  test.each([
    ['a noncurrent copy', versioned, 'noncurrent', 31],
    ['a soft-deleted copy', azure, 'soft-deleted', 8],
  ] as const)(
    'it says that the bucket has %s, until when, and the action that recovers the version',
    (_what, bucket, status, days) => {
      const history = [bucket, log('animals', { cat: '2MB' }), clock('1d'), bucketDelete('animals:v0/cat')];
      const { store } = given(...history);
      expect(findingsIn(store)).toMatchObject([
        { bucket: status, keptUntil: days * 86_400, recovery: recover('animals:v0') },
      ]);
      expect(findingsIn(given(...history, bucketUndelete('animals:v0/cat')).store)).toEqual([]);
    },
  );

  test('it is brought back alone where another file of its version is lost', () => {
    const { store } = given(
      log('animals', { cat: '2MB', dog: '1MB' }),
      bucketDelete('animals:v0/dog'),
      versioned,
      bucketDelete('animals:v0/cat'),
    );
    expect(findingsIn(store)).toMatchObject([
      { path: 'cat', bucket: 'noncurrent', recovery: bucketUndelete('animals:v0/cat') },
      { path: 'dog', bucket: 'gone', recovery: null },
    ]);
  });

  test('it is found where the bucket has never heard of it', () => {
    const { store } = given(log('animals', { cat: '2MB' }));
    const blobs = store.bucket.blobs.remove(objectId('animals', 'cat'));
    expect(findingsIn({ ...store, bucket: { ...store.bucket, blobs } })[0]).toMatchObject({
      kind: 'file missing',
      bucket: 'gone',
      recovery: null,
    });
  });
});

describe('of an object that nothing holds', () => {
  test('it says that the object waits for its sweep, and which path had it', () => {
    const { store } = given(
      log('animals', { cat: '2MB' }),
      removeWithAliases('animals:v0'),
      clock('7d'),
      review,
      release(versionId('animals:v0')),
    );
    expect(findingsIn(store)).toEqual([
      {
        kind: 'held by nothing',
        digest: digestOfName('cat'),
        sizeBytes: bytesOf('2MB'),
        objectId: objectId('animals', 'cat'),
        once: { versionId: versionId('animals:v0'), version: 'animals:v0', path: 'cat' },
        fate: 'waits for its sweep',
      },
    ]);
  });

  test('it says that the store does not know of one that was swept and is back in the bucket', () => {
    const { store } = given(
      versioned,
      protectedCollector,
      log('animals', { cat: '2MB' }),
      removeWithAliases('animals:v0'),
      clock('7d'),
      collected,
      bucketUndelete('animals:v0/cat'),
    );
    expect(findingsIn(store)).toMatchObject([
      {
        kind: 'held by nothing',
        once: { version: 'animals:v0', path: 'cat' },
        fate: 'unknown to the store',
      },
    ]);
  });

  test('several come in the order of their keys, each with the first path that had it', () => {
    const { store } = given(log('animals', [reference('map', 's3://map')]), log('animals', { cat: '2MB' }));
    const keys = ['stray/c', 'stray/a', 'stray/b'];
    const bucket = keys.reduce(
      (all, key) => putBlob(all, store.settings.bucket, key, bytesOf('1MB'), store.now),
      store.bucket,
    );
    const gone = deleteBlob(bucket, store.settings.bucket, 'stray/b', store.now);
    const found = verify({ ...store, bucket: gone });
    expect(found.findings.flatMap((finding) => ('objectId' in finding ? [finding.objectId] : []))).toEqual([
      'stray/a',
      'stray/c',
    ]);
    expect(found.checked.objects).toBe(3);
  });

  test('it names no path if no version ever had it', () => {
    const { store } = given();
    const bucket = putBlob(store.bucket, store.settings.bucket, 'stray/digest', bytesOf('1MB'), store.now);
    expect(findingsIn({ ...store, bucket })[0]).toMatchObject({ digest: 'digest', once: null });
  });
});

describe('of references to other versions (DEL-18)', () => {
  const index = [
    log('animals', { cat: '2MB' }),
    log('index', [reference('first', 'wandb-artifact://animals:v0/cat'), reference('far', 's3://maps/1')]),
  ];

  test('those that point to a committed version are counted apart from those that are not checked', () => {
    expect(verify(given(...index).store)).toMatchObject({
      findings: [],
      checked: { artifactReferences: 1, references: 1 },
    });
  });

  test('those that dangle are named, with what they point to and how to bring it back', () => {
    const gone = given(...index, removeWithAliases('animals:v0'));
    const dangling = {
      kind: 'reference dangles',
      version: 'index:v0',
      path: 'first',
      target: { version: 'animals:v0', path: 'cat', state: 'PENDING_DELETION' },
      recovery: { type: 'restoreVersion' },
    };
    expect(findingsIn(gone.store)).toMatchObject([dangling]);
    const collectedToo = given(...index, removeWithAliases('animals:v0'), clock('8d'), collected).store;
    expect(findingsIn(collectedToo)).toMatchObject([
      { ...dangling, target: { state: 'DELETED' }, recovery: null },
    ]);
  });

  test('those of versions that are deleted themselves do not matter', () => {
    const gone = [removeWithAliases('animals:v0'), removeWithAliases('index:v0')];
    expect(findingsIn(given(...index, ...gone).store)).toEqual([]);
  });
});

describe('of violated invariants', () => {
  test('each invariant that is broken is named, with what is wrong', () => {
    const { store } = given(log('animals', { cat: '2MB' }));
    const wrong = { ...store, logicalBytes: bytesOf('1MB') };
    expect(findingsIn(wrong)).toEqual([
      {
        kind: 'miscounted',
        invariant: 'byte totals match a recount',
        what: expect.stringContaining('logical is 1000000 bytes, but should be 2000000'),
      },
    ]);
  });

  test('a loss that is not recorded as out of band is both a missing file and a bug', () => {
    const { store } = given(log('animals', { cat: '2MB' }));
    const bucket = deleteBlob(store.bucket, store.settings.bucket, objectId('animals', 'cat'), store.now);
    const kinds = findingsIn({ ...store, bucket }).map(({ kind }) => kind);
    expect([...new Set(kinds)]).toEqual(['file missing', 'miscounted']);
  });
});
