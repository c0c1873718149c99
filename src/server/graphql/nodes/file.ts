import { versionById } from '../../../store/look-up.ts';
import { entryAt, type Manifest, type ManifestEntry } from '../../../store/manifest.ts';
import type { VersionId } from '../../../values/names.ts';
import { byCodePoint } from '../../../values/order.ts';
import { blobAddress, storagePath } from '../../files/addresses.ts';
import { type Connection, connection, type PageArguments, rowsOf } from '../connection.ts';
import type { Context } from '../context.ts';
import { dateAt } from '../dates.ts';
import { nodeId } from '../ids.ts';
import type { ArtifactNode } from './nodes.ts';

/** A file of a version or of a run, or that of a manifest. */
export interface FileNode {
  readonly id: string;
  readonly name: string;
  /** The path of the file, as clients show it. */
  readonly displayName: string;
  readonly sizeBytes: number;
  /** The absolute address that answers its bytes. */
  readonly directUrl: string;
  readonly url: string;
  readonly updatedAt?: string;
  /** The base64 MD5 of its bytes; of a reference, what stands for it. */
  readonly digest?: string;
  readonly md5?: string;
  readonly storagePath?: string;
  /** The absolute address that takes its bytes; null if there is nothing to upload. */
  readonly uploadUrl: string | null;
  readonly uploadHeaders: readonly string[];
  readonly artifact?: ArtifactNode;
}

/** The arguments of a list of files. */
export interface FilesArguments extends PageArguments {
  /** Only files with these paths; none or an empty list for all. */
  readonly names?: readonly (string | null)[] | null;
}

/** The edge of a list of files. */
export interface FileEdge {
  readonly node: FileNode;
}

/**
 * The files of a version, references included, by path: clients download exactly what is listed. A version that is not
 * COMMITTED lists none.
 */
export function filesOf(context: Context, versionId: VersionId, files: FilesArguments): Connection<FileEdge> {
  const { manifest, state } = versionById(context.store, versionId);
  const names = (files.names ?? []).filter((name) => name !== null);
  const listed = names.length === 0 ? manifest.entries : entriesAt(manifest, [...new Set(names)]);
  const rows = rowsOf(state.kind === 'COMMITTED' ? listed : [], ({ path }) => [path]);
  return connection(files, rows, (entry) => ({ node: artifactFileNode(context, versionId, entry) }));
}

// In the order of the manifest; a path that is not in it is left out.
function entriesAt(manifest: Manifest, paths: readonly string[]): readonly ManifestEntry[] {
  return [...paths].sort(byCodePoint).flatMap((path) => entryAt(manifest, path) ?? []);
}

// The bytes of a reference are elsewhere.
function artifactFileNode({ store, origin }: Context, versionId: VersionId, entry: ManifestEntry): FileNode {
  const { path, sizeBytes } = entry;
  const named = {
    id: nodeId('File', `${versionId}/${path}`),
    name: path,
    displayName: path,
    sizeBytes,
    updatedAt: dateAt(store, versionById(store, versionId).createdAt),
    uploadUrl: null,
    uploadHeaders: [],
    artifact: { versionId },
  };
  if (entry.kind === 'reference') {
    return { ...named, directUrl: entry.address, url: entry.address, digest: entry.checksum };
  }
  const { digest } = entry;
  const url = `${origin}${blobAddress(versionId, digest, path)}`;
  const place = storagePath(versionId, digest, path);
  return { ...named, directUrl: url, url, digest, md5: digest, storagePath: place };
}
