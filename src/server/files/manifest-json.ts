import { z } from 'zod';
import { type Manifest, type ManifestEntry, withExtra } from '../../store/manifest.ts';
import { isContentDigest } from '../../values/digest.ts';
import { jsonObjectOf } from '../../values/json.ts';
import { printable, type VersionId } from '../../values/names.ts';
import { type Parsed, parsed, unparsed } from '../../values/result.ts';
import { type Bytes, NO_BYTES } from '../../values/units.ts';
import { artifactId, versionIdIn } from '../graphql/ids.ts';

/** The only region where files can be stored, so that it is the region of every manifest. */
export const STORAGE_REGION = 'minio-local';

/** An entry of a manifest file. */
export interface GivenEntry {
  readonly entry: ManifestEntry;
  /** The version for which the file was uploaded; null if the file does not say. */
  readonly birthId: VersionId | null;
}

// Clients write more keys, such as local paths: these are ignored.
const fileSchema = z.object({
  version: z.literal(1),
  contents: z.custom<object>((given) => typeof given === 'object' && given !== null && !Array.isArray(given)),
});
const entrySchema = z.object({
  digest: z.string(),
  size: z.int().min(0).nullish(),
  ref: z.string().nullish(),
  birthArtifactID: z.string().nullish(),
  extra: z.unknown().optional(),
});

/** The entries in the bytes of a manifest file. Every path is data, `__proto__` included. */
export function entriesInFile(bytes: Uint8Array): Parsed<readonly GivenEntry[]> {
  const file = fileSchema.safeParse(jsonIn(bytes));
  if (!file.success) return unparsed('a JSON object with "version": 1 and "contents"');
  const entries: GivenEntry[] = [];
  for (const [path, value] of Object.entries(file.data.contents)) {
    const given = entrySchema.safeParse(value);
    const entry = given.success && path !== '' ? entryOf(path, given.data) : undefined;
    if (entry === undefined) {
      return unparsed(`a digest and a size of whole bytes for the path "${printable(path)}"`);
    }
    const birth = given.data?.birthArtifactID ?? '';
    const extra = jsonObjectOf(given.data?.extra) ?? undefined;
    entries.push({
      entry: withExtra(entry, extra),
      birthId: birth === '' ? null : versionIdIn(birth),
    });
  }
  return parsed(entries);
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function entryOf(path: string, given: z.output<typeof entrySchema>): ManifestEntry | undefined {
  const { digest, ref, size } = given;
  const sizeBytes = (size ?? NO_BYTES) as Bytes;
  if (typeof ref === 'string' && ref !== '') {
    return { kind: 'reference', path, address: ref, checksum: digest, sizeBytes };
  }
  return isContentDigest(digest) ? { kind: 'file', path, digest, sizeBytes } : undefined;
}

/** The manifest file of a version. */
export function manifestText(versionId: VersionId, manifest: Manifest): string {
  const config = { storageLayout: 'V2', storageRegion: STORAGE_REGION };
  const head = { version: 1, storagePolicy: 'wandb-storage-policy-v1', storagePolicyConfig: config };
  const birthArtifactID = artifactId(versionId);
  const lines = manifest.entries.map((entry) => {
    const { path, sizeBytes: size, extra } = entry;
    const fields =
      entry.kind === 'file'
        ? { digest: entry.digest, size, birthArtifactID }
        : { digest: entry.checksum, size, ref: entry.address };
    const text = JSON.stringify(fields);
    return `${JSON.stringify(path)}:${extra === undefined ? text : `${text.slice(0, -1)},"extra":${extra}}`}`;
  });
  // Paths are no keys of a JavaScript object, which would put numbers first.
  return `${JSON.stringify(head).slice(0, -1)},"contents":{${lines.join(',')}}}`;
}
