/** How the next page is found: after the last result seen, or by counting the results so far. */
export type Paging = 'cursor' | 'offset';

/** Where the next page begins, by either way of paging. */
export interface Place<Key> {
  /** The last result seen; undefined before the first page. */
  readonly last: Key | undefined;
  /** The number of results seen. */
  readonly count: number;
}

/** Before the first page. */
export const FIRST_PAGE: Place<never> = { last: undefined, count: 0 };

/** The current results of a query, of which a page is a part. */
export interface Results<Key> {
  /** All of them, in order. */
  readonly keys: readonly Key[];
  /** Compares two of them: negative if the first comes first. */
  readonly compare: (left: Key, right: Key) => number;
}

/** One page of results. */
export interface Page<Key> {
  readonly keys: readonly Key[];
  /** Where the page after it begins. */
  readonly next: Place<Key>;
  /** The number of all results. */
  readonly total: number;
  readonly hasMore: boolean;
}

/**
 * The page of `size` results from a place on. By cursor, results that were deleted meanwhile leave no gap; by offset, a
 * page skips as many results as were deleted before it (basis: doc).
 */
export function pageOf<Key>(
  { keys, compare }: Results<Key>,
  place: Place<Key>,
  size: number,
  paging: Paging,
): Page<Key> {
  const from = paging === 'offset' ? place.count : beginningAfter(keys, compare, place.last);
  const page = keys.slice(from, from + size);
  return {
    keys: page,
    next: { last: page.at(-1) ?? place.last, count: place.count + page.length },
    total: keys.length,
    hasMore: from + size < keys.length,
  };
}

function beginningAfter<Key>(
  keys: readonly Key[],
  compare: (left: Key, right: Key) => number,
  last: Key | undefined,
): number {
  if (last === undefined) return 0;
  const next = keys.findIndex((key) => compare(last, key) < 0);
  return next < 0 ? keys.length : next;
}
