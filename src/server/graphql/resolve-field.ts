import { defaultFieldResolver, type GraphQLFieldResolver } from 'graphql';
import type { Context } from './context.ts';
import { ALIAS } from './nodes/alias.ts';
import { ARTIFACT } from './nodes/artifact.ts';
import { ARTIFACT_TYPE } from './nodes/artifact-type.ts';
import { COLLECTION } from './nodes/collection.ts';
import { ENTITY } from './nodes/entity.ts';
import { MANIFEST } from './nodes/manifest.ts';
import { MEMBERSHIP } from './nodes/membership.ts';
import { PROJECT } from './nodes/project.ts';
import { RUN } from './runs/run.ts';

const RESOLVERS: ReadonlyMap<string, Readonly<Record<string, unknown>>> = new Map(
  Object.entries({
    Artifact: ARTIFACT,
    ArtifactAlias: ALIAS,
    ArtifactCollectionMembership: MEMBERSHIP,
    ArtifactManifest: MANIFEST,
    ArtifactPortfolio: COLLECTION,
    ArtifactSequence: COLLECTION,
    ArtifactType: ARTIFACT_TYPE,
    Entity: ENTITY,
    Project: PROJECT,
    Run: RUN,
  }),
);

/** Resolves a field by the table of its type, and without an entry there by the property of the node. */
export const resolveField: GraphQLFieldResolver<unknown, Context> = (node, args, context, info) => {
  context.countField();
  const resolve = RESOLVERS.get(info.parentType.name)?.[info.fieldName];
  return typeof resolve === 'function'
    ? resolve(node, args, context)
    : defaultFieldResolver(node, args, context, info);
};
