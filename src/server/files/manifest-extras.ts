import type { ManifestEntry } from '../../store/manifest.ts';
import type { Json } from '../../values/json.ts';
import type { VersionId } from '../../values/names.ts';

/** What a client says of an entry for itself, such as the ETag behind a reference: a JSON object; null for nothing. */
export type Extra = Json | null;

interface Kept {
  readonly checksum: string;
  readonly extra: Json;
}

/** What clients said of the entries of versions. Nobody but they read it, so the store does not know it. */
export class ManifestExtras {
  readonly #byVersion = new Map<VersionId, Map<string, Kept>>();

  /** Keeps what is said of an entry of a version. */
  keep(versionId: VersionId, entry: ManifestEntry, extra: Extra): void {
    if (extra === null) return;
    const kept = this.#byVersion.get(versionId) ?? new Map<string, Kept>();
    this.#byVersion.set(versionId, kept.set(entry.path, { checksum: checksumOf(entry), extra }));
  }

  /** What was said of an entry. Another entry can have its path, after the upload was undone. */
  of(versionId: VersionId, entry: ManifestEntry): Extra {
    const kept = this.#byVersion.get(versionId)?.get(entry.path);
    return kept?.checksum === checksumOf(entry) ? kept.extra : null;
  }
}

function checksumOf(entry: ManifestEntry): string {
  return entry.kind === 'file' ? entry.digest : entry.checksum;
}
