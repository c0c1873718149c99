import type { User } from '../../users.ts';
import { nodeId } from '../ids.ts';
import type { EntityNode } from './nodes.ts';

/** A user. */
export class UserNode {
  readonly __typename = 'User';
  readonly username: string;
  /** The entity of names that give none. */
  readonly entity: string;

  constructor({ username, entity }: Pick<User, 'username' | 'entity'>) {
    this.username = username;
    this.entity = entity;
  }

  get id(): string {
    return nodeId('User', this.username);
  }

  get name(): string {
    return this.username;
  }

  // JSON.
  get flags(): string {
    return '{}';
  }

  get teams(): { readonly edges: readonly { readonly node: EntityNode }[] } {
    return { edges: this.entity === this.username ? [] : [{ node: { name: this.entity } }] };
  }

  // Keys are secrets.
  get apiKeys() {
    return { edges: [] };
  }

  get organizations() {
    return [];
  }
}
