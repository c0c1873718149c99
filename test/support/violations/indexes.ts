import type { StoreEvent } from '../../../src/decider/event.ts';
import { versionById } from '../../../src/store/look-up.ts';
import type { Store } from '../../../src/store/store.ts';

/** Remembers every index that a history gave, in whatever kind of artifact collection (LOG-2, DEL-16). */
export class GivenIndexes {
  readonly #highest = new Map<string, number>();

  /** What is wrong with the indexes that these events give, and with those that the store would give next. */
  violations(events: readonly StoreEvent[], after: Store): readonly string[] {
    const violations: string[] = [];
    for (const event of events) {
      if (event.type !== 'versionCommitted' && event.type !== 'versionLinked') continue;
      const collectionId =
        event.type === 'versionLinked' ? event.portfolioId : versionById(after, event.versionId).collectionId;
      const highest = this.#highest.get(collectionId) ?? -1;
      if (event.index <= highest) violations.push(`${collectionId} gives v${event.index} after v${highest}`);
      this.#highest.set(collectionId, Math.max(highest, event.index));
    }
    for (const { id, nextIndex } of after.collections.unorderedRows()) {
      const highest = this.#highest.get(id) ?? -1;
      if (nextIndex <= highest) violations.push(`${id} would give v${nextIndex} after v${highest}`);
    }
    return violations;
  }
}
