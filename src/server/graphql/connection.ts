import { parsedJson } from '../../values/json.ts';
import { byCodePoint } from '../../values/order.ts';
import { requestError } from './errors.ts';

/** The place of a row in its order, compared part by part; it is also the content of its cursor. */
export type Key = readonly (string | number)[];

/** A row of a list, and its place. */
export interface Row<Item> {
  readonly key: Key;
  readonly item: Item;
}

/** The rows of a list, in order. A key need not be that of a row: rows can be deleted between two pages. */
export interface Rows<Item> {
  readonly total: number;
  /** The rows after a key, lazily, so that a page costs no more than its rows; all of them after null. */
  after(last: Key | null): Iterable<Row<Item>>;
}

/** The arguments of a field that is a connection. */
export interface PageArguments {
  readonly after?: string | null;
  /** At most how many rows. */
  readonly first?: number | null;
}

/** A page of a list. Further fields of an edge depend on the list. */
export interface Connection<Edge> {
  /** The number of all rows, on every page. */
  readonly totalCount: number;
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  readonly edges: readonly (Edge & { readonly cursor: string })[];
}

const MOST_ROWS = 10_000;

/**
 * The page after a cursor. It starts where the last page ended even if rows were deleted since, and is never empty while
 * there is another page. Throws a request error for a negative size, and for a text that is no cursor.
 */
export function connection<Item, Edge>(
  { after, first }: PageArguments,
  rows: Rows<Item>,
  edgeOf: (item: Item) => Edge,
): Connection<Edge> {
  if (typeof first === 'number' && first < 0) throw requestError('"first" must not be negative');
  const size = Math.min(first ?? MOST_ROWS, MOST_ROWS);
  const edges: (Edge & { readonly cursor: string })[] = [];
  let hasNextPage = false;
  for (const { key, item } of size === 0 ? [] : rows.after(keyIn(after))) {
    hasNextPage = edges.length === size;
    if (hasNextPage) break;
    edges.push({ ...edgeOf(item), cursor: cursorOf(key) });
  }
  return {
    get totalCount() {
      return rows.total;
    },
    pageInfo: { endCursor: edges.at(-1)?.cursor ?? null, hasNextPage },
    edges,
  };
}

/** The rows of a list whose items are all known, sorted by a key that differs for each. */
export function sortedRows<Item>(
  items: Iterable<Item>,
  keyOf: (item: Item) => Key,
  descending = false,
): Rows<Item> {
  const compare = descending ? (left: Key, right: Key) => compareKeys(right, left) : compareKeys;
  return rowsOf(
    Array.from(items).sort((left, right) => compare(keyOf(left), keyOf(right))),
    keyOf,
    compare,
  );
}

/** The same for items that are sorted already. */
export function rowsOf<Item>(
  sorted: readonly Item[],
  keyOf: (item: Item) => Key,
  compare: (left: Key, right: Key) => number = compareKeys,
): Rows<Item> {
  return {
    total: sorted.length,
    *after(last) {
      const from = last === null ? 0 : firstAfter(sorted, (item) => compare(keyOf(item), last) > 0);
      for (let at = from; at < sorted.length; at += 1) {
        const item = sorted[at];
        if (item !== undefined) yield { key: keyOf(item), item };
      }
    },
  };
}

// The position of the first item that comes after, by halves.
function firstAfter<Item>(sorted: readonly Item[], isAfter: (item: Item) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = sorted[middle];
    if (item === undefined || isAfter(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function compareKeys(left: Key, right: Key): number {
  for (const [at, part] of left.entries()) {
    const order = compareParts(part, right[at]);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

// Numbers before texts, since a cursor of another list can have either.
function compareParts(left: string | number, right: string | number | undefined): number {
  if (right === undefined) return 1;
  if (typeof left === 'number') return typeof right === 'number' ? left - right : -1;
  return typeof right === 'number' ? 1 : byCodePoint(left, right);
}

function cursorOf(key: Key): string {
  return Buffer.from(JSON.stringify(key), 'utf8').toString('base64url');
}

function keyIn(cursor: string | null | undefined): Key | null {
  if (cursor === null || cursor === undefined || cursor === '') return null;
  const read = parsedJson(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (Array.isArray(read) && read.every((part) => typeof part === 'string' || Number.isFinite(part))) {
    return read;
  }
  throw requestError('"after" must be a cursor of an earlier page');
}
