import { nameOfVersion } from '../../store/look-up.ts';
import { maySetTtl, type Who } from '../../store/people.ts';
import type { Evolvers, Store } from '../../store/store.ts';
import {
  formatTtl,
  isGenerated,
  isSameTtl,
  type RequestedTtl,
  type TimeToLive,
} from '../../store/time-to-live.ts';
import { shortVersionName, type VersionId, type VersionName } from '../../values/names.ts';
import type { Seconds } from '../../values/units.ts';
import { accepted, type Decision, type Refusal, refused } from '../decision.ts';
import { lookUp } from '../targeting.ts';
import { leaveExpiryQueue, requeueExpiry } from './expiry-queue.ts';

/** Sets the TTL of a version (TTL-1). */
export interface SetTtl {
  readonly type: 'setTtl';
  readonly version: VersionName;
  readonly ttl: RequestedTtl;
  readonly by?: Who;
}

/** Sets the team's default TTL, and who may set one. */
export interface SetTeamTtl {
  readonly type: 'setTeamTtl';
  /** A duration or none; a team cannot inherit one. */
  readonly ttl: RequestedTtl;
  /** Whether members may set a TTL; null leaves it as it is. */
  readonly membersMaySetTtl: boolean | null;
}

/** The commands of this chapter. */
export type TtlCommand = SetTtl | SetTeamTtl;

/** The TTL of a version changed, on request or because it was linked (TTL-4). */
export interface TtlSet {
  readonly type: 'ttlSet';
  readonly versionId: VersionId;
  readonly ttl: TimeToLive;
  readonly cause: 'asked' | 'linked';
}

/** A person without the permission tried to set a TTL; it stays as it was (TTL-7). */
export interface TtlKept {
  readonly type: 'ttlKept';
  readonly versionId: VersionId;
  readonly by: Who;
}

/** The team's default TTL, or who may set one, changed (ACL-3, TTL-3). */
export interface TeamTtlSet {
  readonly type: 'teamTtlSet';
  readonly ttlDefaultSeconds: Seconds | null;
  readonly membersMaySetTtl: boolean;
}

/** The events of this chapter. */
export type TtlEvent = TtlSet | TtlKept | TeamTtlSet;

type CheckedTtl =
  | { readonly ok: true; readonly ttl: TimeToLive }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Decides changes of TTLs. Refuses with `bad-ttl` for an invalid TTL (TTL-1) or a type that takes none (DEL-17);
 * `is-a-link`, naming the source (TTL-5); `not-found`.
 */
export function decideTtl(command: TtlCommand, store: Store): Decision<TtlEvent> {
  return command.type === 'setTtl' ? decideSetTtl(command, store) : decideSetTeamTtl(command, store);
}

function decideSetTtl(command: SetTtl, store: Store): Decision<TtlEvent> {
  const found = lookUp(store, command.version);
  if (!found.ok) return found;
  const { kind, collection, version } = found.value;
  if (kind === 'link') {
    const source = nameOfVersion(store, version.id);
    const link = shortVersionName(command.version);
    return refused('ttlOnLink', { link, source }, [source]);
  }
  const read = checkedTtl(command.ttl, collection.artifactType);
  if (!read.ok) return read;
  const by = command.by ?? null;
  if (!maySetTtl(store.people, by)) {
    return accepted([{ type: 'ttlKept', versionId: version.id, by }]);
  }
  if (isSameTtl(read.ttl, version.ttl)) return accepted([]);
  return accepted([{ type: 'ttlSet', versionId: version.id, ttl: read.ttl, cause: 'asked' }]);
}

function decideSetTeamTtl(command: SetTeamTtl, store: Store): Decision<TeamTtlSet> {
  const read = checkedTtl(command.ttl, null);
  if (!read.ok) return read;
  if (read.ttl.kind === 'inherit') return refused('badTeamTtl', { given: 'inherit' });
  const ttlDefaultSeconds = read.ttl.kind === 'lasting' ? read.ttl.seconds : null;
  const { people } = store;
  const membersMaySetTtl = command.membersMaySetTtl ?? people.membersMaySetTtl;
  const same = ttlDefaultSeconds === people.ttlDefaultSeconds && membersMaySetTtl === people.membersMaySetTtl;
  return accepted(same ? [] : [{ type: 'teamTtlSet', ttlDefaultSeconds, membersMaySetTtl }]);
}

/** Checks a requested TTL for an artifact type, or for the team if null. Refuses with `bad-ttl` (TTL-1, DEL-17). */
export function checkedTtl(requested: RequestedTtl, artifactType: string | null): CheckedTtl {
  if (requested.kind === 'inherit' || requested.kind === 'none') return { ok: true, ttl: requested };
  if (requested.kind === 'invalid' || !(Number.isSafeInteger(requested.seconds) && requested.seconds > 0)) {
    return refused('badTtl', { given: formatTtl(requested) });
  }
  if (artifactType !== null && isGenerated(artifactType)) {
    return refused('ttlOfGenerated', { type: artifactType });
  }
  return { ok: true, ttl: requested };
}

/** The evolvers of this chapter. */
export const EVOLVE_TTL: Evolvers<TtlEvent> = {
  ttlSet: (store, { versionId, ttl }) => {
    leaveExpiryQueue(store, versionId);
    store.versions = store.versions.amend(versionId, (version) => ({ ...version, ttl }));
    requeueExpiry(store, versionId);
  },
  ttlKept: () => {},
  teamTtlSet: ({ people }, event) => {
    people.ttlDefaultSeconds = event.ttlDefaultSeconds;
    people.membersMaySetTtl = event.membersMaySetTtl;
  },
};
