import { produce } from 'immer';
import type { Evolvers, Store, StoreDraft } from '../store/store.ts';
import { EVOLVERS, type StoreEvent, type StoreEventType } from './event.ts';

/** The store after these events, in one step: that very store where nothing changed. It never refuses. */
export function evolve(store: Store, events: readonly StoreEvent[]): Store {
  return produce<Store, StoreDraft>(store, (draft) => {
    for (const event of events) evolveEvent(draft, event);
  });
}

function evolveEvent<Type extends StoreEventType>(
  draft: StoreDraft,
  event: Extract<StoreEvent, { readonly type: Type }>,
): void {
  const evolvers: Evolvers<StoreEvent> = EVOLVERS;
  evolvers[event.type](draft, event);
}
