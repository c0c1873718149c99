import { isStored } from '../../bucket/bucket.ts';
import type { Manifest, ManifestEntry } from '../../store/manifest.ts';
import type { Store } from '../../store/store.ts';
import { objectIdOf, type StoredObject } from '../../store/stored-object.ts';
import type { ContentDigest } from '../../values/digest.ts';
import type { ObjectId, ScopeId } from '../../values/names.ts';
import { type Bytes, formatSize } from '../../values/units.ts';
import { type Refusal, refused } from '../decision.ts';
import type { Called } from './bucket-calls.ts';

/** The files of a manifest, divided into those to upload and those already stored. */
export interface Contents {
  readonly scope: ScopeId;
  readonly uploaded: readonly Called[];
  readonly alreadyStored: readonly ObjectId[];
}

/**
 * Compares a manifest with the store. Refuses with `bad-name` for a path, address, or checksum that is not valid Unicode;
 * `content-conflict` if one digest has two sizes, since byte sums would go wrong.
 */
export function contentsOf(
  store: Store,
  scope: ScopeId,
  manifest: Manifest,
): { readonly ok: true; readonly contents: Contents } | { readonly ok: false; readonly refusal: Refusal } {
  const halved = manifest.entries.find(isHalved);
  if (halved !== undefined) return refused('badPath', { path: halved.path });
  const sizes = new Map<ContentDigest, Bytes>();
  const uploaded: Called[] = [];
  const alreadyStored: ObjectId[] = [];
  for (const file of manifest.entries) {
    if (file.kind !== 'file') continue;
    const { digest, sizeBytes } = file;
    const objectId = objectIdOf(scope, digest);
    const seen = sizes.get(digest);
    const object = seen === undefined ? store.objects.get(objectId) : undefined;
    const known = seen ?? object?.sizeBytes ?? store.bucket.blobs.get(objectId)?.sizeBytes ?? sizeBytes;
    if (known !== sizeBytes) {
      const facts = { digest, path: file.path, stored: formatSize(known), given: formatSize(sizeBytes) };
      return refused('contentConflict', facts);
    }
    if (seen !== undefined) continue;
    sizes.set(digest, sizeBytes);
    if (isKnownStored(store, objectId, object)) alreadyStored.push(objectId);
    else uploaded.push({ objectId, sizeBytes });
  }
  return { ok: true, contents: { scope, uploaded, alreadyStored } };
}

// UTF-8 cannot represent lone surrogates, so the digest could not tell them apart.
const HALF = /\p{Cs}/u;

function isHalved(entry: ManifestEntry): boolean {
  if (HALF.test(entry.path)) return true;
  return entry.kind === 'reference' && [entry.address, entry.checksum].some((text) => HALF.test(text));
}

/**
 * Whether an object counts as stored, so that it is shared (LOG-6). A held one does by the store's own record, even if it
 * was deleted out of band (BKT-6); for one that is being collected the record may lag behind, so the bucket decides.
 */
export function isKnownStored(store: Store, objectId: ObjectId, object: StoredObject | undefined): boolean {
  return object !== undefined && (object.holders > 0 || isStored(store.bucket, objectId));
}
