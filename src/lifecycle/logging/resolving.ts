import { nameOfVersion } from '../../store/look-up.ts';
import {
  entryAt,
  isArtifactReference,
  laterManifest,
  type Manifest,
  type ManifestEntry,
  type ReferenceEntry,
} from '../../store/manifest.ts';
import { artifactAddress, parseArtifactAddress } from '../../store/references/artifact-address.ts';
import type { Store } from '../../store/store.ts';
import type { Version } from '../../store/version.ts';
import type { VersionId } from '../../values/names.ts';
import { type Refused, refused } from '../decision.ts';
import { lookUpVersion } from '../targeting.ts';

type Resolved<Value> = { readonly ok: true; readonly value: Value } | Refused;

/**
 * A manifest whose references to other versions are resolved: each names the version and the path, and has the size and
 * checksum of the file unless it came with others (DEL-18). What a draft keeps of its base is resolved already, and may
 * dangle (LOG-10). Refuses with `not-found`, naming what is missing.
 */
export function resolvedManifest(store: Store, manifest: Manifest, base?: Manifest): Resolved<Manifest> {
  if (!manifest.entries.some(isArtifactReference)) return { ok: true, value: manifest };
  const entries: ManifestEntry[] = [];
  for (const entry of manifest.entries) {
    if (isArtifactReference(entry) && (base === undefined || entryAt(base, entry.path) !== entry)) {
      const resolved = resolve(store, entry);
      if (!resolved.ok) return resolved;
      entries.push(resolved.value);
    } else entries.push(entry);
  }
  return { ok: true, value: laterManifest(manifest, entries) };
}

interface Pointed {
  readonly version: Version;
  readonly entry: ManifestEntry;
}

function resolve(store: Store, reference: ReferenceEntry): Resolved<ReferenceEntry> {
  const { address, checksum, sizeBytes } = reference;
  const pointed = follow(store, address);
  if (!pointed.ok) {
    return refused('badReference', { path: reference.path, missing: pointed.refusal.sentence }, [address]);
  }
  const { version, entry } = pointed.value;
  const known = entry.kind === 'file' ? entry.digest : entry.checksum;
  return {
    ok: true,
    value: {
      ...reference,
      address: artifactAddress({ versionId: version.id, path: entry.path }),
      checksum: checksum === address ? known : checksum,
      sizeBytes: sizeBytes === 0 ? entry.sizeBytes : sizeBytes,
    },
  };
}

// A reference to a reference points to what that one points to (basis: sdk). Logged references never form a chain.
function follow(store: Store, address: string): Resolved<Pointed> {
  const pointed = pointedAt(store, address);
  if (!pointed.ok) return pointed;
  const { entry } = pointed.value;
  return isArtifactReference(entry) ? pointedAt(store, entry.address) : pointed;
}

function pointedAt(store: Store, address: string): Resolved<Pointed> {
  const parsed = parseArtifactAddress(address);
  if (!parsed.ok) return refused('versionNotFound', { version: address });
  const found =
    parsed.value.by === 'id'
      ? committedById(store, parsed.value.versionId, address)
      : lookUpVersion(store, parsed.value.file.version);
  if (!found.ok) return { ok: false, refusal: found.refusal };
  const path = parsed.value.by === 'id' ? parsed.value.path : parsed.value.file.path;
  const entry = entryAt(found.value.manifest, path);
  if (entry === undefined) {
    return refused('pathNotFound', { version: nameOfVersion(store, found.value.id), path });
  }
  return { ok: true, value: { version: found.value, entry } };
}

function committedById(store: Store, versionId: VersionId, address: string): Resolved<Version> {
  const version = store.versions.get(versionId);
  if (version === undefined) return refused('versionNotFound', { version: address });
  const { kind } = version.state;
  if (kind === 'COMMITTED') return { ok: true, value: version };
  const facts = { version: nameOfVersion(store, versionId), state: kind };
  return kind === 'PENDING'
    ? refused('versionUploading', { version: facts.version })
    : refused('versionDeletedAlready', facts);
}
