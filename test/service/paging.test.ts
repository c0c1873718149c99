import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIRST_PAGE, type Paging, type Place, pageOf } from '../../src/service/paging.ts';

const compare = (left: number, right: number) => left - right;

/** Every result that is seen by somebody who pages, while `change` changes what there is after each page. */
function seen(
  start: readonly number[],
  size: number,
  paging: Paging,
  change: (keys: readonly number[], page: readonly number[]) => readonly number[],
): readonly number[] {
  const all: number[] = [];
  let keys = start;
  let place: Place<number> = FIRST_PAGE;
  for (;;) {
    const page = pageOf({ keys, compare }, place, size, paging);
    all.push(...page.keys);
    if (!page.hasMore) return all;
    place = page.next;
    keys = change(keys, page.keys);
  }
}

const numbers = fc.uniqueArray(fc.nat(1_000), { maxLength: 40 }).map((keys) => keys.toSorted(compare));
const size = fc.integer({ min: 1, max: 7 });
const paging = fc.constantFrom<Paging>('cursor', 'offset');

describe('page by page', () => {
  test('everything is seen once, in order, if nothing changes', () => {
    fc.assert(
      fc.property(numbers, size, paging, (keys, most, way) => {
        expect(seen(keys, most, way, (same) => same)).toEqual(keys);
      }),
    );
  });

  test('by cursor, everything is seen although what was seen is deleted', () => {
    fc.assert(
      fc.property(numbers, size, (keys, most) => {
        const withoutPage = (left: readonly number[], page: readonly number[]) =>
          left.filter((key) => !page.includes(key));
        expect(seen(keys, most, 'cursor', withoutPage)).toEqual(keys);
      }),
    );
  });

  test('by offset, each page skips as many results as were deleted before it', () => {
    const deletePage = (left: readonly number[], page: readonly number[]) =>
      left.filter((key) => !page.includes(key));
    expect(seen([1, 2, 3, 4, 5, 6, 7], 2, 'offset', deletePage)).toEqual([1, 2, 5, 6]);
  });

  test('a page says how many results there are, and whether more follow', () => {
    const page = pageOf({ keys: [1, 2, 3], compare }, FIRST_PAGE, 2, 'cursor');
    expect(page).toEqual({ keys: [1, 2], next: { last: 2, count: 2 }, total: 3, hasMore: true });
    expect(pageOf({ keys: [1, 2, 3], compare }, page.next, 1, 'cursor')).toMatchObject({ hasMore: false });
    const none: readonly number[] = [];
    expect(pageOf({ keys: none, compare }, page.next, 2, 'cursor')).toEqual({
      keys: [],
      next: page.next,
      total: 0,
      hasMore: false,
    });
  });
});
