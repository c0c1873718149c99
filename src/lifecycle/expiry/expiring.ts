import { versionById } from '../../store/look-up.ts';
import type { Evolvers, Store } from '../../store/store.ts';
import { aliasesOf } from '../../store/version.ts';
import type { Alias, VersionId } from '../../values/names.ts';
import { accepted, type Decision } from '../decision.ts';
import { softDelete } from '../deletion/soft-deletion.ts';
import { type LinkRemoved, linksRemoved } from '../linking.ts';
import { expiredVersions } from './expiry-queue.ts';

/** Soft-deletes every expired version, as the scheduled job does. */
export interface ExpireVersions {
  readonly type: 'expireVersions';
}

/** A version expired: it became PENDING_DELETION and lost its aliases (TTL-6). */
export interface VersionExpired {
  readonly type: 'versionExpired';
  readonly versionId: VersionId;
  readonly aliases: readonly Alias[];
}

/**
 * Decides the expiry of all expired versions (TTL-2, TTL-6). Versions that a protected alias holds are not in the queue.
 * Its cost is proportional to what expires.
 */
export function decideExpiring(
  _command: ExpireVersions,
  store: Store,
): Decision<VersionExpired | LinkRemoved> {
  return accepted(expiredVersions(store).flatMap((versionId) => expiry(store, versionId)));
}

function expiry(store: Store, versionId: VersionId): readonly (VersionExpired | LinkRemoved)[] {
  const version = versionById(store, versionId);
  return [
    ...linksRemoved(store, version.links),
    { type: 'versionExpired', versionId, aliases: aliasesOf(version) },
  ];
}

/** The evolver of this chapter. */
export const EVOLVE_EXPIRING: Evolvers<VersionExpired> = {
  versionExpired: (store, event) => softDelete(store, event.versionId, event.aliases),
};
