import type { Action } from '../../../src/simulator/action.ts';
import type { ArtifactCollection } from '../../../src/store/artifact-collection.ts';
import { collectionById } from '../../../src/store/look-up.ts';
import type { Store } from '../../../src/store/store.ts';
import type { Version } from '../../../src/store/version.ts';
import { shortCollectionName } from '../../../src/values/names.ts';
import { unlike } from '../stores/equal-stores.ts';
import { collectedBy } from './changed-histories.ts';
import type { History } from './history.ts';
import { isAboutKnown, recordActions, replayActions } from './play-history.ts';
import type { Nth } from './world.ts';

/** Two simulators with the same past, and the calls that were to come. */
export interface Fork {
  readonly one: ReturnType<typeof replayActions>;
  readonly other: ReturnType<typeof replayActions>;
  readonly rest: readonly Action[];
}

/** Plays a history up to some point of it, twice. */
export function forkOf(history: History, at: Nth): Fork {
  const counted = collectedBy('reference-counting', history);
  const calls = recordActions(counted);
  const cut = calls.length === 0 ? 0 : 1 + (at % calls.length);
  const past = calls.slice(0, cut);
  const [one, other] = [replayActions(counted, past), replayActions(counted, past)];
  return { one, other, rest: calls.slice(cut) };
}

/**
 * What differs between the two, now or later: none, where their stores are alike, every call of the rest ends alike,
 * and the stores are alike in the end.
 */
export function divergences({ one, other, rest }: Fork): readonly string[] {
  const now = unlike(one.store, other.store);
  if (now.length > 0) return now;
  for (const call of rest) {
    if (!isAboutKnown(one.store, call)) continue;
    const [left, right] = [codeOf(one, call), codeOf(other, call)];
    if (left !== right) return [`${call.type}: ${left}, ${right}`];
  }
  return unlike(one.store, other.store);
}

/** How a call ends. */
export function codeOf(simulator: Fork['one'], call: Action): string {
  const outcome = simulator.apply(call);
  return outcome.ok ? 'accepted' : outcome.refusal.code;
}

/** The COMMITTED versions in the order of their keys. */
export function committedIn({ versions }: Store): readonly Version[] {
  return versions
    .sortedIds((left, right) => (left < right ? -1 : 1))
    .flatMap((id) => versions.get(id) ?? [])
    .filter(({ state }) => state.kind === 'COMMITTED');
}

/** One of the COMMITTED versions, where there is any. */
export function committedAt(store: Store, at: Nth): Version | undefined {
  const committed = committedIn(store);
  return committed[at % Math.max(1, committed.length)];
}

/** One of the artifact collections that exist, where there is any. */
export function existingAt({ collections }: Store, at: Nth): ArtifactCollection | undefined {
  const exists = collections
    .sortedIds((left, right) => (left < right ? -1 : 1))
    .flatMap((id) => collections.get(id) ?? [])
    .filter((collection) => collection.exists);
  return exists[at % Math.max(1, exists.length)];
}

/** The name of a version, or of a link, by its index. */
export function indexNameOf(
  store: Store,
  { collectionId, index }: Pick<Version, 'collectionId' | 'index'>,
): string {
  return `${shortCollectionName(collectionById(store, collectionId).name)}:v${index}`;
}
