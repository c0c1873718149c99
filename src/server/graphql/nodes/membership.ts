import { type Address, addressOf } from '../../../service/fetched.ts';
import { linksTo } from '../../../service/lineage.ts';
import type { ArtifactCollection } from '../../../store/artifact-collection.ts';
import { linkIdOf } from '../../../store/link.ts';
import { collectionById, find, versionById } from '../../../store/look-up.ts';
import type { Store } from '../../../store/store.ts';
import { aliasesOf } from '../../../store/version.ts';
import { type CollectionId, parseSelector, type VersionId } from '../../../values/names.ts';
import type { Instant } from '../../../values/units.ts';
import { dateAt } from '../dates.ts';
import { commitHash, nodeId } from '../ids.ts';
import type { Resolvers } from '../resolver.ts';
import { type FilesArguments, filesOf } from './file.ts';
import {
  type AliasNode,
  type ArtifactNode,
  type CollectionNode,
  collectionNode,
  type MembershipNode,
} from './nodes.ts';

/** The fields of a membership. */
export const MEMBERSHIP: Resolvers<MembershipNode> = {
  id: (node, _, { store }) => {
    const { collectionId, index, versionId } = placeOf(store, node);
    return nodeId('Membership', index === null ? versionId : linkIdOf(collectionId, index));
  },
  versionIndex: (node, _, { store }) => placeOf(store, node).index,
  createdAt: (node, _, { store }) => dateAt(store, placeOf(store, node).since),
  aliases: (node, _, { store }) => aliasNodes(placeOf(store, node)),
  artifactCollection: (node, _, { store }): CollectionNode =>
    collectionNode(collectionById(store, placeOf(store, node).collectionId)),
  artifact: ({ versionId }): ArtifactNode => ({ versionId }),
  files: ({ versionId }, files: FilesArguments, context) => filesOf(context, versionId, files),
};

/** The place of an artifact in the artifact collection that it is fetched from. */
export interface Place {
  readonly versionId: VersionId;
  readonly collectionId: CollectionId;
  /** Null before its commit. */
  readonly index: number | null;
  readonly aliases: readonly string[];
  /** When it got there. */
  readonly since: Instant;
}

/** The place at an address. */
export function placeOf(store: Store, { versionId, link }: Address): Place {
  const version = versionById(store, versionId);
  if (link === null) {
    const { collectionId, index, createdAt } = version;
    return { versionId, collectionId, index, aliases: aliasesOf(version), since: createdAt };
  }
  const { portfolioId: collectionId, index } = link;
  const { aliases = [], linkedAt = version.createdAt } = store.links.get(linkIdOf(collectionId, index)) ?? {};
  return { versionId, collectionId, index, aliases, since: linkedAt };
}

/** The aliases of a place. */
export function aliasNodes({ collectionId, aliases }: Place): readonly AliasNode[] {
  return aliases.map((alias) => ({ collectionId, alias }));
}

/** The addresses of a version: its place in its sequence, then its links. A deleted version has none. */
export function addressesOf(store: Store, versionId: VersionId): readonly Address[] {
  if (versionById(store, versionId).state.kind !== 'COMMITTED') return [];
  return [{ versionId, link: null }, ...linksTo(store, versionId)];
}

/**
 * What a text names in an artifact collection: `vN`, an alias, a commit hash or a digest. Only for what looks like one of
 * the last two it walks the artifact collection, in which the newest of several wins.
 */
export function addressNamed(
  store: Store,
  collection: ArtifactCollection,
  text: string,
): Address | undefined {
  const found = find(store, { collection: collection.name, selector: parseSelector(text) });
  if (found !== undefined || !HASH.test(text)) return found && addressOf(found);
  let newest: Address | undefined;
  for (const [index, versionId] of collection.listed.entries()) {
    if (commitHash(versionId) !== text && versionById(store, versionId).manifest.digest !== text) continue;
    newest = {
      versionId,
      link: collection.kind === 'sequence' ? null : { portfolioId: collection.id, index },
    };
  }
  return newest;
}

const HASH = /^([0-9a-f]{20}|[0-9a-f]{32})$/;
