import { collectionById } from './look-up.ts';
import { isProtectedSource } from './protection.ts';
import type { Store } from './store.ts';
import { isGenerated } from './time-to-live.ts';
import type { Version } from './version.ts';

/**
 * Whether a version expires when its TTL is over (TTL-6, TTL-8; basis: chosen, doc): only a COMMITTED one does, none
 * of a type that the service generates, and none that a protected alias holds.
 */
export function mayExpire(store: Store, version: Version): boolean {
  return (
    version.state.kind === 'COMMITTED' &&
    !isGenerated(collectionById(store, version.collectionId).artifactType) &&
    !isProtectedSource(store, version)
  );
}
