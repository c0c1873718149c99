import { isStored } from '../../../bucket/bucket.ts';
import { type Answer, answered, following } from '../../../service/answer.ts';
import type { Turn } from '../../../service/turns.ts';
import type { FileEntry } from '../../../store/manifest.ts';
import type { Store } from '../../../store/store.ts';
import { objectIdOf } from '../../../store/stored-object.ts';
import type { Version } from '../../../store/version.ts';
import { type ContentDigest, isContentDigest } from '../../../values/digest.ts';
import { printable, type VersionId } from '../../../values/names.ts';
import { blobAddress, storagePath } from '../../files/addresses.ts';
import { type ManifestPurpose, type ManifestType, manifestIdOf, purposeOf } from '../../files/manifest-id.ts';
import type { Context } from '../context.ts';
import { requestError } from '../errors.ts';
import { nodeId, versionIdIn } from '../ids.ts';
import type { FileNode } from '../nodes/file.ts';
import type { ManifestNode } from '../nodes/nodes.ts';
import { type Input, type Optional, sequenceOf, versionOf } from './inputs.ts';

interface ManifestInput {
  readonly artifactID: string;
  readonly baseArtifactID?: Optional<string>;
  readonly type?: Optional<ManifestType>;
}

interface ManifestUpdateInput {
  readonly artifactManifestID: string;
  readonly baseArtifactID?: Optional<string>;
}

interface FileInput {
  readonly artifactID: string;
  readonly name: string;
  readonly md5: string;
}

/** The mutations that tell a client where to put the files of an upload, and its manifest. */
export const FILE_MUTATIONS = {
  createArtifactManifest: async ({ input }: Input<ManifestInput>, context: Context) => {
    const { artifactID, baseArtifactID: base, type } = input;
    const version = versionOf(context.store, artifactID);
    // Refuses what the manifest itself would be refused for, and adds nothing.
    await upload(context, version, (turn) => addFiles(turn, version, []));
    const purpose = { versionId: version.id, type: type ?? 'FULL', baseId: base ? versionIdIn(base) : null };
    return { artifactManifest: manifestUpload(purpose) };
  },

  updateArtifactManifest: ({ input }: Input<ManifestUpdateInput>) => {
    const { artifactManifestID, baseArtifactID: base } = input;
    const purpose = purposeOf(artifactManifestID);
    if (purpose === undefined) throw requestError('Expected the id of a manifest.');
    const updated = base ? { ...purpose, baseId: versionIdIn(base) } : purpose;
    return { artifactManifest: manifestUpload(updated) };
  },

  createArtifactFiles: async (
    { input }: Input<{ readonly artifactFiles: readonly FileInput[] }>,
    context: Context,
  ) => {
    const [first] = input.artifactFiles;
    if (first === undefined) return { files: filesOf([]) };
    if (input.artifactFiles.some(({ artifactID }) => artifactID !== first.artifactID)) {
      throw requestError('Expected files of one artifact.');
    }
    const files = input.artifactFiles.map(contentIn);
    const version = versionOf(context.store, first.artifactID);
    const { contents } = context.host;
    const stored = await upload(context, version, (turn) => {
      const entries = files.map((file) =>
        contents.has(file.digest) ? storedEntry(turn.store, version, file) : null,
      );
      // GC-9: from now on the version holds what the client need not upload.
      const held = addFiles(
        turn,
        version,
        entries.filter((entry) => entry !== null),
      );
      return following(held, () => answered(entries));
    });
    return {
      files: filesOf(
        files.map((file, index) => fileUpload(context, version.id, file, stored[index] === null)),
      ),
    };
  },

  completeMultipartUploadArtifact: () => {
    throw requestError('There is no upload in parts: this server takes each file as a whole.');
  },
};

interface Content {
  readonly path: string;
  readonly digest: ContentDigest;
}

function contentIn({ name: path, md5: digest }: FileInput): Content {
  if (path !== '' && isContentDigest(digest)) return { path, digest };
  throw requestError(`Expected a name and the base64 of an MD5 for the file "${printable(path)}".`);
}

function upload<Value>(
  context: Context,
  version: Version,
  body: (turn: Turn) => Answer<Value>,
): Promise<Value> {
  const { entity, collection } = sequenceOf(context.store, version);
  return context.act(`upload files of ${printable(collection)}`, entity, body);
}

function addFiles(turn: Turn, { id: versionId }: Version, files: readonly FileEntry[]): Answer<unknown> {
  return turn.apply({ type: 'addFiles', versionId, files, run: null });
}

function storedEntry(
  { bucket, objects }: Store,
  { scope }: Version,
  { path, digest }: Content,
): FileEntry | null {
  const objectId = objectIdOf(scope, digest);
  const sizeBytes = objects.get(objectId)?.sizeBytes ?? bucket.blobs.get(objectId)?.sizeBytes;
  if (sizeBytes === undefined || !isStored(bucket, objectId)) return null;
  return { kind: 'file', path, digest, sizeBytes };
}

// In the order of the request: clients match them by position.
function filesOf(nodes: readonly FileNode[]) {
  const edges = nodes.map((node, index) => ({ node, cursor: String(index) }));
  return { totalCount: edges.length, edges, pageInfo: { hasNextPage: false, endCursor: null } };
}

// A file that is yet to come: only its digest is known.
function fileUpload(
  { origin }: Context,
  versionId: VersionId,
  { path, digest }: Content,
  isNeeded: boolean,
): FileNode {
  const url = origin + blobAddress(versionId, digest, path);
  return {
    id: nodeId('File', `${versionId}/${path}`),
    name: path,
    displayName: path,
    sizeBytes: 0,
    directUrl: url,
    url,
    digest,
    md5: digest,
    storagePath: storagePath(versionId, digest, path),
    uploadUrl: isNeeded ? url : null,
    uploadHeaders: [],
    artifact: { versionId },
  };
}

function manifestUpload(purpose: ManifestPurpose): ManifestNode {
  return { id: manifestIdOf(purpose), uploads: true };
}
