import type { Refusal } from '../../lifecycle/decision.ts';
import type { Store } from '../../store/store.ts';
import type { Action } from '../action.ts';
import { playAction } from '../play-action.ts';
import { alternatives } from './alternatives.ts';

/**
 * The actions that go through where an action was refused, to be played in this order; none if none is known. They were
 * tried on the store, which takes a few decisions: call this where somebody reads the answer.
 */
export function adviceFor(action: Action, refusal: Refusal, store: Store): readonly Action[] {
  return firstToSucceed(alternatives(action, refusal, store), store);
}

/** The first of several lists of actions that goes through on a store and changes it; empty if none does. */
export function firstToSucceed(candidates: Iterable<readonly Action[]>, store: Store): readonly Action[] {
  for (const actions of candidates) if (succeed(actions, store)) return actions;
  return [];
}

function succeed(actions: readonly Action[], start: Store): boolean {
  let store = start;
  for (const action of actions) {
    const played = playAction(store, action);
    // A bulk deletion is accepted even if each of its versions is refused.
    if (!played.decision.ok || played.decision.events.some(({ type }) => type === 'deletionRefused'))
      return false;
    store = played.store;
  }
  return store !== start;
}
