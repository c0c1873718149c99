import { type Answer, answered, following } from '../service/answer.ts';
import { FIRST_PAGE, type Place, pageOf } from '../service/paging.ts';
import type { Store } from '../store/store.ts';
import type { Connection } from './connection.ts';
import type { SizedPages } from './public/pages.ts';

/** Where the results of pages come from. */
export interface Source<Key, Item> {
  /** What it lists, for messages. */
  readonly label: string;
  /** The keys of all current results, in order. */
  keys(store: Store): Answer<readonly Key[]>;
  /** Compares two keys: negative if the first comes first. */
  readonly compare: (left: Key, right: Key) => number;
  /** The result of a key; null to leave it out of its page, which still counts it (basis: sdk). */
  item(store: Store, key: Key): Item | null;
}

/** Results that are fetched page by page, when needed. */
export class FetchedPages<Key, Item> implements SizedPages<Item> {
  readonly perPage: number;
  readonly #connection: Connection;
  readonly #source: Source<Key, Item>;
  readonly #items: Item[] = [];
  #place: Place<Key> = FIRST_PAGE;
  #total: number | null = null;
  #more = true;
  #fetching: Promise<readonly Item[]> | null = null;

  constructor(connection: Connection, perPage: number, source: Source<Key, Item>) {
    this.#connection = connection;
    this.perPage = perPage;
    this.#source = source;
  }

  async length(): Promise<number> {
    if (this.#total === null) await this.nextPage();
    return this.#total ?? 0;
  }

  async nextPage(): Promise<readonly Item[]> {
    if (!this.#more) return [];
    // Concurrent requests get the same page.
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = null;
    });
    return this.#fetching;
  }

  async at(index: number): Promise<Item | undefined> {
    while (index >= this.#items.length && this.#more) await this.nextPage();
    return this.#items[index];
  }

  async all(): Promise<readonly Item[]> {
    while (this.#more) await this.nextPage();
    return [...this.#items];
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for (let index = 0; ; index += 1) {
      while (index >= this.#items.length && this.#more) await this.nextPage();
      const item = this.#items[index];
      if (item === undefined) return;
      yield item;
    }
  }

  #fetch(): Promise<readonly Item[]> {
    const { service } = this.#connection;
    return this.#connection.read(this.#source.label, (store) =>
      following(this.#source.keys(store), (keys) => {
        const { compare } = this.#source;
        const page = pageOf({ keys, compare }, this.#place, this.perPage, service.paging);
        this.#place = page.next;
        this.#total = page.total;
        this.#more = page.hasMore;
        const items = page.keys.map((key) => this.#source.item(store, key)).filter((item) => item !== null);
        this.#items.push(...items);
        return answered(items);
      }),
    );
  }
}
