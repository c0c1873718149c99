import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Brand } from './brand.ts';

/** The base64 MD5 of a file's bytes, as the service writes it (LOG-9). */
export type ContentDigest = Brand<string, 'ContentDigest'>;
/** The hex MD5 of a manifest's lines; equal digests mean equal content (LOG-9). */
export type ManifestDigest = Brand<string, 'ManifestDigest'>;

/** Whether a text is the base64 of an MD5. */
export function isContentDigest(text: string): text is ContentDigest {
  return /^[A-Za-z0-9+/]{21}[AQgw]==$/.test(text);
}

/** The digest of synthetic content: the MD5 of its name in UTF-8. */
export function digestOfName(contentName: string): ContentDigest {
  return toBase64(md5(utf8ToBytes(contentName)));
}

/** Computes a digest piece by piece. */
export interface ContentHasher {
  /** Adds the next piece. */
  update(piece: Uint8Array): void;
  /** The digest of all pieces; no more can be added after that. */
  digest(): ContentDigest;
}

/** Computes the digest of bytes that arrive in pieces, so that a file need not fit in memory. */
export function contentHasher(): ContentHasher {
  const hash = md5.create();
  return {
    update(piece) {
      hash.update(piece);
    },
    digest: () => toBase64(hash.digest()),
  };
}

/** The digest of a manifest's canonical text, which `manifestOf` writes. */
export function digestOfManifestText(text: string): ManifestDigest {
  return bytesToHex(md5(utf8ToBytes(text))) as ManifestDigest;
}

/** Whether a text can be the digest of a manifest. */
export function isManifestDigest(text: string): text is ManifestDigest {
  return MANIFEST_DIGEST.test(text);
}

/** What every digest of a manifest matches: 32 hex digits. */
export const MANIFEST_DIGEST = /^[0-9a-f]{32}$/;

/** A fixed-length key for a name that a user chose, so that no choice of names makes keys collide. */
export function keyOfName(name: string): string {
  const known = recentKeys.get(name);
  if (known !== undefined) return known;
  const key = bytesToHex(md5(utf8ToBytes(name)));
  if (recentKeys.size === MOST_RECENT) recentKeys.clear();
  recentKeys.set(name, key);
  return key;
}

// Every command names its artifact collection, so keys are cached. The cache is bounded, since names come from outside.
const recentKeys = new Map<string, string>();
const MOST_RECENT = 16_384;

function toBase64(raw: Uint8Array): ContentDigest {
  return btoa(String.fromCharCode(...raw)) as ContentDigest;
}
