import { describe, expect, test } from 'vitest';
import { deleteBlob, putBlob } from '../../src/bucket/bucket.ts';
import type { ArtifactCollection } from '../../src/store/artifact-collection.ts';
import { brokenInvariants, INVARIANTS } from '../../src/store/invariants.ts';
import type { Link } from '../../src/store/link.ts';
import { collectionById, versionById } from '../../src/store/look-up.ts';
import { emptyStore, type GarbageCollection, type Store } from '../../src/store/store.ts';
import type { Version } from '../../src/store/version.ts';
import type { CollectionId, ObjectId } from '../../src/values/names.ts';
import type { Bytes } from '../../src/values/units.ts';
import { begin, bytesOf, clock, link, log, release, removeWithAliases, review } from '../support/builders.ts';
import { given } from '../support/given.ts';
import { aliasText, collectionId, linkId, objectId, versionId } from '../support/names.ts';

const [cat, ghost] = [objectId('animals', 'cat'), objectId('animals', 'ghost')];
const [animals, prod] = [collectionId('animals'), collectionId('prod')];

// Something of everything: v0 and v5 COMMITTED and linked, v1 released, v2 reviewed, v3 waiting, v4 PENDING.
const { store: whole } = given(
  log('animals', { cat: '2MB' }),
  log('animals', { cat: '2MB', bat: '1MB' }),
  log('animals', { cat: '2MB', rat: '3MB' }),
  removeWithAliases('animals:v1'),
  removeWithAliases('animals:v2'),
  clock('7d'),
  review,
  release(versionId('animals:v1')),
  log('animals', { dog: '1MB' }),
  removeWithAliases('animals:v3'),
  begin('animals', { cat: '2MB', emu: '1MB' }),
  log('animals', { owl: '4MB' }, { aliases: ['best'] }),
  link('animals:v0', 'prod', ['live']),
  link('animals:v5', 'prod'),
);

const amended = {
  store: (changes: Partial<Store>): Store => ({ ...whole, ...changes }),
  collection: (id: CollectionId, change: (collection: ArtifactCollection) => Partial<ArtifactCollection>) => {
    const collection = collectionById(whole, id);
    return amended.store({
      collections: whole.collections.insert(id, { ...collection, ...change(collection) }),
    });
  },
  version: (name: string, changes: Partial<Version>) => {
    const version = versionById(whole, versionId(name));
    return amended.store({ versions: whole.versions.insert(version.id, { ...version, ...changes }) });
  },
  link: (name: string, changes: Partial<Link>) => {
    const known = whole.links.get(linkId(name));
    if (known === undefined) throw new Error(`there is a link ${name}`);
    return amended.store({ links: whole.links.insert(known.id, { ...known, ...changes }) });
  },
  object: (id: ObjectId, holders: number) => {
    const object = whole.objects.get(cat);
    if (object === undefined) throw new Error('there is a cat');
    return amended.store({ objects: whole.objects.insert(id, { ...object, id, holders }) });
  },
  queues: (changes: Partial<GarbageCollection>) =>
    amended.store({ garbageCollection: { ...whole.garbageCollection, ...changes } }),
  figure: (changes: Partial<Store['bucket']>) => amended.store({ bucket: { ...whole.bucket, ...changes } }),
};
const more = (count: Bytes) => (count + 1) as Bytes;
const committed = (...aliases: string[]) =>
  ({ kind: 'COMMITTED', committedAt: whole.now, aliases: aliases.map(aliasText) }) as const;

