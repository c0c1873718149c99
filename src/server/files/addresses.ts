import type { ContentDigest } from '../../values/digest.ts';
import type { RunId, VersionId } from '../../values/names.ts';

// A server keeps no table of its addresses: each says what it is for.
const FILES = '/limbo/files';
const BLOBS = 'wandb_artifacts';

/** The routes of files: blobs, manifests, and files of runs. */
export const FILE_ROUTES = {
  blob: `${FILES}/${BLOBS}/:version/:hexDigest/*`,
  manifest: `${FILES}/manifests/:manifest/:name`,
  runFile: `${FILES}/runs/:run/*`,
} as const;

/** The path of a file of a version, without scheme and host. Clients rely on its parts (`wandb_artifacts/`). */
export function blobAddress(versionId: VersionId, digest: ContentDigest, path: string): string {
  return `${FILES}/${storagePath(versionId, digest, path)}`;
}

/** The place of a file of a version in the bucket, as clients are told. */
export function storagePath(versionId: VersionId, digest: ContentDigest, path: string): string {
  const version = Buffer.from(versionId, 'utf8').toString('base64url');
  const hexDigest = Buffer.from(digest, 'base64').toString('hex');
  return `${BLOBS}/${version}/${hexDigest}/${lastPart(path)}`;
}

/** The path of a manifest file. */
export function manifestAddress(manifestId: string): string {
  return `${FILES}/manifests/${encodeURIComponent(manifestId)}/wandb_manifest.json`;
}

/** The path of a file of a run; its name must be one that `isFilePath` accepts. */
export function runFileAddress(runId: RunId, path: string): string {
  return `${FILES}/runs/${runId}/${path.split('/').map(encodeURIComponent).join('/')}`;
}

/** The version in the address of a blob, whether or not it exists. */
export function versionInAddress(part: string): VersionId {
  return Buffer.from(part, 'base64url').toString('utf8') as VersionId;
}

/** The digest in an address; undefined if it is no MD5. */
export function digestInAddress(hexDigest: string): ContentDigest | undefined {
  if (!/^[0-9a-f]{32}$/.test(hexDigest)) return undefined;
  return Buffer.from(hexDigest, 'hex').toString('base64') as ContentDigest;
}

const LONGEST_PATH = 1_000;

/** Whether a text can be the path of a file of a run: parts between slashes, none of them `.` or `..` or empty. */
export function isFilePath(path: string): boolean {
  if (path.length > LONGEST_PATH || /[\p{Cc}\p{Cs}\\]/u.test(path)) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

// For people who read addresses; nothing depends on it.
function lastPart(path: string): string {
  const part = path.slice(path.lastIndexOf('/') + 1).slice(-100);
  if (part === '' || part === '.' || part === '..') return 'file';
  // Half a character cannot be encoded, and a round trip through bytes replaces it.
  return encodeURIComponent(Buffer.from(part, 'utf8').toString('utf8'));
}
