import { evolve } from '../../../src/decider/evolve.ts';
import { type Action, isCommand } from '../../../src/simulator/action.ts';
import type { CollectorName } from '../../../src/store/settings.ts';
import type { Store } from '../../../src/store/store.ts';
import { collectedBy, uninterrupted } from '../histories/changed-histories.ts';
import type { History } from '../histories/history.ts';
import { playHistory, recordActions, simulatorFor } from '../histories/play-history.ts';
import { differences, timelessSummaryOf } from '../stores/canonical-summary.ts';
import { unlike } from '../stores/equal-stores.ts';
import { settle } from '../stores/faults.ts';
import { disagreements } from './step-decisions.ts';

/** The collector that is in use, and the one that it is compared with. */
export const RIGHT: CollectorName = 'reference-counting';
export const ORACLE: CollectorName = 'mark-and-sweep';

/** An observer, of every call and at some of the stores in between. */
export interface Observer {
  readonly call: () => void;
  readonly store: (store: Store) => void;
}

const NOBODY: Observer = { call: () => {}, store: () => {} };

/**
 * What a collector decides differently from the right one, on every store of a history, within its runs too: so there
 * is no crash, fault or unplanned step after which it could.
 */
export function decisionDifferences(
  history: History,
  other: CollectorName,
  observer = NOBODY,
): readonly string[] {
  for (const { call, outcome, before, after } of playHistory(collectedBy(RIGHT, history))) {
    let store = before;
    const events = isCommand(call) || !outcome.ok ? [] : outcome.events;
    for (const event of events) {
      store = evolve(store, [event]);
      const wrong = disagreements(store, RIGHT, other);
      if (wrong.length > 0) return [`within ${call.type}, after ${event.type}:`, ...wrong];
    }
    observer.call();
    observer.store(after);
    const wrong = disagreements(after, RIGHT, other);
    if (wrong.length > 0) return wrong;
  }
  return [];
}

/**
 * What differs between the same history under two collectors, each going by its own order of steps, after the first
 * call after which anything does: states, holders, what the bucket says, bytes, and all else that a store holds.
 * `every` looks after every so many calls, and at the end.
 */
export function stateDifferences(
  history: History,
  other: CollectorName,
  every = 1,
  observer = NOBODY,
): readonly string[] {
  // How far a run that is broken off has come depends on that order.
  const whole = uninterrupted(history);
  const [one, two] = bothSides(whole, other);
  const calls = recordActions(collectedBy(RIGHT, whole));
  for (const [at, call] of calls.entries()) {
    const [left, right] = [codeOf(one, call), codeOf(two, call)];
    observer.call();
    if (left !== right) return [`call ${at}, ${nameOf(call)}: ${left} and ${right}`];
    if ((at + 1) % every > 0 && at + 1 < calls.length) continue;
    observer.store(one.store);
    const wrong = unlike(one.store, two.store);
    if (wrong.length > 0) return [`after call ${at}, ${nameOf(call)}:`, ...wrong];
  }
  return [];
}

/**
 * The same with every crash and fault, in a history that brings nothing back: every call ends alike; whenever both have
 * finished what they began they agree on what is there; and they agree on everything once all is at rest.
 */
export function finalDifferences(
  history: History,
  other: CollectorName,
  observer = NOBODY,
): readonly string[] {
  const [one, two] = bothSides(history, other);
  for (const [at, call] of recordActions(collectedBy(RIGHT, history)).entries()) {
    const [left, right] = [codeOf(one, call), codeOf(two, call)];
    observer.call();
    if (left !== right) return [`call ${at}, ${nameOf(call)}: ${left} and ${right}`];
    if (hasBegun(one.store) || hasBegun(two.store)) continue;
    const wrong = differences(one.store, whatIsThere(one.store), whatIsThere(two.store));
    if (wrong.length > 0) return [`after call ${at}, ${nameOf(call)}:`, ...wrong];
  }
  observer.store(one.store);
  for (const simulator of [one, two]) settle(simulator);
  const [left, right] = [one, two].map(({ store }) =>
    timelessSummaryOf(store).filter((line) => !line.startsWith('settings.collector ')),
  );
  return differences(one.store, left ?? [], right ?? []);
}

function bothSides(history: History, other: CollectorName) {
  return [simulatorFor(collectedBy(RIGHT, history)), simulatorFor(collectedBy(other, history))] as const;
}

function codeOf(simulator: ReturnType<typeof simulatorFor>, call: Action): string {
  const outcome = simulator.apply(call);
  return outcome.ok ? 'accepted' : outcome.refusal.code;
}

function nameOf(call: Action): string {
  return call.type;
}

function hasBegun({ garbageCollection: { reviewed, released, unreferenced } }: Store): boolean {
  return reviewed.size + released.size + unreferenced.size > 0;
}

function whatIsThere({ versions, objects, bucket, logicalBytes }: Store): readonly string[] {
  return [
    ...Array.from(versions.unorderedRows(), ({ id, state }) => `${id} is ${state.kind}`),
    ...Array.from(objects.unorderedRows(), ({ id, holders }) => `${id} has ${holders} holders`),
    ...Array.from(bucket.blobs.unorderedRows(), ({ key, current }) => `${key} is stored: ${current}`),
    `${logicalBytes} bytes logical, ${bucket.storedBytes} stored`,
  ];
}
