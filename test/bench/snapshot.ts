import { readSnapshot } from '../../src/simulator/snapshot/read.ts';
import { snapshotOf } from '../../src/simulator/snapshot/write.ts';
import { heapBytes, load, peakBytes } from './load.ts';
import { type Clock, nowBy } from './stopwatch.ts';
import { Workload } from './workload.ts';

/** What it costs to take a snapshot of a store, and to read it. */
export interface SnapshotFigures {
  readonly versions: number;
  readonly bytes: number;
  readonly takeSeconds: number;
  readonly readSeconds: number;
  /** How much more memory the process ever had for taking it, and for reading it, than for the store, in bytes. */
  readonly takePeakBytes: number;
  readonly readPeakBytes: number;
  /** All that the store holds on to that was read, in bytes. */
  readonly heapBytes: number;
}

/** Measures a snapshot of a store of so many versions, without the file. */
export function measureSnapshot(
  versions: number,
  clock: Clock,
  described: (text: string) => void,
): SnapshotFigures {
  const { store } = load(new Workload({ shape: 'spread', versions }), clock, described);
  const before = peakBytes();
  described('taking the snapshot');
  const began = nowBy(clock);
  const pieces = [...snapshotOf(store)];
  const taken = nowBy(clock);
  const takePeak = peakBytes();
  const beforeReading = heapBytes();
  described('reading the snapshot');
  const reading = nowBy(clock);
  const read = readSnapshot(() => pieces);
  const done = nowBy(clock);
  if (!read.ok) throw new Error(read.message);
  const readPeak = peakBytes();
  const bytes = heapBytes() - beforeReading;
  if (read.store.bucket.storedBytes !== store.bucket.storedBytes) throw new Error('another store was read');
  return {
    versions,
    bytes: pieces.reduce((sum, piece) => sum + piece.byteLength, 0),
    takeSeconds: (taken - began) / 1_000,
    readSeconds: (done - reading) / 1_000,
    takePeakBytes: takePeak - before,
    readPeakBytes: readPeak - takePeak,
    heapBytes: bytes,
  };
}
