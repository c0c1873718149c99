import type { FileEntry, ReferenceEntry } from '../../store/manifest.ts';
import { isArtifactAddress, parseArtifactAddress } from '../../store/references/artifact-address.ts';
import { type ContentDigest, contentHasher, digestOfName, isContentDigest } from '../../values/digest.ts';
import { printable } from '../../values/names.ts';
import { bytes, NO_BYTES } from '../../values/units.ts';
import { ValueError } from '../errors.ts';
import { optionsIn, sizeIn, textIn } from '../input/arguments.ts';

/** A size: a whole number of bytes, or text with a unit such as `2MB`. */
export type Size = number | string;

/**
 * Content without bytes. Equal names mean equal bytes, as in a story (`2MB of march`); the default name is the path.
 * Alternatively a known digest: the base64 MD5.
 */
export type SyntheticContent =
  | { readonly size: Size; readonly of?: string }
  | { readonly size: Size; readonly digest: string };

/** The content of a file: UTF-8 text, bytes, or content of which only the size is known. */
export type Content = string | Uint8Array | SyntheticContent;

/** Details of a reference. */
export interface ReferenceDetails {
  /** The path in the manifest; by default the last part of the URI. */
  readonly name?: string;
  /** The size in bytes, if known; by default that of the file of another artifact, or 0. */
  readonly size?: Size;
  /** The digest of the content, if known; by default that of the file of another artifact, or the URI itself. */
  readonly checksum?: string;
}

/** A manifest entry, with its bytes if they were given. */
export interface GivenFile {
  readonly entry: FileEntry;
  readonly content: Uint8Array | null;
}

const ADDRESS = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//;

/** Makes a file entry; copies the bytes. Throws `ValueError` or `TypeError` for invalid content. */
export function fileOf(path: string, given: Content): GivenFile {
  if (typeof given === 'string') return fileOfBytes(path, new TextEncoder().encode(given));
  if (given instanceof Uint8Array) return fileOfBytes(path, new Uint8Array(given));
  if (typeof given !== 'object' || given === null || !('size' in given)) {
    throw new ValueError(
      `"${printable(path)}" needs its content: a text, bytes, or what is known of it, such as { size: '2MB' }`,
    );
  }
  const sizeBytes = sizeIn(given.size);
  const digest =
    'digest' in given && given.digest !== undefined
      ? digestIn(given.digest)
      : digestOfName(optionalText('of' in given ? given.of : null, 'the name of content') ?? path);
  return { entry: { kind: 'file', path, digest, sizeBytes }, content: null };
}

/** Makes a reference entry. Throws `ValueError` for an invalid URI and `TypeError` for invalid details. */
export function referenceOf(uri: string, details: ReferenceDetails): ReferenceEntry {
  if (!ADDRESS.test(uri)) {
    throw new ValueError(
      `"${printable(uri)}" is not an address such as s3://bucket/key; use addFile for files`,
    );
  }
  const read = isArtifactAddress(uri) ? parseArtifactAddress(uri) : null;
  if (read?.ok === false)
    throw new ValueError(`"${printable(uri)}" points to no file: expected ${read.expected}`);
  const { size, ...texts } = optionsIn(details, "name: 'data'");
  const checksum = optionalText(texts.checksum, 'the checksum of a reference') ?? uri;
  const path = optionalText(texts.name, 'the name of a reference') ?? uri.slice(uri.lastIndexOf('/') + 1);
  if (path === '') throw new ValueError(`"${printable(uri)}" has no file name: pass one, { name: 'data' }`);
  const sizeBytes = size === undefined ? NO_BYTES : sizeIn(size);
  return { kind: 'reference', path, address: uri, checksum, sizeBytes };
}

function fileOfBytes(path: string, content: Uint8Array): GivenFile {
  const hasher = contentHasher();
  hasher.update(content);
  return {
    entry: { kind: 'file', path, digest: hasher.digest(), sizeBytes: bytes(content.length) },
    content,
  };
}

function optionalText(given: unknown, what: string): string | null {
  return given === undefined || given === null ? null : textIn(given, what);
}

function digestIn(given: string): ContentDigest {
  const digest = textIn(given, 'a digest');
  if (isContentDigest(digest)) return digest;
  throw new ValueError(`"${printable(given)}" is no digest: expected the MD5 of the bytes in base64`);
}
