import { projectIdOf } from '../../store/project.ts';
import type { CollectionId, ProjectName, RunId, VersionId } from '../../values/names.ts';
import { requestError } from './errors.ts';

/** The id of a version on the wire: the base64 of its key, since references contain the hex of what it decodes to. */
export function artifactId(id: VersionId): string {
  return btoa(id);
}

/** The key that the id of a version stands for, whether or not there is one. */
export function versionIdIn(id: string): VersionId {
  return decoded(id) as VersionId;
}

/** The commit hash of a version: 20 hexadecimal digits, different for each version of an artifact collection. */
export function commitHash(id: VersionId): string {
  const [sequence = '', serial] = id.split('#');
  return sequence.slice(0, 12) + Number(serial).toString(16).padStart(8, '0');
}

/** The number of a project, for clients that know projects by number. Nothing is looked up by it. */
export function projectNumber(name: ProjectName): number {
  return Number.parseInt(projectIdOf(name).slice(0, 7), 16);
}

/** The kinds of ids other than those of versions. */
export type NodeKind =
  | 'Alias'
  | 'ArtifactCollection'
  | 'ArtifactType'
  | 'Entity'
  | 'File'
  | 'Membership'
  | 'Project'
  | 'Run'
  | 'Tag'
  | 'User';

/** The id of anything else on the wire: its kind and its key. Any text can be a key. */
export function nodeId(kind: NodeKind, key: CollectionId | RunId | string): string {
  return Buffer.from(`${kind}:${key}`, 'utf8').toString('base64');
}

/** The key in an id of this kind. Throws a request error for another text. */
export function keyIn(kind: NodeKind, id: string): string {
  const text = decoded(id);
  if (text.startsWith(`${kind}:`)) return text.slice(kind.length + 1);
  throw requestError(`Expected the id of a ${kind}`);
}

function decoded(id: string): string {
  return Buffer.from(id, 'base64').toString('utf8');
}
