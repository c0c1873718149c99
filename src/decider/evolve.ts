import { Immer } from 'immer';
import type { Evolvers, Store, StoreDraft } from '../store/store.ts';
import { frozen } from '../values/frozen.ts';
import { EVOLVERS, type StoreEvent, type StoreEventType } from './event.ts';

// Tables freeze their rows. Freezing the small records ourselves takes half the time of Immer's auto-freeze, which
// checks every table again.
const { produce } = new Immer({ autoFreeze: false });
const SMALL_RECORDS = ['bucket', 'garbageCollection', 'people', 'settings', 'bucketFaults'] as const;

/** The store after these events; the same object if nothing changed. Never refuses. */
export function evolve(store: Store, events: readonly StoreEvent[]): Store {
  const after = produce<Store, StoreDraft>(store, (draft) => {
    for (const event of events) evolveEvent(draft, event);
  });
  if (after === store) return store;
  for (const record of SMALL_RECORDS) {
    if (after[record] !== store[record]) frozen(after[record], store[record]);
  }
  return Object.freeze(after);
}

function evolveEvent<Type extends StoreEventType>(
  draft: StoreDraft,
  event: Extract<StoreEvent, { readonly type: Type }>,
): void {
  const evolvers: Evolvers<StoreEvent> = EVOLVERS;
  evolvers[event.type](draft, event);
}
