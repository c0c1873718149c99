import { collectionsOfType } from '../../../service/listing.ts';
import { fullCollectionName } from '../../../values/names.ts';
import { DAY_ZERO } from '../../../values/units.ts';
import { connection } from '../connection.ts';
import { dateAt } from '../dates.ts';
import { nodeId } from '../ids.ts';
import { collectionRows, type ListArguments } from '../lists.ts';
import type { Resolvers } from '../resolver.ts';
import { type ArtifactTypeNode, type CollectionNode, collectionNode, collectionNodeAt } from './nodes.ts';

/** The fields of an artifact type. */
export const ARTIFACT_TYPE: Resolvers<ArtifactTypeNode> = {
  // Names of projects and entities contain no slash.
  id: ({ project, name }) => nodeId('ArtifactType', fullCollectionName({ ...project, collection: name })),
  // The store does not say when something of the type was logged first.
  createdAt: (_node, _, { store }) => dateAt(store, DAY_ZERO),
  artifactCollection: (
    { project, name: type },
    { name }: { name: string },
    { store },
  ): CollectionNode | null => collectionNodeAt(store, { ...project, collection: name }, type),
  artifactCollections: ({ project, name: type }, list: ListArguments, { store }) => {
    const collections = collectionsOfType(store, project, type);
    const rows = collectionRows(collections.ok ? collections.value : [], list);
    return connection(list, rows, (collection) => ({ node: collectionNode(collection) }));
  },
};
