import { describe, expect, test } from 'vitest';
import { brokenInvariants, INVARIANTS } from '../../../src/store/invariants/invariants.ts';
import { emptyStore, type Store } from '../../../src/store/store.ts';
import { clientIdKeyOf } from '../../../src/store/version.ts';
import type { VersionId } from '../../../src/values/names.ts';
import { sortedKeysOf } from '../../../src/values/sorted-table.ts';
import { emptyTable } from '../../../src/values/table.ts';
import type { Bytes } from '../../../src/values/units.ts';
import { deleteBlob, putBlob } from '../../support/stores/bucket-changes.ts';
import {
  bytesOf,
  clock,
  log,
  reference,
  release,
  removeWithAliases,
  review,
  sweep,
} from '../../support/stores/builders.ts';
import { given } from '../../support/stores/given.ts';
import { aliasText, collectionId, linkId, objectId, versionId } from '../../support/stores/names.ts';
import { amended, whole } from '../whole-store.ts';

const [cat, dog, ghost] = [
  objectId('animals', 'cat'),
  objectId('animals', 'dog'),
  objectId('animals', 'ghost'),
];
const [fern, moss] = [objectId('plants', 'fern'), objectId('plants', 'moss')];
const [animals, prod] = [collectionId('animals'), collectionId('models/prod')];
const more = (count: Bytes) => (count + 1) as Bytes;
const committed = (...aliases: string[]) =>
  ({ kind: 'COMMITTED', committedAt: whole.now, aliases: aliases.map(aliasText) }) as const;

const DIFFERS = 'every out-of-band change is recorded';
const CORRUPTED: readonly (readonly [name: string, what: string, store: () => Store])[] = [
  ['holder counts match a recount', 'counts 9 holders, but has 3', () => amended.object(cat, 9)],
  [
    'holder counts match a recount',
    'is unreferenced, but is not queued for sweeping',
    () =>
      amended.store({
        ...amended.object(ghost, 0),
        bucket: putBlob(whole.bucket, whole.settings.bucket, ghost, bytesOf('1MB'), whole.now),
      }),
  ],
  [
    'holder counts match a recount',
    'held, but unknown',
    () => {
      const bucket = deleteBlob(whole.bucket, whole.settings.bucket, dog, whole.now);
      return amended.store({ objects: whole.objects.remove(dog), bucket });
    },
  ],
  [
    'the referrers of each version match a recount',
    `${cat.split('/')[0]}#0 has the referrers none, but should have`,
    () => ({
      ...given(
        log('animals', { cat: '2MB' }),
        log('index', [reference('cat', 'wandb-artifact://animals:v0/cat')]),
      ).store,
      referrers: emptyTable(),
    }),
  ],
  [
    'the referrers of each version match a recount',
    'but should have none',
    () =>
      amended.store({
        referrers: whole.referrers.insert(versionId('animals:v5'), sortedKeysOf([versionId('animals:v0')])),
      }),
  ],
  [
    'byte totals match a recount',
    'logical is',
    () => amended.store({ logicalBytes: more(whole.logicalBytes) }),
  ],
  [
    'byte totals match a recount',
    'stored is',
    () => amended.bucket({ storedBytes: more(whole.bucket.storedBytes) }),
  ],
  [
    'byte totals match a recount',
    'billed is',
    () => amended.bucket({ billedBytes: more(whole.bucket.billedBytes) }),
  ],
  [
    'aliases and their targets agree',
    'animals:worst points to v0, which does not have it',
    () =>
      amended.collection(animals, ({ aliases }) => ({
        aliases: aliases.insert(aliasText('worst'), { index: 0 }),
      })),
  ],
  [
    'aliases and their targets agree',
    'animals:worst points to v99, which does not have it',
    () =>
      amended.collection(animals, ({ aliases }) => ({
        aliases: aliases.insert(aliasText('worst'), { index: 99 }),
      })),
  ],
  [
    'aliases and their targets agree',
    'models/prod:live points to v1, which does not have it',
    () =>
      amended.collection(prod, ({ aliases }) => ({
        aliases: aliases.insert(aliasText('live'), { index: 1 }),
      })),
  ],
  [
    'aliases and their targets agree',
    'animals:v0 has worst, which points elsewhere',
    () => amended.version('animals:v0', { state: committed('worst') }),
  ],
  [
    'the listings match what exists',
    'animals:v0 is COMMITTED, but not listed',
    () => amended.collection(animals, ({ listed }) => ({ listed: listed.remove(0) })),
  ],
  [
    'the listings match what exists',
    'animals:v3 is PENDING_DELETION, but listed',
    () =>
      amended.collection(animals, ({ listed }) => ({ listed: listed.insert(3, versionId('animals:v3')) })),
  ],
  [
    'the listings match what exists',
    'animals:v0 is COMMITTED, but not listed',
    () => amended.collection(animals, () => ({ exists: false })),
  ],
  [
    'the listings match what exists',
    'animals#4 is PENDING, but not listed as uploading',
    () => amended.collection(animals, ({ uploading }) => ({ uploading: uploading.remove(4) })),
  ],
  [
    'the listings match what exists',
    'animals:v0 is COMMITTED, but listed as uploading',
    () =>
      amended.collection(animals, ({ uploading }) => ({
        uploading: uploading.insert(0, versionId('animals:v0')),
      })),
  ],
  [
    'the listings match what exists',
    'the index of animals:v4 could be reused',
    () => amended.collection(animals, () => ({ nextIndex: 4 })),
  ],
  [
    'the listings match what exists',
    'the serial of animals:v4 could be reused',
    () => amended.collection(animals, () => ({ nextSerial: 5 })),
  ],
  [
    'the listings match what exists',
    'animals:v3 is PENDING_DELETION, but not listed as deleted',
    () => amended.collection(animals, ({ deleted }) => ({ deleted: deleted.remove(3) })),
  ],
  [
    'the listings match what exists',
    'animals:v0 is COMMITTED, but listed as deleted',
    () =>
      amended.collection(animals, ({ deleted }) => ({ deleted: deleted.insert(0, versionId('animals:v0')) })),
  ],
  [
    'the listings match what exists',
    'animals:v4 is PENDING, but has an index',
    () => amended.version('animals#4', { index: 4 }),
  ],
  [
    'the listings match what exists',
    'animals:v7 is listed, but does not exist',
    () =>
      amended.collection(animals, ({ deleted }) => ({ deleted: deleted.insert(7, versionId('animals:v1')) })),
  ],
  [
    'every artifact collection is found by its name',
    'beasts is not found by its name',
    () => amended.collection(animals, ({ name }) => ({ name: { ...name, collection: 'beasts' } })),
  ],
  [
    'every artifact collection is found by its name',
    'plants is not found by its name',
    () => amended.store({ names: whole.names.insert(collectionId('plants'), animals) }),
  ],
  [
    'every artifact collection is found by its name',
    `the name ${animals} leads to ${animals}`,
    () => amended.store({ names: whole.names.insert(animals, animals) }),
  ],
  [
    'every artifact collection is found by its name',
    `the name ${collectionId('beasts')} leads to ${collectionId('ghosts')}`,
    () => amended.store({ names: whole.names.insert(collectionId('beasts'), collectionId('ghosts')) }),
  ],
  [
    'links and their sources refer to each other',
    'links to a version that is not COMMITTED',
    () => amended.link('models/prod:v0', { versionId: versionId('animals:v3') }),
  ],
  [
    'links and their sources refer to each other',
    'does not refer to it',
    () => amended.version('animals:v0', { links: [] }),
  ],
  [
    'links and their sources refer to each other',
    'is not listed',
    () => amended.collection(prod, ({ listed }) => ({ listed: listed.remove(0) })),
  ],
  [
    'links and their sources refer to each other',
    'animals:v0 has no link',
    () => amended.version('animals:v0', { links: [linkId('models/prod:v0'), linkId('models/prod:v9')] }),
  ],
  [
    DIFFERS,
    'is known, but not stored',
    () => amended.store({ bucket: deleteBlob(whole.bucket, whole.settings.bucket, dog, whole.now) }),
  ],
  [
    'every client id names a version',
    'names nothing, which does not exist',
    () =>
      amended.store({
        clientIds: whole.clientIds.insert(clientIdKeyOf('mine'), {
          versionId: 'nothing' as VersionId,
          announced: null,
        }),
      }),
  ],
  [
    DIFFERS,
    'is stored, but unknown',
    () =>
      amended.store({
        bucket: putBlob(whole.bucket, whole.settings.bucket, ghost, bytesOf('1MB'), whole.now),
      }),
  ],
  [
    DIFFERS,
    'is recorded as out-of-band, but does not differ',
    () => amended.store({ outOfBand: whole.outOfBand.insert(cat, true) }),
  ],
  [
    DIFFERS,
    'is recorded as out-of-band, but does not differ',
    () => amended.store({ outOfBand: whole.outOfBand.insert(ghost, true) }),
  ],
];

