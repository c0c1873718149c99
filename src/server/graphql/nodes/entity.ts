import { nodeId } from '../ids.ts';
import type { Resolvers } from '../resolver.ts';
import { storedBytes } from '../storage.ts';
import type { EntityNode } from './nodes.ts';
import { UserNode } from './viewer.ts';

/** The fields of an entity. */
export const ENTITY: Resolvers<EntityNode> = {
  id: ({ name }) => nodeId('Entity', name),
  isTeam: ({ name }, _, { user }) => name !== user.username,
  user: ({ name }, _, { user }) => (name === user.username ? new UserNode(user) : null),
  storageBytes: ({ name }, _, { store }) => {
    const projects = [...store.projects.unorderedRows()];
    return storedBytes(
      store,
      projects.filter((project) => project.name.entity === name),
    );
  },
  xxhashDigestsEnabled: () => false,
};
