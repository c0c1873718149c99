import { collectionById } from '../../../store/look-up.ts';
import { nodeId } from '../ids.ts';
import type { Resolvers } from '../resolver.ts';
import { type AliasNode, type CollectionNode, collectionNode } from './nodes.ts';

/** The fields of an alias. */
export const ALIAS: Resolvers<AliasNode> = {
  id: ({ collectionId, alias }) => nodeId('Alias', `${collectionId}:${alias}`),
  artifactCollection: ({ collectionId }, _, { store }): CollectionNode =>
    collectionNode(collectionById(store, collectionId)),
};
