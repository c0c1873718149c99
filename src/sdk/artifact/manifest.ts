import type { Manifest, ManifestEntry } from '../../store/manifest.ts';
import type { ArtifactManifest, ArtifactManifestEntry } from '../public/files.ts';
import { digestOf } from './draft.ts';

/** A manifest as the public API shows it. */
export function manifestFrom(manifest: Manifest): ArtifactManifest {
  return {
    entries: new Map(manifest.entries.map((entry) => [entry.path, entryOf(entry)])),
    digest: () => manifest.digest,
  };
}

/** An entry of a manifest. */
export function entryOf(entry: ManifestEntry): ArtifactManifestEntry {
  return {
    path: entry.path,
    digest: digestOf(entry),
    size: entry.sizeBytes,
    ref: entry.kind === 'file' ? null : entry.address,
  };
}
