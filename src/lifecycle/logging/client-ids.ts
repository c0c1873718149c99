import { nameOfVersion, versionOfClientId } from '../../store/look-up.ts';
import type { Evolvers, Store } from '../../store/store.ts';
import { clientIdKeyOf, type Version } from '../../store/version.ts';
import type { ManifestDigest } from '../../values/digest.ts';
import type { ClientIdKey, CollectionId, VersionId } from '../../values/names.ts';
import { type Refused, refused } from '../decision.ts';

/** What a client says of an upload as it begins it (LOG-11). */
export interface Announcement {
  /** Ids that the client chose: a later begin with one of them in the same sequence continues the upload. */
  readonly clientIds?: readonly string[];
  /**
   * The digest of the whole content, of which files may follow later. It counts instead of that of the manifest in LOG-3;
   * with null, nothing is compared, as for a part of a distributed artifact.
   */
  readonly announced?: ManifestDigest | null;
}

/** Client ids name an upload from now on; those that named another one no longer do (LOG-11). */
export interface ClientIdsRecorded {
  readonly type: 'clientIdsRecorded';
  readonly versionId: VersionId;
  readonly clientIds: readonly ClientIdKey[];
  readonly announced: ManifestDigest | null;
}

/**
 * The PENDING or COMMITTED version of a sequence that a client id names, or null. Refuses with `bad-name` for an id that
 * is empty or not valid Unicode; `client-id-conflict` for another digest than the first, or ids of two uploads (LOG-11).
 */
export function knownUpload(
  store: Store,
  collectionId: CollectionId,
  clientIds: readonly string[],
  announced: ManifestDigest | null,
): { readonly ok: true; readonly version: Version | null } | Refused {
  let known: Version | null = null;
  for (const id of clientIds) {
    if (id === '' || HALF.test(id)) return refused('badClientId', { id });
    const version = versionOfClientId(store, id);
    const isLive = version?.state.kind === 'PENDING' || version?.state.kind === 'COMMITTED';
    if (!isLive || version.collectionId !== collectionId) continue;
    const facts = { id, version: nameOfVersion(store, version.id) };
    const first = store.clientIds.get(clientIdKeyOf(id))?.announced ?? null;
    if (first !== null && announced !== null && first !== announced) {
      return refused('clientIdDigest', { ...facts, first, given: announced });
    }
    if (known !== null && known.id !== version.id) {
      return refused('clientIdsOfTwo', { ...facts, other: nameOfVersion(store, known.id) });
    }
    known = version;
  }
  return { ok: true, version: known };
}

// UTF-8 cannot represent lone surrogates, so two such ids could have one key.
const HALF = /\p{Cs}/u;

/** The event that lets client ids name a version; none if they do. */
export function recordedIds(
  store: Store,
  versionId: VersionId,
  clientIds: readonly string[],
  announced: ManifestDigest | null,
): readonly ClientIdsRecorded[] {
  const keys = [...new Set(clientIds)].map(clientIdKeyOf);
  const added = keys.filter((key) => store.clientIds.get(key)?.versionId !== versionId);
  return added.length === 0 ? [] : [{ type: 'clientIdsRecorded', versionId, clientIds: added, announced }];
}

/** The evolver of this chapter. */
export const EVOLVE_CLIENT_IDS: Evolvers<ClientIdsRecorded> = {
  clientIdsRecorded: (store, { versionId, clientIds, announced }) => {
    store.clientIds = store.clientIds.putAll(
      clientIds.map((key) => [key, { versionId, announced }] as const),
      (_, upload) => upload,
    );
  },
};
