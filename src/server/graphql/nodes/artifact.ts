import { lineageOf } from '../../../service/lineage.ts';
import { mayExpire } from '../../../store/expiry.ts';
import { collectionById, versionById } from '../../../store/look-up.ts';
import type { Store } from '../../../store/store.ts';
import type { Version } from '../../../store/version.ts';
import { fullRunName, type VersionId } from '../../../values/names.ts';
import type { Instant } from '../../../values/units.ts';
import { connection, rowsOf } from '../connection.ts';
import { dateAt } from '../dates.ts';
import { artifactId, commitHash } from '../ids.ts';
import type { Resolvers } from '../resolver.ts';
import { type FilesArguments, filesOf } from './file.ts';
import { currentManifest } from './manifest.ts';
import { addressesOf, aliasNodes, type Place, placeOf } from './membership.ts';
import {
  type AliasNode,
  type ArtifactNode,
  type ArtifactTypeNode,
  type CollectionNode,
  collectionNode,
  type ManifestNode,
  type MembershipNode,
  type RunNode,
  runNode,
} from './nodes.ts';
import { tagNode } from './tag.ts';

interface InCollection {
  /** Only what concerns artifact collections of this name. */
  readonly artifactCollectionName?: string | null;
}

/** The fields of a version. */
export const ARTIFACT: Resolvers<ArtifactNode> = {
  id: ({ versionId }) => artifactId(versionId),
  state: (node, _, { store }) => stateOf(rowOf(store, node)),
  versionIndex: ({ versionId }, { artifactCollectionName: name }: InCollection, { store }) =>
    name == null ? versionById(store, versionId).index : (placesOf(store, versionId, name)[0]?.index ?? null),
  commitHash: ({ versionId }) => commitHash(versionId),
  digest: (node, _, { store }) => rowOf(store, node).manifest.digest,
  digestAlgorithm: () => 'MANIFEST_MD5',
  size: (node, _, { store }) =>
    rowOf(store, node).manifest.entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  storageBytes: (node, _, { store }) => rowOf(store, node).manifest.sizeBytes,
  fileCount: (node, _, { store }) => rowOf(store, node).manifest.entries.length,
  description: (node, _, { store }) => rowOf(store, node).facts?.description ?? null,
  metadata: (node, _, { store }) => rowOf(store, node).facts?.metadata ?? null,
  historyStep: (node, _, { store }) => rowOf(store, node).facts?.historyStep ?? null,
  ttlDurationSeconds: (node, _, { store }) => ttlSeconds(store, rowOf(store, node)),
  ttlIsInherited: (node, _, { store }) => rowOf(store, node).ttl.kind === 'inherit',
  createdAt: (node, _, { store }) => dateAt(store, rowOf(store, node).createdAt),
  updatedAt: (node, _, { store }) => dateAt(store, stateSince(rowOf(store, node))),
  artifactSequence: (node, _, { store }): CollectionNode =>
    collectionNode(collectionById(store, rowOf(store, node).collectionId)),
  artifactType: (node, _, { store }): ArtifactTypeNode => {
    const { name: project, artifactType: name } = collectionById(store, rowOf(store, node).collectionId);
    return { project, name };
  },
  tags: (node, _, { store }) => rowOf(store, node).tags.map(tagNode),
  aliases: ({ versionId }, { artifactCollectionName: name }: InCollection, { store }): readonly AliasNode[] =>
    placesOf(store, versionId, name).flatMap((place) => [
      ...aliasNodes(place),
      ...numberOfLink(store, place),
    ]),
  artifactMemberships: ({ versionId }, _, { store }) => {
    const rows = rowsOf([...addressesOf(store, versionId).entries()], ([at]) => [at]);
    return connection({}, rows, ([, address]) => ({ node: address satisfies MembershipNode }));
  },
  currentManifest: (node, _, { store }): ManifestNode | null =>
    rowOf(store, node).state.kind === 'COMMITTED' ? currentManifest(node.versionId) : null,
  files: ({ versionId }, files: FilesArguments, context) => filesOf(context, versionId, files),
  filesByManifestEntries: ({ versionId }, { entries }: { entries?: readonly { name: string }[] }, context) =>
    filesOf(context, versionId, { names: (entries ?? []).map(({ name }) => name) }),
  usedBy: (node, _, { store }) => {
    const rows = rowsOf(lineageOf(store, rowOf(store, node)).usedBy, (run) => [fullRunName(run.name)]);
    return connection({}, rows, ({ id }) => ({ node: runNode(id) }));
  },
  createdBy: (node, _, { store }): RunNode | null => {
    const { loggedBy } = lineageOf(store, rowOf(store, node));
    return loggedBy && runNode(loggedBy.id);
  },
};

function rowOf(store: Store, { versionId }: ArtifactNode): Version {
  return versionById(store, versionId);
}

function placesOf(store: Store, versionId: VersionId, name?: string | null): readonly Place[] {
  const places = addressesOf(store, versionId).map((address) => placeOf(store, address));
  if (name === null || name === undefined) return places;
  return places.filter(({ collectionId }) => collectionById(store, collectionId).name.collection === name);
}

// In a list of links, clients know the number of a link from here only, and otherwise take that of its source. They expect
// one: of two links to a version in a portfolio, that of the newer.
function numberOfLink(store: Store, { versionId, collectionId, index }: Place): readonly AliasNode[] {
  const inSamePortfolio = placesOf(store, versionId).filter((place) => place.collectionId === collectionId);
  const isLink = versionById(store, versionId).collectionId !== collectionId;
  return isLink && inSamePortfolio.at(-1)?.index === index ? [{ collectionId, alias: `v${index}` }] : [];
}

// Clients know only these states; that garbage collection is not done with a version stays inside.
function stateOf({ state: { kind } }: Version): 'PENDING' | 'COMMITTED' | 'DELETED' {
  return kind === 'PENDING_DELETION' ? 'DELETED' : kind;
}

function stateSince({ state, createdAt }: Version): Instant {
  switch (state.kind) {
    case 'PENDING':
      return createdAt;
    case 'COMMITTED':
      return state.committedAt;
    case 'PENDING_DELETION':
      return state.deletedAt;
    case 'DELETED':
      return state.closedAt;
  }
}

const NO_LIFETIME = -1;

// The effective TTL (TTL-3, TTL-8); clients take zero and less for none.
function ttlSeconds(store: Store, version: Version): number {
  const { ttl } = version;
  switch (ttl.kind) {
    case 'lasting':
      return ttl.seconds;
    case 'none':
      return NO_LIFETIME;
    case 'inherit':
      return mayExpire(store, version) ? (store.people.ttlDefaultSeconds ?? NO_LIFETIME) : NO_LIFETIME;
  }
}
