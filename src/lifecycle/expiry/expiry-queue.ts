import { mayExpire } from '../../store/expiry.ts';
import { versionById } from '../../store/look-up.ts';
import type { Store, StoreDraft } from '../../store/store.ts';
import type { VersionId } from '../../values/names.ts';
import { type Instant, later } from '../../values/units.ts';

/**
 * Adds a version to its expiry queue or removes it. Must be called after every change of its state, TTL, or protection.
 * Only COMMITTED versions wait, none of a generated type (TTL-8), and none that a protected alias holds (TTL-6).
 */
export function requeueExpiry(store: StoreDraft, versionId: VersionId): void {
  const version = versionById(store, versionId);
  const waits = mayExpire(store, version);
  switch (version.ttl.kind) {
    case 'none':
      return;
    case 'lasting': {
      const place = placeOf(later(version.createdAt, version.ttl.seconds), versionId);
      store.expiring = waits ? store.expiring.insert(place, versionId) : store.expiring.remove(place);
      return;
    }
    case 'inherit': {
      const place = placeOf(version.createdAt, versionId);
      store.inheriting = waits ? store.inheriting.insert(place, versionId) : store.inheriting.remove(place);
      return;
    }
  }
}

/** Removes a version from its queue before its TTL changes. */
export function leaveExpiryQueue(store: StoreDraft, versionId: VersionId): void {
  const { ttl, createdAt } = versionById(store, versionId);
  if (ttl.kind === 'lasting') {
    store.expiring = store.expiring.remove(placeOf(later(createdAt, ttl.seconds), versionId));
  }
  if (ttl.kind === 'inherit') store.inheriting = store.inheriting.remove(placeOf(createdAt, versionId));
}

/** When the next version expires, or null. */
export function nextExpiry(store: Store): Instant | null {
  const { ttlDefaultSeconds } = store.people;
  const own = instantOf(store.expiring.firstKey());
  const born = instantOf(store.inheriting.firstKey());
  const inherited = born === null || ttlDefaultSeconds === null ? null : later(born, ttlDefaultSeconds);
  if (own === null || inherited === null) return own ?? inherited;
  return Math.min(own, inherited) as Instant;
}

/** The expired versions, those with their own TTL first. Its cost is proportional to what it finds. */
export function expiredVersions(store: Store): readonly VersionId[] {
  const { ttlDefaultSeconds } = store.people;
  const expired: VersionId[] = [];
  for (const [place, versionId] of store.expiring.entries()) {
    if ((instantOf(place) ?? 0) > store.now) break;
    expired.push(versionId);
  }
  if (ttlDefaultSeconds === null) return expired;
  for (const [place, versionId] of store.inheriting.entries()) {
    if ((instantOf(place) ?? 0) + ttlDefaultSeconds > store.now) break;
    expired.push(versionId);
  }
  return expired;
}

// Padded instants sort as texts in numerical order; the id makes each place unique.
function placeOf(instant: Instant, versionId: VersionId): string {
  return `${String(instant).padStart(17, '0')}/${versionId}`;
}

function instantOf(place: string | undefined): Instant | null {
  return place === undefined ? null : (Number(place.slice(0, 17)) as Instant);
}
