import { canonicalStore } from '../../../src/explore/fingerprint.ts';
import type { Store } from '../../../src/store/store.ts';
import type { VersionId } from '../../../src/values/names.ts';
import { differences, summaryOf } from './canonical-summary.ts';

/**
 * What differs between two stores, whichever collector each has: none, where nothing that can happen from now on differs.
 */
export function unlike(one: Store, other: Store): readonly string[] {
  const [left, right] = [one, other].map(withAnyCollector) as [Store, Store];
  if (canonicalStore(left) === canonicalStore(right)) return [];
  const described = differences(left, summaryOf(left), summaryOf(right));
  return described.length > 0 ? described : ['they differ in what their summaries do not say'];
}

// So that two stores under different collectors can be alike.
function withAnyCollector(store: Store): Store {
  return { ...store, settings: { ...store.settings, collector: 'reference-counting' } };
}

const QUEUES = ['trash', 'uploads', 'garbageCollection.reviewed', 'garbageCollection.released'];
const BOOKKEEPING = /^(next(Trash|Upload)Number|bucket\.(nextCopyNumber|copies)) /;

/**
 * Everything that a store holds, a line each, without the numbers that only make an order; the order itself is listed for
 * the versions that are kept. So two stores can be compared in part.
 */
export function factsOf(store: Store, isKept: (versionId: VersionId) => boolean): readonly string[] {
  const { uploads, trash, garbageCollection } = store;
  const { reviewed, released } = garbageCollection;
  const rows = summaryOf(store)
    .filter((line) => !BOOKKEEPING.test(line) && !QUEUES.some((queue) => line.startsWith(`${queue} `)))
    .map((line) => line.replace(/"(trashNumber|uploadNumber|number)":\d+/g, '"$1":0'));
  const orders = [trash, uploads, reviewed, released].map((queue, at) => {
    const waiting = [...queue.entries()].map(([, versionId]) => versionId).filter(isKept);
    return `${QUEUES[at]} in order: ${waiting.join(' ')}`;
  });
  return [...rows, ...orders];
}
