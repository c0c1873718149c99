import { expect, test } from 'vitest';
import { brokenInvariants } from '../../src/store/invariants.ts';
import type { Store } from '../../src/store/store.ts';
import type { ObjectId } from '../../src/values/names.ts';
import { deleteBlob } from '../support/stores/bucket-changes.ts';
import { bytesOf } from '../support/stores/builders.ts';
import { aliasText, collectionId, linkId, objectId, versionId } from '../support/stores/names.ts';
import { amended, whole } from './whole-store.ts';

const COUNTS = 'the counts of holders equal a recount';
const FIGURES = 'the figures equal a recount';
const ALIASES = 'no alias names what cannot be found';
const LISTED = 'what is listed is what can be found';
const LINKS = 'links and their sources know of each other';
const DIFFERS = 'what differs between store and bucket is listed';

const [animals, prod] = [collectionId('animals'), collectionId('prod')];
const [first, second] = [linkId('prod:v0'), linkId('prod:v1')];
const object = (content: string) => objectId('animals', content);
const { unreferenced } = whole.garbageCollection;
const without = (id: ObjectId): Partial<Store> => ({
  bucket: deleteBlob(whole.bucket, whole.settings.bucket, id, whole.now),
});

const DESCRIBED: readonly (readonly [what: string, store: () => Store, sentences: readonly string[]])[] = [
  [
    'an index is listed that no version has',
    () => amended.collection(animals, ({ listed }) => ({ listed: listed.insert(9, true) })),
    [`${LISTED}: animals:v9 is listed and does not exist`],
  ],
  [
    'an index is listed in a portfolio that no link has, though a version in another has it',
    () => amended.collection(prod, ({ listed }) => ({ listed: listed.insert(4, true) })),
    [`${LISTED}: prod:v4 is listed and does not exist`],
  ],
  [
    'an index is said to be under upload that no version has',
    () => amended.collection(animals, ({ uploading }) => ({ uploading: uploading.insert(9, true) })),
    [`${LISTED}: animals:v9 is listed and does not exist`],
  ],
  [
    'a portfolio is taken for a sequence',
    () => amended.collection(prod, () => ({ kind: 'sequence' })),
    [
      `${ALIASES}: prod:latest names v1, which does not bear it`,
      `${ALIASES}: prod:live names v0, which does not bear it`,
      `${LISTED}: prod:v0 is listed and does not exist`,
      `${LISTED}: prod:v1 is listed and does not exist`,
    ],
  ],
  [
    'a sequence is taken for a portfolio',
    () => amended.collection(animals, () => ({ kind: 'portfolio' })),
    [
      `${ALIASES}: animals:best names v5, which does not bear it`,
      `${ALIASES}: animals:latest names v5, which does not bear it`,
      `${LISTED}: animals:v0 is COMMITTED and not listed`,
      `${LISTED}: animals:v5 is COMMITTED and not listed`,
      `${LISTED}: animals:v0 is listed and does not exist`,
      `${LISTED}: animals:v5 is listed and does not exist`,
    ],
  ],
  [
    'an alias of a portfolio names no link',
    () =>
      amended.collection(prod, ({ aliases }) => ({
        aliases: aliases.insert(aliasText('worst'), { index: 9 }),
      })),
    [`${ALIASES}: prod:worst names v9, which does not bear it`],
  ],
  [
    'an index of a link could be given again',
    () => amended.collection(prod, () => ({ nextIndex: 1 })),
    [`${LINKS}: the index of ${second} could be given again`],
  ],
  [
    'a link bears an alias that its portfolio does not know',
    () => amended.link('prod:v0', { aliases: ['live', 'worst'].map(aliasText) }),
    [`${ALIASES}: ${first} bears worst, which names another`],
  ],
  [
    'a portfolio has lost an alias',
    () => amended.collection(prod, ({ aliases }) => ({ aliases: aliases.remove(aliasText('live')) })),
    [`${ALIASES}: ${first} bears live, which names another`],
  ],
  [
    'a link is in no portfolio that there is',
    () => amended.link('prod:v0', { portfolioId: collectionId('ghosts') }),
    [
      `${ALIASES}: ${first} bears live, which names another`,
      `${LINKS}: ${first} is not listed`,
      `${LINKS}: the index of ${first} could be given again`,
    ],
  ],
  [
    'a link is to no version that there is',
    () => amended.link('prod:v0', { versionId: versionId('animals:v99') }),
    [
      `${LINKS}: ${first} links to what is not COMMITTED`,
      `${LINKS}: the source of ${first} does not know of it`,
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
      `${ALIASES}: animals:bad names v99, which does not bear it`,
      `${ALIASES}: animals:middling names v3, which does not bear it`,
      `${ALIASES}: animals:worst names v0, which does not bear it`,
    ],
  ],
  [
    'an object waits for its sweep that is not known',
    () => amended.queues({ unreferenced: unreferenced.insert(object('ghost'), true) }),
    [`${COUNTS}: ${object('ghost')} waits for its sweep and is not known`],
  ],
  [
    'an object that nothing holds waits for no sweep',
    () => amended.queues({ unreferenced: unreferenced.remove(object('bat')) }),
    [`${COUNTS}: ${object('bat')} is held by nothing and waits for no sweep`],
  ],
  [
    'an object is not known that a version holds',
    () => amended.store({ objects: whole.objects.remove(object('dog')) }),
    [
      `${COUNTS}: ${object('dog')} is held and not known`,
      `${DIFFERS}: ${object('dog')} is stored and stands for no object`,
    ],
  ],
  [
    'an object is gone that only a soft-deleted version holds',
    () => amended.store(without(object('rat'))),
    [`${DIFFERS}: ${object('rat')} is known and not stored`],
  ],
  [
    'an object is gone that waits for its sweep and is held again',
    () => ({
      ...amended.queues({ unreferenced: unreferenced.insert(object('cat'), true) }),
      ...without(object('cat')),
    }),
    [
      'no committed version lacks a file: animals:v0 lacks cat',
      `${DIFFERS}: ${object('cat')} is known and not stored`,
    ],
  ],
  [
    'a figure is another than the sum that it stands for',
    () => ({
      ...amended.bucket({ storedBytes: bytesOf('1B'), billedBytes: bytesOf('2B') }),
      logicalBytes: bytesOf('3B'),
    }),
    [
      `${FIGURES}: logical says 3 bytes, and is 9000000`,
      `${FIGURES}: stored says 1 bytes, and is 12000000`,
      `${FIGURES}: billed says 2 bytes, and is 15000000`,
    ],
  ],
];

test.each(DESCRIBED)('where %s, that is told and nothing else', (_what, store, sentences) => {
  expect(brokenInvariants(store())).toEqual(sentences);
});

test('an object that waits for its sweep, and that nothing holds, may be gone: nothing is told', () => {
  expect(brokenInvariants(amended.store(without(object('bat'))))).toEqual([]);
});
