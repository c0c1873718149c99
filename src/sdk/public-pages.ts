/**
 * Results that come in pages. The next page is fetched when somebody asks for more than was fetched before, and shows
 * the store as it is then; what was fetched stays as it was, also when it is iterated again. Python: `Paginator`.
 *
 * A page begins behind the last result of the page before, as a cursor does, so that deleting while iterating skips
 * nothing (basis: sdk for the cursor, chosen for what it stands on). Option `paging: 'offset'` of the simulator counts
 * instead, and then as many results are skipped as were deleted from the pages before.
 */
export interface Pages<Item> extends AsyncIterable<Item> {
  /** How many results a page has at most. */
  readonly perPage: number;
  /**
   * Fetches one more page, and answers what is on it; nothing behind the last one. A filter by tags is applied after a page
   * was fetched (basis: sdk), so that a page in the middle may have less on it, or nothing. Python: `Paginator.next_page`.
   */
  nextPage(): Promise<readonly Item[]>;
  /** The result at this place, counted from 0; fetches as many pages as that takes. Python: `pages[index]`. */
  at(index: number): Promise<Item | undefined>;
  /** Every result, from the first. Python: `list(pages)`. */
  all(): Promise<readonly Item[]>;
}

/** Pages that know how many results there were when the last page was fetched. Python: `SizedPaginator`. */
export interface SizedPages<Item> extends Pages<Item> {
  /**
   * The number of results, by the last page; fetches the first page where there was none. It counts also what a filter by
   * tags leaves out (basis: sdk). Python: `len(pages)`.
   */
  length(): Promise<number>;
}

/** How many results a page has at most. */
export interface PerPage {
  /** Default 50; 100 for what a run logged or used (basis: sdk). */
  readonly perPage?: number;
}
