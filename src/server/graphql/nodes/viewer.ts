import type { User } from '../../users.ts';
import { nodeId } from '../ids.ts';

/** A user. */
export class UserNode {
  readonly __typename = 'User';
  readonly #user: User;

  constructor(user: User) {
    this.#user = user;
  }

  get id(): string {
    return nodeId('User', this.#user.username);
  }

  get username(): string {
    return this.#user.username;
  }

  get entity(): string {
    return this.#user.entity;
  }
}
