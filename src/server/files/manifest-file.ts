import { refused } from '../../lifecycle/decision.ts';
import { isKnownStored } from '../../lifecycle/logging/contents.ts';
import { type Answer, answered, following } from '../../service/answer.ts';
import { nameOfVersion, versionOfClientId } from '../../store/look-up.ts';
import type { FileEntry, ManifestEntry, ReferenceEntry } from '../../store/manifest.ts';
import { artifactAddress } from '../../store/references/artifact-address.ts';
import type { Store } from '../../store/store.ts';
import { objectIdOf } from '../../store/stored-object.ts';
import type { Version } from '../../store/version.ts';
import type { VersionId } from '../../values/names.ts';
import { formatSize } from '../../values/units.ts';
import type { Host } from '../host.ts';
import type { Contents } from './contents.ts';
import { type ManifestPurpose, purposeOf } from './manifest-id.ts';
import { entriesInFile, type GivenEntry, manifestText } from './manifest-json.ts';

/**
 * Takes the manifest file of an upload and adds its files to the version: a FULL one all its content, an INCREMENTAL one
 * changes to that of a base, and a PATCH the part of one of several writers. Refuses with `not-found`; `bad-manifest`;
 * `objects-missing` for a file that is neither uploaded nor stored; and as `addFiles` does.
 */
export async function acceptManifest(
  host: Host,
  manifestId: string,
  bytes: Uint8Array,
): Promise<Answer<unknown>> {
  const purpose = purposeOf(manifestId);
  const known = purpose && host.store.versions.get(purpose.versionId);
  if (purpose === undefined || known === undefined)
    return refused('versionNotFound', { version: manifestId });
  const name = nameOfVersion(host.store, known.id);
  const given = entriesInFile(bytes);
  if (!given.ok) return refused('badManifest', { version: name, problem: `expected ${given.expected}` });
  return host.turn(`add the files of ${name}`, (turn) => {
    const { store } = turn;
    const content = contentOf(store, purpose, given.value);
    const checked = following(content, (entries) => checkedEntries(store, host.contents, known, entries));
    return following(checked, (files) =>
      turn.apply({ type: 'addFiles', versionId: known.id, files, run: null }),
    );
  });
}

/** The manifest file of a COMMITTED version; undefined for any other, whose files cannot be read (DEL-3). */
export function manifestFile({ store }: Host, versionId: VersionId): Uint8Array | undefined {
  const version = store.versions.get(versionId);
  if (version?.state.kind !== 'COMMITTED') return undefined;
  return new TextEncoder().encode(manifestText(versionId, version.manifest));
}

function contentOf(
  store: Store,
  { type, baseId }: ManifestPurpose,
  given: readonly GivenEntry[],
): Answer<readonly GivenEntry[]> {
  if (type !== 'INCREMENTAL' || baseId === null) return answered(given);
  const base = store.versions.get(baseId);
  if (base === undefined) return refused('versionNotFound', { version: baseId });
  const changed = new Set(given.map(({ entry }) => entry.path));
  const kept = base.manifest.entries.filter(({ path }) => !changed.has(path));
  return answered([...kept.map((entry) => ({ entry, birthId: baseId })), ...given]);
}

function checkedEntries(
  store: Store,
  contents: Contents,
  version: Version,
  given: readonly GivenEntry[],
): Answer<readonly ManifestEntry[]> {
  const entries: ManifestEntry[] = [];
  for (const { entry, birthId } of given) {
    const checked: Answer<ManifestEntry> =
      entry.kind === 'file'
        ? checkedFile(store, contents, version, entry, birthId)
        : resolvedClientId(store, entry);
    if (!checked.ok) return checked;
    entries.push(checked.value);
  }
  return answered(entries);
}

// GC-9: a file of an earlier version may have been collected since. Only what was uploaded for this one is surely there.
function checkedFile(
  store: Store,
  contents: Contents,
  version: Version,
  entry: FileEntry,
  birthId: VersionId | null,
): Answer<FileEntry> {
  const { path, digest, sizeBytes } = entry;
  const uploaded = birthId === null || birthId === version.id ? contents.sizeOf(digest) : undefined;
  if (uploaded !== undefined && uploaded !== sizeBytes) {
    const facts = { digest, path, stored: formatSize(uploaded), given: formatSize(sizeBytes) };
    return refused('contentConflict', facts);
  }
  if (uploaded !== undefined || isStoredFor(store, version, entry)) return answered(entry);
  const birth = birthId === null ? undefined : store.versions.get(birthId);
  if (birth !== undefined && isStoredFor(store, birth, entry)) return answered(entry);
  return refused('neverUploaded', { version: nameOfVersion(store, version.id), path }, [path]);
}

function isStoredFor(store: Store, { scope }: Version, { digest }: FileEntry): boolean {
  const objectId = objectIdOf(scope, digest);
  return isKnownStored(store, objectId, store.objects.get(objectId));
}

const BY_CLIENT_ID = /^wandb-client-artifact:\/\/([^/]+)\/(.*)$/s;

// A reference to an artifact that had no other id when it was made.
function resolvedClientId(store: Store, entry: ReferenceEntry): Answer<ManifestEntry> {
  const [, clientId, path = ''] = BY_CLIENT_ID.exec(entry.address) ?? [];
  if (clientId === undefined) return answered(entry);
  const target = versionOfClientId(store, clientId);
  if (target !== undefined) {
    return answered({ ...entry, address: artifactAddress({ versionId: target.id, path }) });
  }
  const { refusal } = refused('versionNotFound', { version: clientId });
  return refused('badReference', { path: entry.path, missing: refusal.sentence }, [entry.address]);
}
