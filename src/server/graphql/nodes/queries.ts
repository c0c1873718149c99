import { versionOfClientId } from '../../../store/look-up.ts';
import { projectIdOf } from '../../../store/project.ts';
import type { CollectionId } from '../../../values/names.ts';
import type { PageArguments } from '../connection.ts';
import type { Context } from '../context.ts';
import { artifactId, keyIn, versionIdIn } from '../ids.ts';
import { projectsIn } from '../runs/project-runs.ts';
import {
  type ArtifactNode,
  type CollectionNode,
  collectionNode,
  type EntityNode,
  type ProjectNode,
} from './nodes.ts';
import { UserNode } from './viewer.ts';

/** The fields of `Query`. Each gets its arguments and the context. */
export const QUERIES = {
  viewer: (_: unknown, { user }: Context) => new UserNode(user),
  serverInfo: () => ({
    features: FEATURES.map((name) => ({ name, isEnabled: true })),
    cliVersionInfo: { max_cli_version: NEWEST_CLIENT },
  }),
  project: projectAt,
  // The older name of projects.
  model: projectAt,
  models: ({ entityName, ...page }: PageArguments & { entityName?: string | null }, context: Context) =>
    projectsIn(entityName ?? context.user.entity, page, context),
  entity: ({ name }: { name?: string | null }, { user }: Context): EntityNode => ({
    name: name ?? user.entity,
  }),
  artifact: ({ id }: { id: string }, { store }: Context): ArtifactNode | null => {
    const versionId = versionIdIn(id);
    return store.versions.has(versionId) ? { versionId } : null;
  },
  artifactCollection: ({ id }: { id: string }, { store }: Context): CollectionNode | null => {
    const collection = store.collections.get(keyIn('ArtifactCollection', id) as CollectionId);
    return collection === undefined ? null : collectionNode(collection);
  },
  clientIDMapping: ({ clientID }: { clientID: string }, { store }: Context) => {
    const version = versionOfClientId(store, clientID);
    return version === undefined ? null : { serverID: artifactId(version.id) };
  },
};

// What newer clients ask for if the server can do it. Digests by XXH128 are not among it.
const FEATURES = [
  'USE_ARTIFACT_WITH_ENTITY_AND_PROJECT_INFORMATION',
  'ARTIFACT_MEMBERSHIP_IN_LINK_ARTIFACT_RESPONSE',
  'TOTAL_COUNT_IN_FILE_CONNECTION',
  'ARTIFACT_COLLECTIONS_FILTERING_SORTING',
  'ARTIFACT_V2_DOWNLOAD_HANDLER_SUPPORTS_ARTIFACT_ID',
];
const NEWEST_CLIENT = '0.31.0';

function projectAt(
  { name, entityName }: { name?: string | null; entityName?: string | null },
  { store, user }: Context,
): ProjectNode | null {
  const project = { entity: entityName ?? user.entity, project: name ?? '' };
  // One that has become empty still exists: scripts go on reading what they delete.
  return store.projects.has(projectIdOf(project)) ? { name: project } : null;
}
