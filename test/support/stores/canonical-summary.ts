import type { Store } from '../../../src/store/store.ts';
import { fullCollectionName } from '../../../src/values/names.ts';
import type { SortedTable } from '../../../src/values/sorted-table.ts';
import type { Table } from '../../../src/values/table.ts';

/**
 * Everything that a store holds, as sorted lines of text: equal stores have equal lines, in whatever order
 * things came about, and the lines do not change when somebody changes the store later.
 */
export function summaryOf(store: Store): readonly string[] {
  return Object.entries(store)
    .flatMap(([field, value]) => linesOf(field, value))
    .sort();
}

/**
 * The same without the times at which garbage collection came round to things, what the bucket did in these times, and
 * the count of copies made.
 */
export function timelessSummaryOf(store: Store): readonly string[] {
  return summaryOf(store)
    .filter((line) => !line.startsWith('bucket.nextCopyNumber '))
    .map((line) => line.replace(/"(since|closedAt|versioned)":(\d+|true|false)/g, '"$1":0'));
}

/** The lines of one summary that are not in the other, with names in place of keys; none, where they are equal. */
export function differences(
  store: Store,
  left: readonly string[],
  right: readonly string[],
): readonly string[] {
  const [inLeft, inRight] = [new Set(left), new Set(right)];
  return [
    ...left.filter((line) => !inRight.has(line)).map((line) => `- ${withNames(store, line)}`),
    ...right.filter((line) => !inLeft.has(line)).map((line) => `+ ${withNames(store, line)}`),
  ];
}

/** Any plain value as text, the keys of its objects sorted; tables as the list of their rows by key. */
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (isTable(value) || isSortedTable(value)) {
    return `{${rowsOf(value)
      .map(([key, row]) => `${JSON.stringify(key)}:${canonical(row)}`)
      .join(',')}}`;
  }
  const fields = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${fields.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}

function linesOf(field: string, value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [`${field} ${canonical(value)}`];
  if (isTable(value) || isSortedTable(value)) {
    return rowsOf(value).map(([key, row]) => `${field} ${String(key)} ${canonical(row)}`);
  }
  return Object.entries(value).flatMap(([key, inner]) => linesOf(`${field}.${key}`, inner));
}

type Key = string | number;

function rowsOf(
  table: Table<string, object> | SortedTable<Key, unknown>,
): readonly (readonly [Key, unknown])[] {
  if (isSortedTable(table)) return [...table.entries()];
  return table.sortedIds((left, right) => (left < right ? -1 : 1)).map((id) => [id, table.get(id)] as const);
}

function isTable(value: object): value is Table<string, object> {
  return 'sortedIds' in value && 'unorderedRows' in value;
}

function isSortedTable(value: object): value is SortedTable<Key, unknown> {
  return 'firstKey' in value && 'entries' in value;
}

function withNames(store: Store, line: string): string {
  let named = line;
  for (const { id, name } of store.collections.unorderedRows()) {
    named = named.replaceAll(id, () => fullCollectionName(name));
  }
  return named;
}
