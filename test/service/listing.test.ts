import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { artifactsIn, pageIn } from '../../src/service/listing.ts';
import { collectionById } from '../../src/store/look-up.ts';
import { link, log, removeWithAliases } from '../support/stores/builders.ts';
import { given } from '../support/stores/given.ts';
import { collectionId, versionId } from '../support/stores/names.ts';

const logged = Array.from({ length: 9 }, (_, at) => log('animals', { [`cat ${at}`]: '1KB' }));
const gone = ['animals:v2', 'animals:v8'].map((name) => removeWithAliases(name));
const { store } = given(...logged, ...gone, link('animals:v5', 'prod'), link('animals:v1', 'prod'));
const animals = collectionById(store, collectionId('animals'));

const indexesIn = (page: ReturnType<typeof pageIn>) => page.items.map(({ index }) => index);

describe('a page of an artifact collection', () => {
  test('begins after an index, whether or not it is still listed, and counts everything', () => {
    const page = pageIn(animals, { after: 2, first: 3, order: 'ascending' });
    expect(indexesIn(page)).toEqual([3, 4, 5]);
    expect(page).toMatchObject({ total: 7, hasMore: true });
    const last = pageIn(animals, { after: 2, first: 3, order: 'descending' });
    expect(indexesIn(last)).toEqual([1, 0]);
    expect(last).toMatchObject({ total: 7, hasMore: false });
  });

  test('has the links of a portfolio, newest first', () => {
    const prod = collectionById(store, collectionId('prod'));
    expect(artifactsIn(prod)).toEqual([
      expect.objectContaining({
        versionId: versionId('animals:v1'),
        link: { portfolioId: prod.id, index: 1 },
      }),
      expect.objectContaining({
        versionId: versionId('animals:v5'),
        link: { portfolioId: prod.id, index: 0 },
      }),
    ]);
  });

  test('after page gives the whole list, whatever the size and the order', () => {
    const sizes = fc.integer({ min: 1, max: 9 });
    const orders = fc.constantFrom('ascending', 'descending');
    const property = fc.property(sizes, orders, (first, order) => {
      const seen: number[] = [];
      for (let more = true; more; ) {
        const page = pageIn(animals, { after: seen.at(-1), first, order });
        seen.push(...indexesIn(page));
        more = page.hasMore;
      }
      expect(seen).toEqual(order === 'ascending' ? [0, 1, 3, 4, 5, 6, 7] : [7, 6, 5, 4, 3, 1, 0]);
    });
    fc.assert(property);
  });
});
