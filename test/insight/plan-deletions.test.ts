import { describe, expect, test } from 'vitest';
import { type DeletionCommand, deletionText, playDeletions } from '../../src/insight/plan-deletions.ts';
import {
  log,
  remove,
  removeAll,
  removeById,
  removeCollection,
  removeProject,
  removeRun,
  time,
} from '../support/stores/builders.ts';
import { given } from '../support/stores/given.ts';
import { collectionId, runId, versionId } from '../support/stores/names.ts';

describe('a deletion is written as a person would type it', () => {
  test.each<[string, DeletionCommand]>([
    ['delete animals:v0', remove('animals:v0')],
    [`delete ${versionId('animals:v0')}`, removeById(versionId('animals:v0'))],
    ['delete the artifact collection animals', removeCollection('animals')],
    ['delete the run train', removeRun('train')],
    ['delete the run train with its artifacts', removeRun('train', { artifacts: true })],
    ['delete the project demo', removeProject('demo')],
    ['delete all of animals', removeAll('animals')],
    ['delete all of animals, without aliases', removeAll('animals', { withoutAliases: true })],
    [
      'delete all of animals, with old, older than 2d, keep last 3',
      removeAll('animals', { withAlias: 'old', olderThanSeconds: time('2d'), keepLast: 3 }),
    ],
  ])('%s', (text, command) => {
    expect(deletionText(command)).toBe(text);
  });
});

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
