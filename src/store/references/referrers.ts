import type { VersionId } from '../../values/names.ts';
import { emptySortedTable } from '../../values/sorted-table.ts';
import type { Table } from '../../values/table.ts';
import { versionById } from '../look-up.ts';
import { artifactReferences, type Manifest } from '../manifest.ts';
import type { Referrers, Store, StoreDraft } from '../store.ts';
import type { Version } from '../version.ts';
import { targetOf } from './artifact-address.ts';

/** A reference of one version to a path of another. */
export interface ArtifactReference {
  /** The version that refers, and its path. */
  readonly referrerId: VersionId;
  readonly path: string;
  /** The version that it refers to, and the path there. */
  readonly versionId: VersionId;
  readonly targetPath: string;
}

/**
 * The references to a version, lazily and by referrer. The cost grows with those references alone, since the store keeps
 * the referrers of each version.
 */
export function* referencesTo(store: Store, versionId: VersionId): Generator<ArtifactReference> {
  for (const referrerId of store.referrers.get(versionId)?.keys() ?? []) {
    const { manifest } = versionById(store, referrerId);
    yield* referencesFrom(referrerId, manifest, versionId);
  }
}

/** How many versions keep others from deleting a version, since they refer to it (DEL-18); 0 with `dangle`. Costs nothing. */
export function holdingReferrers(store: Store, versionId: VersionId): number {
  return store.settings.artifactReferences === 'hold' ? (store.referrers.get(versionId)?.size ?? 0) : 0;
}

/** The references of a version to others, lazily; with `to`, only those to one of them. */
export function* referencesFrom(
  referrerId: VersionId,
  manifest: Manifest,
  to?: VersionId,
): Generator<ArtifactReference> {
  const all = artifactReferences(manifest);
  for (const entry of to === undefined ? [...all.values()].flat() : (all.get(to) ?? [])) {
    const target = targetOf(entry.address);
    if (target === undefined) continue;
    yield { referrerId, path: entry.path, versionId: target.versionId, targetPath: target.path };
  }
}

/** Adds a version to the referrers of every version that it refers to. Costs nothing for one that refers to none. */
export function addReferrer(store: StoreDraft, referrerId: VersionId): void {
  store.referrers = withReferrer(store.referrers, versionById(store, referrerId), true);
}

/** Removes a version from the referrers of every version that it refers to. */
export function removeReferrer(store: StoreDraft, referrerId: VersionId): void {
  store.referrers = withReferrer(store.referrers, versionById(store, referrerId), false);
}

/** The referrers of each version, recounted from all manifests. Walks the whole store. */
export function recountedReferrers(versions: Iterable<Version>): ReadonlyMap<VersionId, Referrers> {
  const counted = new Map<VersionId, Referrers>();
  for (const version of versions) {
    // Soft-deleted versions do not count.
    if (version.state.kind !== 'PENDING' && version.state.kind !== 'COMMITTED') continue;
    for (const target of artifactReferences(version.manifest).keys()) {
      counted.set(target, (counted.get(target) ?? emptySortedTable()).insert(version.id, true));
    }
  }
  return counted;
}

function withReferrer(
  referrers: Table<VersionId, Referrers>,
  { id, manifest }: Version,
  isAdded: boolean,
): Table<VersionId, Referrers> {
  let changed = referrers;
  for (const target of artifactReferences(manifest).keys()) {
    const before = changed.get(target) ?? emptySortedTable<VersionId, true>();
    const after = isAdded ? before.insert(id, true) : before.remove(id);
    changed = after.size === 0 ? changed.remove(target) : changed.insert(target, after);
  }
  return changed;
}
