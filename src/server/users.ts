import { createHash } from 'node:crypto';
import type { Who } from '../store/people.ts';

/** The user that an API key belongs to. */
export interface User {
  readonly username: string;
  /** The entity of names that give none. */
  readonly entity: string;
  /** Who acts when this user changes something of an entity (ACL-1 to ACL-4). */
  readonly actingIn: (entity: string) => Who;
}

/** The name of the user who may do everything. */
export const ADMIN = 'admin';

/** The users of a server, by API key. */
export class Users {
  readonly #byKey = new Map<string, User>();
  readonly #keys = new Map<string, string>();

  readonly #stranger: User | null;

  /** The members of a team, and an admin who may do everything; each has a key. All other keys can be the admin's too. */
  constructor(entity: string, members: Iterable<string>, isOneUser = false) {
    const admin: User = { username: ADMIN, entity, actingIn: () => null };
    this.#stranger = isOneUser ? admin : null;
    this.#add(admin);
    for (const username of members) this.#add({ username, entity, actingIn: () => username });
  }

  /** The keys to hand out, by user name: the admin's first. */
  get keys(): ReadonlyMap<string, string> {
    return this.#keys;
  }

  /** The user of a key. A key that was not handed out is a user with an entity of its own, in which it may do everything. */
  withKey(key: string): User {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    if (this.#stranger !== null) return this.#stranger;
    const username = `user-${hashOf(key).slice(0, 16)}`;
    return {
      username,
      entity: username,
      actingIn: (entity) => (entity === username ? null : username),
    };
  }

  #add(user: User): void {
    if (this.#keys.has(user.username)) return;
    const key = `limbo-${hashOf(`key of ${user.username}`).slice(0, 40)}`;
    this.#keys.set(user.username, key);
    this.#byKey.set(key, user);
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
