import type { LogDraft } from '../lifecycle/logging/logging.ts';
import { existingCollection, indexedName, versionById } from '../store/look-up.ts';
import type { Store } from '../store/store.ts';
import type { Version } from '../store/version.ts';
import type { ManifestDigest } from '../values/digest.ts';
import type { CollectionName, VersionId } from '../values/names.ts';
import { assert } from '../values/result.ts';
import { type Answer, answered, following } from './answer.ts';
import type { Turn } from './turns.ts';

/** The newest COMMITTED version of a sequence with this content; undefined if none has it. Looks at each of them. */
export function newestWith(store: Store, name: CollectionName, digest: ManifestDigest): Version | undefined {
  const listed = existingCollection(store, name)?.listed.entries() ?? [];
  return Array.from(listed, ([, versionId]) => versionById(store, versionId)).findLast(
    ({ manifest }) => manifest.digest === digest,
  );
}

/**
 * Logs the content of a COMMITTED version again, and answers the version that has it: the same one if it is the latest
 * (LOG-3), or else a new one. Refuses as `logDraft` does.
 */
export function logAgain(
  turn: Turn,
  { collectionId, index, serial, manifest }: Version,
  details: Pick<LogDraft, 'aliases' | 'tags' | 'facts' | 'run' | 'ttl'>,
): Answer<VersionId> {
  const base = indexedName(turn.store, { collectionId, index, serial });
  const logged = turn.apply({ type: 'logDraft', base, add: [], remove: [], ...details });
  return following(logged, () => {
    const newest = newestWith(turn.store, base.collection, manifest.digest);
    assert(newest !== undefined, 'content that was logged is in the sequence');
    return answered(newest.id);
  });
}
