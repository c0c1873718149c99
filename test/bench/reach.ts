import { find } from '../../src/store/look-up.ts';
import { emptyStore } from '../../src/store/store.ts';
import { seconds } from '../../src/values/units.ts';
import { versionNamed } from '../support/stores/names.ts';
import { collect, play } from './limbo.ts';
import { heapBytes, peakBytes } from './load.ts';
import { type Clock, nowBy } from './stopwatch.ts';
import { collectionText, contentDigest, fileOf, logOf } from './workload.ts';

/** What it took to hold more files in one store than V8's own map takes. */
export interface ReachFigures {
  readonly versions: number;
  readonly objects: number;
  readonly loadSeconds: number;
  readonly heapBytes: number;
  readonly peakBytes: number;
}

const FILES = 1_000;
/** V8's `Map` ends at 2 to the power of 24. */
const OBJECTS = 17_000_000;
const COLLECTIONS = 1_000;
const RETENTION_SECONDS = 7 * 86_400;

/** Loads a store of 17 million different files, and sees that one of its last versions can be found and collected. */
export function measureReach(clock: Clock, described: (text: string) => void): ReachFigures {
  const before = heapBytes();
  let store = emptyStore();
  let loadSeconds = 0;
  const versions = OBJECTS / FILES;
  for (let number = 0; number < versions; number += 1) {
    const collection = number % COLLECTIONS;
    const command = logOf(
      collectionText(collection),
      Array.from({ length: FILES }, (_, file) => fileOf(file, contentDigest(number, file))),
    );
    const began = nowBy(clock);
    store = play(store, [command]).store;
    loadSeconds += (nowBy(clock) - began) / 1_000;
    described(`${number + 1} of ${versions} versions`);
  }
  const figures = { versions, objects: store.objects.size, loadSeconds, peakBytes: peakBytes() };
  if (figures.objects !== OBJECTS) throw new Error(`there are ${figures.objects} objects`);
  const heap = heapBytes() - before;
  const name = versionNamed(`${collectionText(COLLECTIONS - 1)}:latest`);
  if (find(store, name) === undefined) throw new Error('the last version is not found');
  const { store: deleted } = play(store, [
    { type: 'deleteVersion', target: { by: 'name', name }, deleteAliases: true },
    { type: 'moveClock', bySeconds: seconds(RETENTION_SECONDS) },
  ]);
  const collected = collect(deleted);
  if (collected.objects.size !== OBJECTS - FILES) throw new Error('the last version is not collected');
  return { ...figures, heapBytes: heap };
}