const CORRUPTED: readonly (readonly [name: string, what: string, store: () => Store])[] = [
  [
    'no committed version lacks a file',
    'animals:v0 lacks cat',
    () => amended.store({ bucket: deleteBlob(whole.bucket, cat, whole.now) }),
  ],
  ['the counts of holders equal a recount', 'counts 9, has 3', () => amended.object(cat, 9)],
  [
    'the counts of holders equal a recount',
    'held by nothing and waits for no sweep',
    () =>
      amended.store({
        ...amended.object(ghost, 0),
        bucket: putBlob(whole.bucket, ghost, bytesOf('1B'), whole.now),
      }),
  ],
  [
    'the counts of holders equal a recount',
    'held and not known',
    () => amended.store({ objects: whole.objects.remove(cat) }),
  ],
  [
    'the figures equal a recount',
    'logical says',
    () => amended.store({ logicalBytes: more(whole.logicalBytes) }),
  ],
  [
    'the figures equal a recount',
    'stored says',
    () => amended.figure({ storedBytes: more(whole.bucket.storedBytes) }),
  ],
  [
    'the figures equal a recount',
    'billed says',
    () => amended.figure({ billedBytes: more(whole.bucket.billedBytes) }),
  ],
  [
    'no alias names what cannot be found',
    'animals:worst names v0, which does not bear it',
    () =>
      amended.collection(animals, ({ aliases }) => ({
        aliases: aliases.insert(aliasText('worst'), { index: 0 }),
      })),
  ],
  [
    'no alias names what cannot be found',
    'animals:worst names v99, which does not bear it',
    () =>
      amended.collection(animals, ({ aliases }) => ({
        aliases: aliases.insert(aliasText('worst'), { index: 99 }),
      })),
  ],
  [
    'no alias names what cannot be found',
    'prod:live names v1, which does not bear it',
    () =>
      amended.collection(prod, ({ aliases }) => ({
        aliases: aliases.insert(aliasText('live'), { index: 1 }),
      })),
  ],
  [
    'no alias names what cannot be found',
    'animals:v0 bears worst, which names another',
    () => amended.version('animals:v0', { state: committed('worst') }),
  ],
  [
    'what is listed is what can be found',
    'animals:v0 is COMMITTED and not listed',
    () => amended.collection(animals, ({ listed }) => ({ listed: listed.remove(0) })),
  ],
  [
    'what is listed is what can be found',
    'animals:v3 is PENDING_DELETION and listed',
    () => amended.collection(animals, ({ listed }) => ({ listed: listed.insert(3, true) })),
  ],
  [
    'what is listed is what can be found',
    'animals:v0 is COMMITTED and not listed',
    () => amended.collection(animals, () => ({ standing: false })),
  ],
  [
    'what is listed is what can be found',
    'animals:v4 is PENDING and listed as uploading or not',
    () => amended.collection(animals, ({ uploading }) => ({ uploading: uploading.remove(4) })),
  ],
  [
    'what is listed is what can be found',
    'animals:v0 is COMMITTED and listed as uploading or not',
    () => amended.collection(animals, ({ uploading }) => ({ uploading: uploading.insert(0, true) })),
  ],
  [
    'what is listed is what can be found',
    'the index of animals:v5 could be given again',
    () => amended.collection(animals, () => ({ nextIndex: 5 })),
  ],
  [
    'links and their sources know of each other',
    'links to what is not COMMITTED',
    () => amended.link('prod:v0', { versionId: versionId('animals:v3') }),
  ],
  [
    'links and their sources know of each other',
    'does not know of it',
    () => amended.version('animals:v0', { links: [] }),
  ],
  [
    'links and their sources know of each other',
    'is not listed',
    () => amended.collection(prod, ({ listed }) => ({ listed: listed.remove(0) })),
  ],
  [
    'links and their sources know of each other',
    'animals:v0 has no link',
    () => amended.version('animals:v0', { links: [linkId('prod:v0'), linkId('prod:v9')] }),
  ],
  [
    'the queues hold what waits, and nothing else',
    'animals:v3 is not in its queue',
    () => amended.store({ trash: whole.trash.remove(2) }),
  ],
  [
    'the queues hold what waits, and nothing else',
    'animals:v2 is not in its queue',
    () => amended.queues({ reviewed: whole.garbageCollection.reviewed.remove(1) }),
  ],
  [
    'the queues hold what waits, and nothing else',
    'animals:v1 is not in its queue',
    () => amended.queues({ released: whole.garbageCollection.released.remove(0) }),
  ],
  [
    'the queues hold what waits, and nothing else',
    '4 versions are queued, 3 wait',
    () => amended.store({ trash: whole.trash.insert(3, versionId('animals:v0')) }),
  ],
];

describe('each invariant can fail, and says what is wrong', () => {
  test.each(CORRUPTED)('%s: %s', (name, what, store) => {
    const broken = brokenInvariants(store());
    expect(broken).toContainEqual(expect.stringContaining(what));
    expect(broken.filter((sentence) => !sentence.startsWith(`${name}: `))).toEqual([]);
  });

  test('and every one of them was made to fail here', () => {
    expect(new Set(CORRUPTED.map(([name]) => name))).toEqual(new Set(INVARIANTS.map(({ name }) => name)));
  });
});

describe('no corruption goes unseen', () => {
  test.each<readonly [string, () => Store]>([
    [
      'an index is listed that no version has',
      () => amended.collection(animals, ({ listed }) => ({ listed: listed.insert(9, true) })),
    ],
    [
      'an index is listed in a portfolio that no link has',
      () => amended.collection(prod, ({ listed }) => ({ listed: listed.insert(9, true) })),
    ],
    [
      'an index is said to be under upload that no version has',
      () => amended.collection(animals, ({ uploading }) => ({ uploading: uploading.insert(9, true) })),
    ],
    ['an index of a link could be given again', () => amended.collection(prod, () => ({ nextIndex: 1 }))],
    [
      'a link bears an alias that its portfolio does not know',
      () => amended.link('prod:v0', { aliases: ['live', 'worst'].map(aliasText) }),
    ],
    [
      'an object waits for its sweep that is not known',
      () => amended.queues({ unheld: whole.garbageCollection.unheld.insert(ghost, true) }),
    ],
    [
      'bytes lie in the bucket that no object stands for, and nothing will ever sweep',
      () => amended.store({ bucket: putBlob(whole.bucket, ghost, bytesOf('1MB'), whole.now) }),
    ],
  ])('%s', (_what, store) => {
    expect(brokenInvariants(store())).not.toEqual([]);
  });
});

test('a store in which nothing has happened breaks none, nor does one in which everything has', () => {
  expect(brokenInvariants(emptyStore())).toEqual([]);
  expect(brokenInvariants(whole)).toEqual([]);
});
