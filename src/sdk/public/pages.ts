/**
 * Results in pages. A page is fetched when it is first needed and shows the store at that time; fetched pages stay as
 * they are, also when iterated again. Python: `Paginator`.
 *
 * A page starts after the last result of the previous page, as with a cursor, so deleting while iterating skips nothing
 * (basis: sdk for the cursor, chosen for its position). With the simulator's option `paging: 'offset'` a page starts at
 * a count, and as many results are skipped as were deleted from earlier pages.
 */
export interface Pages<Item> extends AsyncIterable<Item> {
  /** The most results on a page. */
  readonly perPage: number;
  /**
   * Fetches the next page and returns its results; none after the last page. Tags are filtered after a page is fetched
   * (basis: sdk), so a page in the middle can be short or empty. Python: `Paginator.next_page`.
   */
  nextPage(): Promise<readonly Item[]>;
  /** The result at this index, from 0; fetches as many pages as needed. Python: `pages[index]`. */
  at(index: number): Promise<Item | undefined>;
  /** Every result, from the first one. Python: `list(pages)`. */
  all(): Promise<readonly Item[]>;
}

/** Pages with the total number of results when the last page was fetched. Python: `SizedPaginator`. */
export interface SizedPages<Item> extends Pages<Item> {
  /**
   * The total number of results as of the last page; fetches the first page if necessary. Counts results without the
   * requested tags too (basis: sdk). Python: `len(pages)`.
   */
  length(): Promise<number>;
}

/** How many results a page has. */
export interface PerPage {
  /** The most results per page; 50 by default, 100 for the artifacts of a run (basis: sdk). */
  readonly perPage?: number;
}
