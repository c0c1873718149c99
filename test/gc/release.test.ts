import { describe, expect, test } from 'vitest';
import { versionById } from '../../src/store/look-up.ts';
import {
  begin,
  bytesOf,
  clock,
  link,
  log,
  reference,
  release,
  removeCollection,
  removeWithAliases,
  review,
  server,
  time,
} from '../support/stores/builders.ts';
import { given } from '../support/stores/given.ts';
import { objectId, versionId } from '../support/stores/names.ts';

const [v0, v1] = [versionId('animals:v0'), versionId('animals:v1')];
const object = (content: string) => objectId('animals', content);
const animals = [log('animals', { cat: '2MB', dog: '1MB' }), log('animals', { cat: '2MB', rat: '3MB' })];
const reviewed = [...animals, removeWithAliases('animals:v0'), clock('7d'), review] as const;
const released = (stillHeld: readonly string[], unreferenced: readonly string[]) =>
  ({
    type: 'holdsReleased',
    versionId: v0,
    stillHeld: stillHeld.map(object),
    unreferenced: unreferenced.map(object),
  }) as const;

describe('a release of holds (GC-2)', () => {
  test('says what some other version holds still, and what nothing holds now', () => {
    given(...reviewed)
      .when(release(v0))
      .then(released(['cat'], ['dog']));
  });

  test('counts an object once, however many paths have its content', () => {
    given(
      log('animals', { cat: '2MB', copy: '2MB cat' }),
      removeWithAliases('animals:v0'),
      clock('7d'),
      review,
    )
      .when(release(v0))
      .then(released([], ['cat']));
  });

  test('counts as holders PENDING and soft-deleted versions too (GC-3)', () => {
    given(...reviewed, begin('animals', { dog: '1MB' }))
      .when(release(v0))
      .then(released(['cat', 'dog'], []));
    given(...animals, removeCollection('animals'), clock('7d'), review)
      .when(release(v0))
      .then(released(['cat'], ['dog']));
  });

  test('of the last of several holders makes the shared objects unreferenced', () => {
    given(...animals, removeCollection('animals'), clock('7d'), review, release(v0))
      .when(release(v1))
      .then({
        type: 'holdsReleased',
        versionId: v1,
        stillHeld: [],
        unreferenced: [object('cat'), object('rat')],
      });
  });

  test('keeps every byte until it is swept, and the count of each object exact (GC-4)', () => {
    const { store } = given(...reviewed, release(v0));
    expect(store.bucket.storedBytes).toBe(bytesOf('6MB'));
    expect(store.objects.get(object('cat'))?.holders).toBe(1);
    expect(store.objects.get(object('dog'))?.holders).toBe(0);
    expect([...store.garbageCollection.unreferenced.keys()]).toEqual([object('dog')]);
    expect(versionById(store, v0).state).toMatchObject({ kind: 'PENDING_DELETION', stage: 'released' });
  });

  test('of a version without files, or with references only, releases nothing and continues (GC-5)', () => {
    given(
      log('animals', [reference('cat', 's3://kennel/cat', '2MB')]),
      removeWithAliases('animals:v0'),
      clock('7d'),
      review,
    )
      .when(release(v0))
      .then(released([], []));
  });

  test('is decided on the store as it is now, not as it was at the review (GC-9)', () => {
    given(...reviewed, log('animals', { dog: '1MB' }))
      .when(release(v0))
      .then(released(['cat', 'dog'], []));
  });
});

describe('a release that changes nothing', () => {
  test.each([
    ['of what was released before (GC-8)', [...reviewed, release(v0)]],
    ['of what waits for its review', [...animals, removeWithAliases('animals:v0')]],
    [
      'of what is retained again, since the retention became longer after the review (DEL-15)',
      [...reviewed, server({ retentionSeconds: time('8d') })],
    ],
    ['of what is COMMITTED', animals],
    ['of what is linked', [...animals, link('animals:v0', 'prod')]],
    ['of what is PENDING', [begin('animals', { cat: '2MB' })]],
  ])('%s', (_what, history) => {
    given(...history)
      .when(release(v0))
      .thenNothing();
  });
});
