import { assert } from '../../values/result.ts';

// V8's Map holds at most 2^24 keys.
const MOST_KEYS = 2 ** 23;

/** Numbers keys in order from 0; holds more of them than one `Map` can. */
export class Numbers<Key> {
  readonly #maps: Map<Key, number>[] = [new Map()];
  #size = 0;

  /** How many keys have a number. */
  get size(): number {
    return this.#size;
  }

  /** All keys in order of their numbers. */
  *keys(): Generator<Key> {
    for (const map of this.#maps) yield* map.keys();
  }

  /** The number of a key, or undefined. */
  get(key: Key): number | undefined {
    for (const map of this.#maps) {
      const number = map.get(key);
      if (number !== undefined) return number;
    }
    return undefined;
  }

  /** The number of a known key. Throws on an unknown one, which is a bug. */
  of(key: Key): number {
    const number = this.get(key);
    assert(number !== undefined, `${String(key)} has a number`);
    return number;
  }

  /** Gives the next number to a new key. */
  add(key: Key): number {
    let map = this.#maps.at(-1);
    if (map === undefined || map.size >= MOST_KEYS) {
      map = new Map();
      this.#maps.push(map);
    }
    const number = this.#size;
    map.set(key, number);
    this.#size += 1;
    return number;
  }
}
