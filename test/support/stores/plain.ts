import type { SortedTable } from '../../../src/values/sorted-table.ts';
import type { Table } from '../../../src/values/table.ts';

type AnyTable = Table<string, object>;
type AnySortedTable = SortedTable<string, unknown>;

/**
 * A store, or any part of it, as plain arrays and objects. Vitest compares the instances of a class by their
 * public fields, and tables have none: without this, any two tables would be equal.
 */
export function plain(value: unknown): unknown {
  if (isTable(value)) {
    return value.sortedIds((left, right) => (left < right ? -1 : 1)).map((id) => [id, plain(value.get(id))]);
  }
  if (isSortedTable(value)) return [...value.entries()].map(([key, row]) => [key, plain(row)]);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}

/** Where something in a store, or a part of it, can still be written to: the path of each; none, when all is frozen. */
export function unfrozen(value: unknown, path = 'store'): readonly string[] {
  if (isTable(value)) {
    return value
      .sortedIds((left, right) => (left < right ? -1 : 1))
      .flatMap((id) => unfrozen(value.get(id), `${path}[${id}]`));
  }
  if (isSortedTable(value)) {
    return [...value.entries()].flatMap(([key, row]) => unfrozen(row, `${path}[${key}]`));
  }
  if (typeof value !== 'object' || value === null) return [];
  const within = Object.entries(value).flatMap(([key, part]) => unfrozen(part, `${path}.${key}`));
  return Object.isFrozen(value) ? within : [path, ...within];
}

function isTable(value: unknown): value is AnyTable {
  return typeof value === 'object' && value !== null && 'sortedIds' in value;
}

function isSortedTable(value: unknown): value is AnySortedTable {
  return typeof value === 'object' && value !== null && 'firstKey' in value;
}
