import { Map as PersistentMap } from 'immutable';
import { type Clock, meanOf, timesOf } from './stopwatch.ts';
import { MOST_JOBS } from './workload.ts';

/**
 * What one row costs in a bare persistent map, which the tables of a store are built on, beside one in a `Map` that is
 * written to in place: no command can be cheaper than the rows that it reads and writes.
 */
export interface FloorFigures {
  readonly rows: number;
  readonly read: RowFigure;
  readonly write: RowFigure;
  /** One of many that are written in a batch: the map writes to what it has copied once. */
  readonly writeInBatch: RowFigure;
}

/** One row in the persistent map, in microseconds, and as a ratio to one in a `Map`. */
export interface RowFigure {
  readonly micros: number;
  readonly ratio: number;
}

interface Row {
  readonly at: number;
  count: number;
}

type Rows = PersistentMap<number, Readonly<Row>>;
type Action = 'mapRead' | 'mapWrite' | 'read' | 'write' | 'writeInBatch';
type Sample = Readonly<Record<Action, number>>;

const WARM = 10;
const MEASURED = 30;
// No two rows that are written one after the other lie side by side, as in a store, whose identifiers are digests.
const STRIDE = 7_919;

/** Measures maps of so many rows; 1,000 of them are read or written in a round. */
export function measureFloor(rows: number, clock: Clock, described: (text: string) => void): FloorFigures {
  const map = new Map<number, Row>();
  const persistent: Rows = PersistentMap<number, Readonly<Row>>().withMutations((open) => {
    for (let at = 0; at < rows; at += 1) {
      map.set(keyOf(at), { at, count: 0 });
      open.set(keyOf(at), Object.freeze({ at, count: 0 }));
    }
  });
  const samples = Array.from({ length: WARM + MEASURED }, (_, round) => {
    described(`round ${round + 1} of ${WARM + MEASURED}`);
    return sampleOf(map, persistent, keysOf(rows, round), clock, round);
  }).slice(WARM);
  const micros = (action: Action) => (meanOf(samples.map((sample) => sample[action])) * 1_000) / MOST_JOBS;
  const figure = (action: Action, baseline: Action): RowFigure => ({
    micros: micros(action),
    ratio: micros(action) / micros(baseline),
  });
  return {
    rows,
    read: figure('read', 'mapRead'),
    write: figure('write', 'mapWrite'),
    writeInBatch: figure('writeInBatch', 'mapWrite'),
  };
}

function sampleOf(
  map: ReadonlyMap<number, Row>,
  persistent: Rows,
  keys: readonly number[],
  clock: Clock,
  turn: number,
): Sample {
  const actions = [
    () => sumOf(map, keys),
    () => {
      for (const key of keys) {
        const row = map.get(key);
        if (row !== undefined) row.count += 1;
      }
    },
    () => sumOf(persistent, keys),
    () => keys.reduce(withOneMore, persistent),
    () => persistent.withMutations((open) => void keys.reduce(withOneMore, open)),
  ];
  const [mapRead = 0, mapWrite = 0, read = 0, write = 0, writeInBatch = 0] = timesOf(actions, clock, turn);
  return { mapRead, mapWrite, read, write, writeInBatch };
}

function sumOf(rows: { get(key: number): Readonly<Row> | undefined }, keys: readonly number[]): number {
  let sum = 0;
  for (const key of keys) sum += rows.get(key)?.at ?? 0;
  return sum;
}

function withOneMore(rows: Rows, key: number): Rows {
  const row = rows.get(key);
  return row === undefined ? rows : rows.set(key, Object.freeze({ ...row, count: row.count + 1 }));
}

function keysOf(rows: number, round: number): readonly number[] {
  return Array.from({ length: MOST_JOBS }, (_, job) => keyOf(((round * MOST_JOBS + job) * STRIDE) % rows));
}

// Scattered as a hash would be, and small enough for the library to take it as it is.
function keyOf(at: number): number {
  return Math.imul(at + 1, 0x9e3779b1) & 0x3fffffff;
}
