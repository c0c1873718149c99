import { isStored } from '../bucket/bucket.ts';
import { recoveryOf } from '../insight/references.ts';
import { refused } from '../lifecycle/decision.ts';
import { firstToSucceed } from '../simulator/advice/advice.ts';
import { indexedName, nameOfVersion, versionById } from '../store/look-up.ts';
import type { FileEntry, ManifestEntry } from '../store/manifest.ts';
import { targetOf } from '../store/references/artifact-address.ts';
import type { Store } from '../store/store.ts';
import { objectIdOf } from '../store/stored-object.ts';
import type { Version } from '../store/version.ts';
import { shortVersionName, type VersionName } from '../values/names.ts';
import { type Answer, answered } from './answer.ts';

/**
 * The entries of a version whose paths start with a prefix, if every file among them can be read. Refuses with
 * `objects-missing`, naming the files that the bucket lacks (BKT-6; basis: doc).
 */
export function readableEntries(
  store: Store,
  version: Version,
  name: VersionName,
  prefix = '',
): Answer<readonly ManifestEntry[]> {
  const entries = version.manifest.entries.filter(({ path }) => path.startsWith(prefix));
  const missing = filesAmong(entries)
    .filter(({ digest }) => !isStored(store.bucket, objectIdOf(version.scope, digest)))
    .map(({ path }) => path);
  if (missing.length === 0) return answered(entries);
  const facts = { version: shortVersionName(name), paths: missing.join(', ') };
  const recovery = { type: 'recoverVersion', version: indexedName(store, version) } as const;
  return { ...refused('filesUnreadable', facts, missing), advice: firstToSucceed([[recovery]], store) };
}

/**
 * The same entries, if every reference among them to another artifact can be followed. Refuses with `not-found`, with what
 * restores it (DEL-18; basis: chosen).
 */
export function followableEntries(
  store: Store,
  name: VersionName,
  entries: readonly ManifestEntry[],
): Answer<readonly ManifestEntry[]> {
  for (const entry of entries) {
    const target = entry.kind === 'reference' ? targetOf(entry.address) : undefined;
    if (target === undefined) continue;
    const { kind: state } = versionById(store, target.versionId).state;
    if (state === 'COMMITTED') continue;
    const referred = nameOfVersion(store, target.versionId);
    const facts = { version: shortVersionName(name), path: entry.path, target: referred, state };
    const action = recoveryOf(store, target.versionId);
    return { ...refused('referenceDangles', facts, [referred]), advice: action === null ? [] : [action] };
  }
  return answered(entries);
}

/** The stored files among entries, without references. */
export function filesAmong(entries: readonly ManifestEntry[]): readonly FileEntry[] {
  return entries.filter((entry) => entry.kind === 'file');
}
