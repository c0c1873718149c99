import type { Action } from '../simulator/action.ts';
import { firstToSucceed } from '../simulator/advice/advice.ts';
import { indexedName, versionById } from '../store/look-up.ts';
import type { ArtifactFile } from '../store/references/artifact-address.ts';
import type { ArtifactReference } from '../store/references/referrers.ts';
import type { Store } from '../store/store.ts';
import type { VersionStateName } from '../store/version.ts';
import type { VersionId } from '../values/names.ts';
import { type NamedVersion, namedVersion } from './named-version.ts';

/** The path of a version that a reference points to. The reference dangles unless the version is COMMITTED (DEL-18). */
export interface ReferenceTarget extends NamedVersion {
  readonly path: string;
  readonly state: VersionStateName;
}

/** A path of a version that refers to a path of another. */
export interface NamedReference extends NamedVersion {
  readonly path: string;
  readonly target: ReferenceTarget;
}

/** What a reference points to, by name. */
export function targetIn(store: Store, { versionId, path }: ArtifactFile): ReferenceTarget {
  return { ...namedVersion(store, versionId), path, state: versionById(store, versionId).state.kind };
}

/** A reference with the names of both its ends. */
export function namedReference(store: Store, reference: ArtifactReference): NamedReference {
  const { referrerId, path, versionId, targetPath } = reference;
  return {
    ...namedVersion(store, referrerId),
    path,
    target: targetIn(store, { versionId, path: targetPath }),
  };
}

/** The action that makes references to a version point to something again; null if none does, or none is needed. */
export function recoveryOf(store: Store, versionId: VersionId): Action | null {
  const target = versionById(store, versionId);
  if (target.state.kind === 'COMMITTED') return null;
  const version = indexedName(store, target);
  const [action = null] = firstToSucceed(
    [[{ type: 'restoreVersion', version }], [{ type: 'recoverVersion', version }]],
    store,
  );
  return action;
}
