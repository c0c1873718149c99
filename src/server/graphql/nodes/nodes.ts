import type { Address } from '../../../service/fetched.ts';
import type { ArtifactCollection } from '../../../store/artifact-collection.ts';
import { existingCollection } from '../../../store/look-up.ts';
import { runIdOf } from '../../../store/run.ts';
import type { Store } from '../../../store/store.ts';
import type {
  CollectionId,
  CollectionName,
  ProjectName,
  RunId,
  RunName,
  VersionId,
} from '../../../values/names.ts';

// Nodes only say what they are of. Types refer to each other in circles, so that their fields are resolved elsewhere, by
// the tables of `resolve-field.ts`; this is also why a node never copies anything of the store.

/** The entity of a name, whether or not anything is in it. */
export interface EntityNode {
  readonly name: string;
}

/** A project that exists. */
export interface ProjectNode {
  readonly name: ProjectName;
}

/** An artifact type of a project. */
export interface ArtifactTypeNode {
  readonly project: ProjectName;
  readonly name: string;
}

/** An artifact collection, deleted or not. */
export interface CollectionNode {
  readonly __typename: 'ArtifactSequence' | 'ArtifactPortfolio';
  readonly collectionId: CollectionId;
}

/** The place of a version in one artifact collection. */
export type MembershipNode = Address;

/** A version in any state. */
export interface ArtifactNode {
  readonly versionId: VersionId;
}

/** An alias of an artifact collection. */
export interface AliasNode {
  readonly collectionId: CollectionId;
  readonly alias: string;
}

/** A manifest; its id says what it is for. */
export interface ManifestNode {
  readonly id: string;
  /** Whether its file is to be uploaded. */
  readonly uploads: boolean;
}

/** A run that exists. */
export interface RunNode {
  readonly __typename: 'Run';
  readonly runId: RunId;
}

/** The node of an artifact collection. */
export function collectionNode({ id, kind }: Pick<ArtifactCollection, 'id' | 'kind'>): CollectionNode {
  return { __typename: kind === 'sequence' ? 'ArtifactSequence' : 'ArtifactPortfolio', collectionId: id };
}

/** The artifact collection of a name, of this type if one is given; null if it does not exist. */
export function collectionNodeAt(store: Store, name: CollectionName, type?: string): CollectionNode | null {
  const found = existingCollection(store, name);
  return found === undefined || (type !== undefined && type !== found.artifactType)
    ? null
    : collectionNode(found);
}

/** The node of a run. */
export function runNode(runId: RunId): RunNode {
  return { __typename: 'Run', runId };
}

/** The run of a name; null if it does not exist. */
export function runNodeAt(store: Store, name: RunName): RunNode | null {
  const run = store.runs.get(runIdOf(name));
  return run?.exists === true ? runNode(run.id) : null;
}
