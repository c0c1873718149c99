import type { Store } from '../store/store.ts';
import { keyOfName } from '../values/digest.ts';
import { byCodePoint } from '../values/order.ts';
import type { SortedTable } from '../values/sorted-table.ts';
import type { State } from './exploration.ts';

/**
 * A short text that is equal for two states if and only if no future can tell them apart. Rows of tables are compared
 * without order; queues by the order of their entries, not by the numbers behind that order.
 */
export function fingerprint({ store, names, done, collecting, crashesLeft, broken }: State): string {
  const progress = [done.join(','), collecting.join(','), crashesLeft, Number(broken)];
  return keyOfName(`${progress.join(';')}|${canonical(names)}|${canonicalStore(store)}`);
}

/** The store as a canonical text. */
export function canonicalStore(store: Store): string {
  const { uploads, trash, garbageCollection, versions, nextTrashNumber, nextUploadNumber, ...rest } = store;
  const { reviewed, released, ...collection } = garbageCollection;
  const queues = [uploads, trash, reviewed, released].map((queue) => [...valuesOf(queue)].join(','));
  const rows = [...versions.unorderedRows()].map(canonicalVersion).sort(byCodePoint);
  return [queues.join(';'), rows.join(';'), canonical(collection), canonical(rest)].join('|');
}

function* valuesOf<Value>(queue: SortedTable<number, Value>): Generator<Value> {
  for (const [, value] of queue.entries()) yield value;
}

const known = new WeakMap<object, string>();

// Rows and tables are frozen and shared between stores, so each one is rendered once.
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const before = known.get(value);
  if (before !== undefined) return before;
  const text = written(value);
  if (Object.isFrozen(value)) known.set(value, text);
  return text;
}

function written(value: object): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (isTable(value)) {
    const rows = value.sortedIds((left, right) => byCodePoint(String(left), String(right)));
    return `{${rows.map((id) => `${JSON.stringify(id)}:${canonical(value.get(id))}`).join(',')}}`;
  }
  if (isSorted(value)) {
    return `{${Array.from(value.entries(), ([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
  }
  const entries = Object.entries(value).sort(([left], [right]) => byCodePoint(left, right));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}

// A version's place in a queue is part of the queue.
function canonicalVersion(version: object): string {
  const before = knownVersions.get(version);
  if (before !== undefined) return before;
  const text = canonical(version).replace(/"(?:trash|upload)Number":\d+/g, '"number":0');
  knownVersions.set(version, text);
  return text;
}

const knownVersions = new WeakMap<object, string>();

interface AnyTable {
  sortedIds(compare: (left: unknown, right: unknown) => number): readonly unknown[];
  get(id: unknown): unknown;
}

function isTable(value: object): value is AnyTable {
  return 'sortedIds' in value;
}

function isSorted(value: object): value is SortedTable<string | number, unknown> {
  return 'firstKey' in value;
}
