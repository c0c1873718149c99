import { expect, test } from 'vitest';
import { brokenInvariants } from '../../../src/store/invariants/invariants.ts';
import type { Store } from '../../../src/store/store.ts';
import type { ObjectId } from '../../../src/values/names.ts';
import { deleteBlob } from '../../support/stores/bucket-changes.ts';
import { bytesOf } from '../../support/stores/builders.ts';
import { aliasText, collectionId, linkId, objectId, versionId } from '../../support/stores/names.ts';
import { amended, whole } from '../whole-store.ts';

const COUNTS = 'holder counts match a recount';
const FIGURES = 'byte totals match a recount';
const ALIASES = 'aliases and their targets agree';
const LISTED = 'the listings match what exists';
const LINKS = 'links and their sources refer to each other';
const DIFFERS = 'every out-of-band change is recorded';

const [animals, prod] = [collectionId('animals'), collectionId('models/prod')];
const [first, second] = [linkId('models/prod:v0'), linkId('models/prod:v1')];
const object = (content: string) => objectId('animals', content);
const { unreferenced } = whole.garbageCollection;
const without = (id: ObjectId): Partial<Store> => ({
  bucket: deleteBlob(whole.bucket, whole.settings.bucket, id, whole.now),
});

const DESCRIBED: readonly (readonly [what: string, store: () => Store, sentences: readonly string[]])[] = [
  [
    'an index is listed that no version has',
    () =>
      amended.collection(animals, ({ listed }) => ({ listed: listed.insert(9, versionId('animals:v9')) })),
    [`${LISTED}: animals:v9 is listed, but does not exist`],
  ],
  [
    'an index is listed in a portfolio that no link has, though a version in another has it',
    () => amended.collection(prod, ({ listed }) => ({ listed: listed.insert(4, versionId('animals:v4')) })),
    [`${LISTED}: models/prod:v4 is listed, but does not exist`],
  ],
  [
    'an upload is listed that does not exist',
    () =>
      amended.collection(animals, ({ uploading }) => ({
        uploading: uploading.insert(9, versionId('animals#9')),
      })),
    [`${LISTED}: animals#9 is listed, but does not exist`],
  ],
  [
    'an upload is listed in the place of another',
    () =>
      amended.collection(animals, ({ uploading }) => ({
        uploading: uploading.insert(9, versionId('animals#4')),
      })),
    [`${LISTED}: animals#9 is listed, but does not exist`],
  ],
  [
    'a portfolio is taken for a sequence',
    () => amended.collection(prod, () => ({ kind: 'sequence' })),
    [
      `${ALIASES}: models/prod:latest points to v1, which does not have it`,
      `${ALIASES}: models/prod:live points to v0, which does not have it`,
      `${LISTED}: models/prod:v0 is listed, but does not exist`,
      `${LISTED}: models/prod:v1 is listed, but does not exist`,
    ],
  ],
  [
    'a sequence is taken for a portfolio',
    () => amended.collection(animals, () => ({ kind: 'portfolio' })),
    [
      `${ALIASES}: animals:best points to v4, which does not have it`,
      `${ALIASES}: animals:latest points to v4, which does not have it`,
      `${LISTED}: animals:v0 is COMMITTED, but not listed`,
      `${LISTED}: animals:v4 is COMMITTED, but not listed`,
      `${LISTED}: animals:v0 is listed, but does not exist`,
      `${LISTED}: animals:v4 is listed, but does not exist`,
    ],
  ],
  [
    'an alias of a portfolio names no link',
    () =>
      amended.collection(prod, ({ aliases }) => ({
        aliases: aliases.insert(aliasText('worst'), { index: 9 }),
      })),
    [`${ALIASES}: models/prod:worst points to v9, which does not have it`],
  ],
  [
    'an index of a link could be given again',
    () => amended.collection(prod, () => ({ nextIndex: 1 })),
    [`${LINKS}: the index of ${second} could be reused`],
  ],
  [
    'a link bears an alias that its portfolio does not know',
    () => amended.link('models/prod:v0', { aliases: ['live', 'worst'].map(aliasText) }),
    [`${ALIASES}: ${first} has worst, which points elsewhere`],
  ],
  [
    'a portfolio has lost an alias',
    () => amended.collection(prod, ({ aliases }) => ({ aliases: aliases.remove(aliasText('live')) })),
    [`${ALIASES}: ${first} has live, which points elsewhere`],
  ],
  [
    'a link is in no portfolio that there is',
    () => amended.link('models/prod:v0', { portfolioId: collectionId('ghosts') }),
    [
      `${ALIASES}: ${first} has live, which points elsewhere`,
      `${LINKS}: ${first} is not listed`,
      `${LINKS}: the index of ${first} could be reused`,
    ],
  ],
  [
    'a link is to no version that there is',
    () => amended.link('models/prod:v0', { versionId: versionId('animals:v99') }),
    [
      `${LINKS}: ${first} links to a version that is not COMMITTED`,
      `${LINKS}: the source of ${first} does not refer to it`,
      `${LINKS}: ${first} is not listed`,
    ],
  ],
  [
    'several aliases name what does not bear them, told in their order',
    () =>
      amended.collection(animals, ({ aliases }) => ({
        aliases: aliases
          .insert(aliasText('worst'), { index: 0 })
          .insert(aliasText('bad'), { index: 99 })
          .insert(aliasText('middling'), { index: 3 }),
      })),
    [
      `${ALIASES}: animals:bad points to v99, which does not have it`,
      `${ALIASES}: animals:middling points to v3, which does not have it`,
      `${ALIASES}: animals:worst points to v0, which does not have it`,
    ],
  ],
  [
    'an object waits for its sweep that is not known',
    () => amended.queues({ unreferenced: unreferenced.insert(object('ghost'), true) }),
    [`${COUNTS}: ${object('ghost')} is queued for sweeping, but unknown`],
  ],
  [
    'an object that nothing holds waits for no sweep',
    () => amended.queues({ unreferenced: unreferenced.remove(object('bat')) }),
    [`${COUNTS}: ${object('bat')} is unreferenced, but is not queued for sweeping`],
  ],
  [
    'an object is not known that a version holds',
    () => amended.store({ objects: whole.objects.remove(object('dog')) }),
    [
      `${COUNTS}: ${object('dog')} is held, but unknown`,
      `${DIFFERS}: ${object('dog')} is stored, but unknown`,
    ],
  ],
  [
    'an object is gone that only a soft-deleted version holds',
    () => amended.store(without(object('rat'))),
    [`${DIFFERS}: ${object('rat')} is known, but not stored`],
  ],
  [
    'an object is gone that waits for its sweep and is held again',
    () => ({
      ...amended.queues({ unreferenced: unreferenced.insert(object('cat'), true) }),
      ...without(object('cat')),
    }),
    [
      'no committed version lacks a file: animals:v0 lacks cat',
      `${DIFFERS}: ${object('cat')} is known, but not stored`,
    ],
  ],
  [
    'a figure is another than the sum that it stands for',
    () => ({
      ...amended.bucket({ storedBytes: bytesOf('1B'), billedBytes: bytesOf('2B') }),
      logicalBytes: bytesOf('3B'),
    }),
    [
      `${FIGURES}: logical is 3 bytes, but should be 9000000`,
      `${FIGURES}: stored is 1 bytes, but should be 12000000`,
      `${FIGURES}: billed is 2 bytes, but should be 15000000`,
    ],
  ],
];

test.each(DESCRIBED)('where %s, that is told and nothing else', (_what, store, sentences) => {
  expect(brokenInvariants(store())).toEqual(sentences);
});

test('an unreferenced object that waits for its sweep can be missing: that is no violation', () => {
  expect(brokenInvariants(amended.store(without(object('bat'))))).toEqual([]);
});
