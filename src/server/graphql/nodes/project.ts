import { collectionsIn, typesIn } from '../../../service/listing.ts';
import { existingCollection } from '../../../store/look-up.ts';
import { roleIn } from '../../../store/people.ts';
import { projectIdOf } from '../../../store/project.ts';
import type { Store } from '../../../store/store.ts';
import { type CollectionId, LATEST, type ProjectName, shortCollectionName } from '../../../values/names.ts';
import { DAY_ZERO } from '../../../values/units.ts';
import type { Host } from '../../host.ts';
import { connection, type PageArguments, rowsOf } from '../connection.ts';
import type { Context } from '../context.ts';
import { dateAt } from '../dates.ts';
import { nodeId, projectNumber } from '../ids.ts';
import { collectionRows, type ListArguments } from '../lists.ts';
import type { Resolvers } from '../resolver.ts';
import { projectRuns, runsMatching } from '../runs/project-runs.ts';
import { storedBytes } from '../storage.ts';
import { addressNamed } from './membership.ts';
import {
  type ArtifactTypeNode,
  type CollectionNode,
  collectionNode,
  collectionNodeAt,
  type EntityNode,
  type MembershipNode,
  type ProjectNode,
  type RunNode,
  runNodeAt,
} from './nodes.ts';
import { UserNode } from './viewer.ts';

interface Named {
  readonly name: string;
}

/** The fields of a project. */
export const PROJECT: Resolvers<ProjectNode> = {
  id: ({ name }) => nodeId('Project', projectIdOf(name)),
  internalId: ({ name }) => `${projectNumber(name)}`,
  name: ({ name }) => name.project,
  entityName: ({ name }) => name.entity,
  entity: ({ name }): EntityNode => ({ name: name.entity }),
  readOnly: isReadOnly,
  // The store does not say when a project was created.
  createdAt: (_node, _, { store }) => dateAt(store, DAY_ZERO),
  isBenchmark: () => false,
  storageBytes: ({ name }, _, { store }) => storedBytes(store, [store.projects.get(projectIdOf(name))]),
  run: runOf,
  bucket: runOf,
  user: (_node, _, { user }) => new UserNode(user),
  runs: ({ name }, list: ListArguments, context) => projectRuns(name, list, context),
  runCount: ({ name }, { filters }: ListArguments, { store }) => runsMatching(store, name, filters).length,
  artifactType: ({ name: project }, { name }: Named, context): ArtifactTypeNode | null =>
    hasType(context, project, name) ? { project, name } : null,
  artifactTypes: ({ name: project }, page: PageArguments, { store }) => {
    const types = typesIn(store, project);
    const rows = rowsOf(types.ok ? types.value : [], (type) => [type]);
    return connection(page, rows, (name) => ({ node: { project, name } satisfies ArtifactTypeNode }));
  },
  artifactCollection: ({ name: project }, { name }: Named, { store }): CollectionNode | null =>
    collectionNodeAt(store, { ...project, collection: name }),
  artifactCollections: ({ name }, list: ListArguments, { store }) => {
    const collections = collectionsIn(store, name);
    const rows = collectionRows(collections.ok ? collections.value : [], list);
    return connection(list, rows, (collection) => ({ node: collectionNode(collection) }));
  },
  artifactCollectionMembership: ({ name: project }, { name }: Named, { store, host }) => {
    const found = membershipNamed(store, project, name);
    host.recorder?.lookup(shortCollectionName({ ...project, collection: name }), found !== null);
    return found;
  },
  artifact: ({ name: project }, { name }: Named, { store }) => membershipNamed(store, project, name),
};

// ACL-1: viewers change nothing, nor do people without a role.
function isReadOnly({ name }: ProjectNode, _: unknown, { store, user }: Context): boolean {
  const role = roleIn(store.people, projectIdOf(name), user.actingIn(name.entity));
  return role === null || role === 'viewer';
}

function runOf({ name: project }: ProjectNode, { name }: Named, { store }: Context): RunNode | null {
  return runNodeAt(store, { ...project, run: name });
}

// Clients look up an artifact collection through its type, so one of each type is remembered instead of searched again.
const remembered = new WeakMap<Host, Map<string, CollectionId>>();

function hasType({ host, store }: Context, project: ProjectName, type: string): boolean {
  const key = `${projectIdOf(project)}:${type}`;
  const known = remembered.get(host) ?? new Map<string, CollectionId>();
  remembered.set(host, known);
  const isOfType = (id: CollectionId) => {
    const collection = store.collections.get(id);
    return collection?.exists === true && collection.artifactType === type;
  };
  const before = known.get(key);
  if (before !== undefined && isOfType(before)) return true;
  for (const id of store.projects.get(projectIdOf(project))?.collections.keys() ?? []) {
    if (!isOfType(id)) continue;
    known.set(key, id);
    return true;
  }
  return false;
}

// `collection:version-or-alias`; without a colon, the latest version. Unlike the names of stories, an alias that does not
// exist may contain anything.
function membershipNamed(store: Store, project: ProjectName, text: string): MembershipNode | null {
  const colon = text.indexOf(':');
  const [name, selector] = colon < 0 ? [text, LATEST] : [text.slice(0, colon), text.slice(colon + 1)];
  const collection = existingCollection(store, { ...project, collection: name });
  return (collection && addressNamed(store, collection, selector)) ?? null;
}
