import { describe, expect, test } from 'vitest';
import { playDeletions } from '../../../src/insight/plan/deletions.ts';
import { log, removeCollection, removeRun } from '../../support/stores/builders.ts';
import { given } from '../../support/stores/given.ts';
import { collectionId, runId } from '../../support/stores/names.ts';

describe('deletions that are played on a copy', () => {
  const { store } = given(
    log('animals', { cat: '2MB' }, { run: 'train' }),
    log('plants', { fern: '1MB' }, { run: 'train' }),
  );

  test('name the runs and artifact collections that go, and nothing else', () => {
    const { runs, collections, versions, refused } = playDeletions(store, [
      removeRun('train'),
      removeCollection('plants'),
    ]);
    expect(runs).toEqual([{ runId: runId('train'), run: 'train' }]);
    expect(collections).toEqual([{ collectionId: collectionId('plants'), collection: 'plants' }]);
    expect(versions.map(({ version }) => version)).toEqual(['plants:v0']);
    expect(refused).toEqual([]);
  });

  test('of nothing leave the very same store', () => {
    expect(playDeletions(store, [])).toEqual({
      ...{ after: store, refused: [], idle: [], versions: [], links: [], collections: [], runs: [] },
    });
    expect(playDeletions(store, []).after).toBe(store);
  });
});
