import type { Decision } from '../lifecycle/decision.ts';
import type { Store } from '../store/store.ts';
import { draftOf, type StoreDraft, storeOf } from '../store/store-draft.ts';
import type { Command } from './command.ts';
import { decide } from './decide.ts';
import type { StoreEvent } from './event.ts';
import { evolveDraft } from './evolve.ts';

/**
 * Many commands on one draft of a store. What they come to, and the store in the end, are the same as one by one; it
 * costs less, since what the store shares with the one before is copied once for all of them.
 */
export class Batch {
  readonly #before: Store;
  #draft: StoreDraft | null = null;

  /** A batch of commands that begins with this store, which stays as it was. */
  constructor(store: Store) {
    this.#before = store;
  }

  /** The store as it is in the midst of the batch: to be read at once, since the next command changes it in place. */
  get store(): Store {
    return this.#draft ?? this.#before;
  }

  /** Plays one command. A refused one changes nothing. */
  dispatch(command: Command): Decision<StoreEvent> {
    const decision = decide(command, this.store);
    if (!decision.ok || decision.events.length === 0) return decision;
    this.#draft ??= draftOf(this.#before);
    for (const event of decision.events) evolveDraft(this.#draft, event);
    return decision;
  }

  /** Ends the batch: the store that it has come to, frozen; the one that it began with, where nothing happened. */
  close(): Store {
    return this.#draft === null ? this.#before : storeOf(this.#draft, this.#before);
  }
}
