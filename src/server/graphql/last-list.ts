import type { Store } from '../../store/store.ts';
import type { Host } from '../host.ts';
import type { Rows } from './connection.ts';
import type { Context } from './context.ts';

interface Kept<Item> {
  readonly store: Store;
  readonly list: string;
  readonly rows: Rows<Item>;
}

/**
 * The rows of the list that each host sorted last. Clients read a list page by page, and sorting it again for each page
 * would make a page cost as much as the whole list.
 */
export class LastList<Item> {
  readonly #kept = new WeakMap<Host, Kept<Item>>();

  /** The rows of a list in the current store; made unless they are the ones that were asked for last. */
  rows({ host, store }: Context, list: string, make: () => Rows<Item>): Rows<Item> {
    const kept = this.#kept.get(host);
    if (kept?.store === store && kept.list === list) return kept.rows;
    const rows = make();
    this.#kept.set(host, { store, list, rows });
    return rows;
  }
}
