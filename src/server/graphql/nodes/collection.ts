import type { ArtifactCollection } from '../../../store/artifact-collection.ts';
import { collectionById, find, newestIndex } from '../../../store/look-up.ts';
import { LATEST } from '../../../values/names.ts';
import { byCodePoint } from '../../../values/order.ts';
import { connection, type PageArguments, rowsOf, sortedRows } from '../connection.ts';
import type { Context } from '../context.ts';
import { dateAt } from '../dates.ts';
import { nodeId } from '../ids.ts';
import { type ListArguments, versionRows } from '../lists.ts';
import type { Resolvers } from '../resolver.ts';
import { addressNamed } from './membership.ts';
import type {
  AliasNode,
  ArtifactNode,
  ArtifactTypeNode,
  CollectionNode,
  MembershipNode,
  ProjectNode,
} from './nodes.ts';
import { tagNode } from './tag.ts';

/** The fields of sequences and portfolios. */
export const COLLECTION: Resolvers<CollectionNode> = {
  id: ({ collectionId }) => nodeId('ArtifactCollection', collectionId),
  name: (node, _, context) => rowOf(node, context).name.collection,
  description: (node, _, context) => rowOf(node, context).facts?.description ?? null,
  createdAt: (node, _, context) => dateAt(context.store, rowOf(node, context).createdAt),
  state: (node, _, context) => (rowOf(node, context).exists ? 'READY' : 'DELETED'),
  project: (node, _, context): ProjectNode => ({ name: rowOf(node, context).name }),
  defaultArtifactType: (node, _, context): ArtifactTypeNode => {
    const { name: project, artifactType: name } = rowOf(node, context);
    return { project, name };
  },
  tags: (node, _, context) => {
    const rows = sortedRows(rowOf(node, context).facts?.tags ?? [], (tag) => [tag]);
    return connection({}, rows, (tag) => ({ node: tagNode(tag) }));
  },
  aliases: (node, page: PageArguments, context) => {
    const { id: collectionId, aliases } = rowOf(node, context);
    const rows = rowsOf(aliases.sortedIds(byCodePoint), (alias) => [alias]);
    return connection(page, rows, (alias) => ({ node: { collectionId, alias } satisfies AliasNode }));
  },
  artifacts: (node, list: ListArguments, context) => {
    const rows = versionRows(rowOf(node, context), list);
    const page = connection(list, rows, ({ index, versionId }) => ({
      version: `v${index}`,
      node: { versionId } satisfies ArtifactNode,
    }));
    return context.host.recorder?.page(node.collectionId, list.after, page) ?? page;
  },
  artifactMembership: (node, { aliasName }: { aliasName: string }, context): MembershipNode | null =>
    addressNamed(context.store, rowOf(node, context), aliasName) ?? null,
  latestArtifact: (node, _, context): ArtifactNode | null => latestOf(rowOf(node, context), context),
  digestAlgorithm: () => 'MANIFEST_MD5',
};

function rowOf({ collectionId }: CollectionNode, { store }: Context): ArtifactCollection {
  return collectionById(store, collectionId);
}

// The version that incremental uploads amend: the newest if `latest` names none.
function latestOf(collection: ArtifactCollection, { store }: Context): ArtifactNode | null {
  const selector = { kind: 'alias', alias: LATEST } as const;
  const named = find(store, { collection: collection.name, selector })?.version.id;
  const newest = newestIndex(collection);
  const versionId = named ?? (newest === undefined ? undefined : collection.listed.get(newest));
  return versionId === undefined ? null : { versionId };
}
