import { heapBytes, load, peakBytes } from './load.ts';
import type { Clock } from './stopwatch.ts';
import { type Extent, Workload } from './workload.ts';

/** What the versions of a store cost in memory, and how long it takes to load them. */
export interface MemoryFigures {
  readonly versions: number;
  readonly objects: number;
  /** All that the store holds on to, in bytes; the manifests too. */
  readonly heapBytes: number;
  /** The most memory that the process had while it loaded them, in bytes. */
  readonly peakBytes: number;
  readonly loadSeconds: number;
  readonly manifestSeconds: number;
  /** What one version more costs, with its manifest of ten files, in bytes. */
  readonly bytesPerVersion: number;
  /** What one object more costs, in bytes. */
  readonly bytesPerObject: number;
}

type Whole = Omit<MemoryFigures, 'bytesPerVersion' | 'bytesPerObject'>;

// Two stores of so many versions tell what is the objects' from what is the versions': in one of them every file is new
// in every version.
const COMPARED = 30_000;

/** Measures a store of so many versions, spread over many artifact collections. */
export function measureMemory(
  versions: number,
  clock: Clock,
  described: (text: string) => void,
): MemoryFigures {
  const whole = measureWhole({ shape: 'spread', versions }, clock, described);
  const sharing = measureWhole({ shape: 'spread', versions: COMPARED }, clock, described);
  const apart = measureWhole({ shape: 'spread', versions: COMPARED, allNew: true }, clock, described);
  const bytesPerObject = (apart.heapBytes - sharing.heapBytes) / (apart.objects - sharing.objects);
  const bytesPerVersion = (sharing.heapBytes - sharing.objects * bytesPerObject) / COMPARED;
  return { ...whole, bytesPerVersion, bytesPerObject };
}

function measureWhole(extent: Extent, clock: Clock, described: (text: string) => void): Whole {
  const before = heapBytes();
  const { store, seconds, manifestSeconds } = load(new Workload(extent), clock, described);
  const peak = peakBytes();
  return {
    versions: extent.versions,
    heapBytes: heapBytes() - before,
    objects: store.objects.size,
    peakBytes: peak,
    loadSeconds: seconds,
    manifestSeconds,
  };
}