describe('each invariant can fail, and says what is wrong', () => {
  test.each(CORRUPTED)('%s: %s', (name, what, store) => {
    const broken = brokenInvariants(store());
    expect(broken).toContainEqual(expect.stringContaining(what));
    expect(broken.filter((sentence) => !sentence.startsWith(`${name}: `))).toEqual([]);
  });

  test('no committed version lacks a file: what is not stored is listed as differing, or fails twice', () => {
    const bucket = deleteBlob(whole.bucket, whole.settings.bucket, cat, whole.now);
    expect(brokenInvariants(amended.store({ bucket }))).toEqual([
      'no committed version lacks a file: animals:v0 lacks cat',
      `${DIFFERS}: ${cat} is known, but not stored`,
    ]);
    expect(brokenInvariants(amended.store({ bucket, outOfBand: whole.outOfBand.insert(cat, true) }))).toEqual(
      [],
    );
    expect(brokenInvariants(amended.store({ outOfBand: whole.outOfBand.remove(fern) }))).toEqual([
      'no committed version lacks a file: plants:v0 lacks fern',
      `${DIFFERS}: ${fern} is known, but not stored`,
    ]);
    expect([...whole.outOfBand.keys()].sort()).toEqual([fern, moss].sort());
  });

  test('and every one of them was made to fail here, or with the queues', () => {
    const failed = new Set([
      ...CORRUPTED.map(([name]) => name),
      'no committed version lacks a file',
      'the queues match what is waiting',
      'the copy queues match the bucket',
    ]);
    expect(failed).toEqual(new Set(INVARIANTS.map(({ name }) => name)));
  });
});

test('neither an empty store nor one in which everything has happened violates any', () => {
  expect(brokenInvariants(emptyStore())).toEqual([]);
  expect(brokenInvariants(whole)).toEqual([]);
});

test('an unreferenced object can be missing from the bucket before its sweep, after a late answer', () => {
  const { store } = given(
    log('animals', { cat: '2MB' }),
    removeWithAliases('animals:v0'),
    clock('7d'),
    review,
    release(versionId('animals:v0')),
    { type: 'planBucketFaults', faults: [{ call: 'delete', fault: 'answers late', times: 1 }] },
    sweep(cat),
  );
  expect(store.bucket.storedBytes).toBe(0);
  expect(store.outOfBand.size).toBe(0);
  expect(brokenInvariants(store)).toEqual([]);
});
