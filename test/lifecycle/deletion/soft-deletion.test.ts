import { describe, expect, test } from 'vitest';
import { nextStep } from '../../../src/gc/steps.ts';
import type { Store } from '../../../src/store/store.ts';
import {
  abandon,
  begin,
  bytesOf,
  clock,
  expire,
  log,
  recover,
  release,
  removeCollection,
  removeWithAliases,
  restore,
  review,
  sweep,
} from '../../support/stores/builders.ts';
import { collected, given, type History } from '../../support/stores/given.ts';
import { objectId, versionId } from '../../support/stores/names.ts';

const three = [
  log('animals', { cat: '2MB' }, { ttl: '1d' }),
  log('animals', { dog: '1MB' }),
  log('animals', { rat: '3MB' }),
];
const [v0, v1, v2] = [versionId('animals:v0'), versionId('animals:v1'), versionId('animals:v2')];
const trashOf = ({ trash }: Store) => [...trash.entries()].map(([, versionId]) => versionId);

describe('what waits for garbage collection', () => {
  test('waits in the order of deletion, however it was deleted', () => {
    const upload = begin('animals', { owl: '4MB' });
    const { store } = given(
      ...three,
      upload,
      removeWithAliases('animals:v2'),
      abandon(versionId('animals:v3')),
      clock('1d'),
      expire,
      removeCollection('animals'),
    );
    expect(trashOf(store)).toEqual([v2, versionId('animals:v3'), v0, v1]);
    expect(store.nextTrashNumber).toBe(4);
  });

  test('leaves its place when it is brought back, and comes last when it is deleted again (GC-1)', () => {
    const back = [
      ...three,
      removeWithAliases('animals:v0'),
      removeWithAliases('animals:v1'),
      removeWithAliases('animals:v2'),
      clock('1d'),
    ];
    expect(trashOf(given(...back, restore('animals:v1')).store)).toEqual([v0, v2]);
    expect(trashOf(given(...back, recover('animals:v0')).store)).toEqual([v1, v2]);
    const again = [...back, restore('animals:v0'), removeWithAliases('animals:v0')];
    expect(trashOf(given(...again).store)).toEqual([v1, v2, v0]);
    given(...again, clock('6d'))
      .when(review)
      .then({ type: 'versionsReviewed', versionIds: [v1, v2] });
    given(...again, clock('7d'))
      .when(review)
      .then({ type: 'versionsReviewed', versionIds: [v1, v2, v0] });
  });

  test('is removed at any stage, without affecting its neighbors', () => {
    const due = [...three, removeWithAliases('animals:v0'), removeWithAliases('animals:v1'), clock('7d')];
    const reviewed = given(...due, review, restore('animals:v0')).store;
    expect([...reviewed.garbageCollection.reviewed.entries()]).toEqual([[1, v1]]);
    const released = given(...due, review, release(v0), release(v1), recover('animals:v0')).store;
    expect([...released.garbageCollection.released.entries()]).toEqual([[1, v1]]);
    const ended = given(...due, review, release(v0), release(v1), recover('animals:v0'), collected).store;
    expect(ended.bucket.storedBytes).toBe(bytesOf('5MB'));
    expect(ended.versions.get(v1)?.state.kind).toBe('DELETED');
    expect(nextStep(ended)).toBe(null);
  });

  test('counts its bytes as logical no longer, and again when it is brought back, once', () => {
    const logical = (...history: readonly History[]) => given(...three, ...history).store.logicalBytes;
    expect(logical(removeWithAliases('animals:v0'))).toBe(bytesOf('4MB'));
    expect(logical(removeWithAliases('animals:v0'), restore('animals:v0'), restore('animals:v0'))).toBe(
      bytesOf('6MB'),
    );
    expect(logical(removeWithAliases('animals:v0'), restore('animals:v0'), recover('animals:v0'))).toBe(
      bytesOf('6MB'),
    );
  });

  test('that was an upload was never counted as logical', () => {
    const upload = [begin('animals', { owl: '4MB' }), abandon(v0)];
    expect(given(...upload).store.logicalBytes).toBe(0);
  });

  test('is not swept under a version that came back, whose objects still wait for their sweep', () => {
    const sweeping = [...three, removeWithAliases('animals:v0'), clock('7d'), review, release(v0)];
    given(...sweeping, recover('animals:v0'))
      .when(sweep(objectId('animals', 'cat')))
      .then({ type: 'objectRetained', objectId: objectId('animals', 'cat'), holders: 1 });
  });
});
