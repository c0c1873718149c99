import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { type FileName, parseFileName, type VersionId } from '../../values/names.ts';
import { type Parsed, parsed, unparsed } from '../../values/result.ts';

/** A path of one version, whatever it is called. */
export interface ArtifactFile {
  readonly versionId: VersionId;
  readonly path: string;
}

/** What an address that points into the store names: a version by its id, as it is stored, or by a name. */
export type ArtifactAddress =
  | ({ readonly by: 'id' } & ArtifactFile)
  | { readonly by: 'name'; readonly file: FileName };

const SCHEME = 'wandb-artifact://';

/** Whether an address points to a path of another version rather than outside the store (DEL-18; basis: sdk). */
export function isArtifactAddress(address: string): boolean {
  return address.startsWith(SCHEME);
}

/** Reads `wandb-artifact://project/name:v0/path`, with the usual defaults, or `wandb-artifact://<hex of the id>/path`. */
export function parseArtifactAddress(address: string): Parsed<ArtifactAddress> {
  const byId = idIn(address);
  if (byId !== undefined) return parsed({ by: 'id', ...byId });
  const file = parseFileName(address.slice(SCHEME.length));
  if (file.ok && isArtifactAddress(address)) return parsed({ by: 'name', file: file.value });
  return unparsed('an address such as wandb-artifact://animals:v0/cat.jpg');
}

/** The address of a path of a version as it is stored: no alias in it can move. */
export function artifactAddress({ versionId, path }: ArtifactFile): string {
  return `${SCHEME}${bytesToHex(utf8ToBytes(versionId))}/${path}`;
}

/** What the address of a logged reference points to in the store; undefined if it points elsewhere. */
export function targetOf(address: string): ArtifactFile | undefined {
  return isArtifactAddress(address) ? idIn(address) : undefined;
}

// An entity or a project can be named with hexadecimal digits too, but they do not spell the id of a version.
const VERSION_ID = /^[0-9a-f]{32}#\d+$/;
const BY_ID = /^wandb-artifact:\/\/((?:[0-9a-f]{2}){20,64})\/(.*)$/is;

function idIn(address: string): ArtifactFile | undefined {
  const [, hex, path] = BY_ID.exec(address) ?? [];
  if (hex === undefined || path === undefined) return undefined;
  const id = String.fromCharCode(...hexToBytes(hex));
  return VERSION_ID.test(id) ? { versionId: id as VersionId, path } : undefined;
}
