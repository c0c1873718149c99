import { describe, expect, test } from 'vitest';
import { brokenInvariants } from '../../../src/store/invariants/invariants.ts';
import { misqueued, misqueuedCopies } from '../../../src/store/invariants/queue-invariants.ts';
import { emptyStore, type Store } from '../../../src/store/store.ts';
import { INHERITED } from '../../../src/store/time-to-live.ts';
import type { Instant } from '../../../src/values/units.ts';
import { seconds } from '../../../src/values/units.ts';
import { alias, link, log, setTeamTtl } from '../../support/stores/builders.ts';
import { given } from '../../support/stores/given.ts';
import { collectionId, objectId, versionId } from '../../support/stores/names.ts';
import { amended, whole } from '../whole-store.ts';

const [own, inherited] = [versionId('plants:v1'), versionId('plants:v0')];
const { trash, uploads, expiring, inheriting, bucket } = whole;
const firstText = (table: { firstKey(): string | undefined }) => table.firstKey() ?? '';
const moved = (place: string) => place.replace(/^\d+/, '00000000000000007');

const QUEUES: readonly (readonly [what: string, store: () => Store])[] = [
  [
    'animals:v3 is missing from its place in the review queue',
    () => amended.store({ trash: trash.remove(2) }),
  ],
  [
    'animals:v2 is missing from its place in the release queue',
    () => amended.queues({ reviewed: whole.garbageCollection.reviewed.remove(1) }),
  ],
  [
    'animals:v1 is missing from its place in the close queue',
    () => amended.queues({ released: whole.garbageCollection.released.remove(0) }),
  ],
  [
    'animals:v0 is in the review queue, but should not be',
    () => amended.store({ trash: trash.insert(3, versionId('animals:v0')) }),
  ],
  [
    'animals:v2 is in the close queue, but should not be',
    () =>
      amended.queues({
        released: whole.garbageCollection.released.insert(1, versionId('animals:v2')),
      }),
  ],
  [
    'animals#4 is missing from its place in the upload queue',
    () => amended.store({ uploads: uploads.remove(uploads.firstKey() ?? -1) }),
  ],
  [
    'animals:v0 is in the upload queue, but should not be',
    () => amended.store({ uploads: uploads.insert(0, versionId('animals:v0')) }),
  ],
  [
    'plants:v1 is missing from its place in the own-TTL queue',
    () => amended.store({ expiring: expiring.remove(firstText(expiring)) }),
  ],
  [
    'plants:v1 is missing from its place in the own-TTL queue',
    () =>
      amended.store({
        expiring: expiring.remove(firstText(expiring)).insert(moved(firstText(expiring)), own),
      }),
  ],
  [
    'plants:v1 is missing from its place in the own-TTL queue',
    () => amended.version('plants:v1', { createdAt: 7 as Instant }),
  ],
  [
    'plants:v1 is missing from its place in the own-TTL queue',
    () => amended.version('plants:v1', { ttl: { kind: 'lasting', seconds: seconds(7) } }),
  ],
  [
    'plants:v0 is in the own-TTL queue, but should not be',
    () => amended.store({ expiring: expiring.insert(`00000000000000000/${inherited}`, inherited) }),
  ],
  [
    'plants:v0 is missing from its place in the inherited-TTL queue',
    () => amended.store({ inheriting: inheriting.remove(firstText(inheriting)) }),
  ],
  [
    'plants:v0 is in the inherited-TTL queue, but should not be',
    () => amended.version('plants:v0', { ttl: { kind: 'none' } }),
  ],
  [
    'animals:v3 is in the inherited-TTL queue, but should not be',
    () =>
      amended.store({
        inheriting: inheriting.insert(
          `00000000000604800/${versionId('animals:v3')}`,
          versionId('animals:v3'),
        ),
      }),
  ],
  [
    'plants:v1 is in the own-TTL queue, but should not be',
    () => amended.collection(collectionId('plants'), () => ({ artifactType: 'code' })),
  ],
  [
    'plants:v1 is in the own-TTL queue, but should not be',
    () => {
      const place = firstText(expiring).replace(own, inherited);
      return amended.store({ expiring: expiring.remove(firstText(expiring)).insert(place, own) });
    },
  ],
  [
    'the place of animals#4 could be reused',
    () => amended.store({ nextUploadNumber: uploads.firstKey() ?? -1 }),
  ],
  ['the place of animals:v3 could be reused', () => amended.store({ nextTrashNumber: 2 })],
];

const [fern, moss] = [objectId('plants', 'fern'), objectId('plants', 'moss')];
const placeIn = (key: string) => [...bucket.copies.entries()].find(([, of]) => of === key)?.[0] ?? '';
const COPIES: readonly (readonly [what: string, store: () => Store])[] = [
  ...[fern, moss].map(
    (key) =>
      [
        `${key} is missing from its place in the copy queue`,
        () => amended.bucket({ copies: bucket.copies.remove(placeIn(key)) }),
      ] as const,
  ),
  [
    `${moss} is in the copy queue, but should not be`,
    () => amended.bucket({ copies: bucket.copies.insert(moved(placeIn(moss)), moss) }),
  ],
  [
    `${fern} is in the copy queue, but should not be`,
    () => amended.bucket({ copies: bucket.copies.insert(placeIn(moss), fern) }),
  ],
  [
    `${fern} is missing from its place in the copy queue`,
    () => {
      const { settings } = whole;
      return amended.store({ settings: { ...settings, bucket: { ...settings.bucket, lifecycle: [] } } });
    },
  ],
  [`the number of a copy of ${moss} could be reused`, () => amended.bucket({ nextCopyNumber: 1 })],
];

describe('a queue that lacks what waits, or has what does not, is found out', () => {
  test.each(QUEUES)('%s', (what, store) => {
    const broken = brokenInvariants(store());
    expect(misqueued(store())).toContain(what);
    expect(broken.filter((sentence) => !sentence.startsWith('the queues match what is waiting: '))).toEqual(
      [],
    );
  });

  test.each(COPIES)('%s', (what, store) => {
    const broken = brokenInvariants(store());
    expect(misqueuedCopies(store())).toContain(what);
    expect(broken.filter((sentence) => !sentence.startsWith('the copy queues match the bucket: '))).toEqual(
      [],
    );
  });

  test('and one that is whole is not', () => {
    for (const store of [whole, emptyStore()]) {
      expect([...misqueued(store), ...misqueuedCopies(store)]).toEqual([]);
    }
    expect([uploads, expiring, inheriting, bucket.copies].map(({ size }) => size)).toEqual([1, 1, 1, 2]);
  });
});

test('a version that a protected alias holds is in no queue of expiry (TTL-6), and comes back into it afterwards', () => {
  const linked = [
    log('animals', { cat: '2MB' }),
    setTeamTtl('1d'),
    link('animals:v0', 'models/prod'),
  ] as const;
  const inherits = { type: 'setTtl', version: alias('animals:v0', {}).version, ttl: INHERITED } as const;
  const guarded = [...linked, inherits, alias('models/prod:v0', { protect: ['live'] })] as const;
  expect(given(...guarded).store.inheriting.size).toBe(0);
  expect(given(...guarded, alias('models/prod:v0', { remove: ['live'] })).store.inheriting.size).toBe(1);
});
