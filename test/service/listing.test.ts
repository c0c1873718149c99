import { expect, test } from 'vitest';
import { artifactsIn } from '../../src/service/listing.ts';
import { collectionById } from '../../src/store/look-up.ts';
import { link, log } from '../support/stores/builders.ts';
import { given } from '../support/stores/given.ts';
import { collectionId, versionId } from '../support/stores/names.ts';

test('a portfolio lists its links, newest first', () => {
  const logged = ['0', '1'].map((name) => log('animals', { [name]: '1KB' }));
  const { store } = given(...logged, link('animals:v1', 'prod'), link('animals:v0', 'prod'));
  const { id: portfolioId } = collectionById(store, collectionId('prod'));
  const collection = 'team/demo/prod';
  expect(artifactsIn(collectionById(store, portfolioId))).toEqual([
    { collection, index: 1, versionId: versionId('animals:v0'), link: { portfolioId, index: 1 } },
    { collection, index: 0, versionId: versionId('animals:v1'), link: { portfolioId, index: 0 } },
  ]);
});
