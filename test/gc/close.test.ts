import { describe, expect, test } from 'vitest';
import { versionById } from '../../src/store/look-up.ts';
import {
  abandon,
  begin,
  clock,
  close,
  log,
  release,
  removeWithAliases,
  review,
  sweep,
  time,
} from '../support/stores/builders.ts';
import { collected, given } from '../support/stores/given.ts';
import { objectId, versionId } from '../support/stores/names.ts';

const v0 = versionId('animals:v0');
const [cat, dog] = [objectId('animals', 'cat'), objectId('animals', 'dog')];
const deleted = [
  log('animals', { cat: '2MB', dog: '1MB' }),
  removeWithAliases('animals:v0'),
  clock('7d'),
] as const;
const released = [...deleted, review, release(v0)] as const;

describe('a close', () => {
  test('makes the version DELETED once every object of it was processed', () => {
    const { store } = given(...released, sweep(cat), sweep(dog))
      .when(close(v0))
      .then({ type: 'versionClosed', versionId: v0 });
    expect(versionById(store, v0).state).toEqual({ kind: 'DELETED', closedAt: store.now, committedAt: 0 });
    expect(store.garbageCollection.released.size).toBe(0);
  });

  test('leaves a tombstone, which keeps the index and the manifest for ever', () => {
    const { store } = given(...deleted, collected, clock('99d'));
    expect(versionById(store, v0)).toMatchObject({ index: 0, createdAt: 0 });
    expect(versionById(store, v0).manifest.entries.map(({ path }) => path)).toEqual(['cat', 'dog']);
  });

  test('records when the upload was committed, and null for an abandoned one (BKT-5)', () => {
    const history = [
      clock('1h'),
      log('animals', { cat: '2MB' }),
      begin('animals', { dog: '1MB' }),
      clock('1h'),
      abandon(versionId('animals:v1')),
      removeWithAliases('animals:v0'),
      clock('7d'),
      collected,
    ] as const;
    const { store } = given(...history);
    expect(versionById(store, v0).state).toMatchObject({ kind: 'DELETED', committedAt: time('1h') });
    expect(versionById(store, versionId('animals:v1')).state).toMatchObject({
      kind: 'DELETED',
      committedAt: null,
    });
  });

  test('waits for the sweep of each of its objects, and changes nothing until then', () => {
    given(...released)
      .when(close(v0))
      .thenNothing();
    given(...released, sweep(cat))
      .when(close(v0))
      .thenNothing();
  });

  test('does not wait for the objects of other versions', () => {
    given(
      log('plants', { fern: '1MB' }),
      log('animals', { cat: '2MB', dog: '1MB' }),
      removeWithAliases('animals:v0'),
      removeWithAliases('plants:v0'),
      clock('7d'),
      review,
      release(v0),
      release(versionId('plants:v0')),
      sweep(cat),
      sweep(dog),
    )
      .when(close(v0))
      .thenTypes(['versionClosed']);
  });

  test('goes through where an object was spared', () => {
    given(...released, log('animals', { cat: '2MB' }), sweep(cat), sweep(dog))
      .when(close(v0))
      .then({ type: 'versionClosed', versionId: v0 });
  });

  test.each([
    ['that was closed before (GC-8)', [...deleted, collected]],
    ['that was reviewed only', [...deleted, review]],
    ['that was deleted only', deleted],
    ['that is COMMITTED', [log('animals', { cat: '2MB' })]],
    ['that is PENDING', [begin('animals', { cat: '2MB' })]],
  ])('of a version %s changes nothing', (_what, history) => {
    given(...history)
      .when(close(v0))
      .thenNothing();
  });
});
