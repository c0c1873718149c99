import { nameOfVersion } from '../store/look-up.ts';
import { maySetTtl, type Who } from '../store/people.ts';
import type { Evolvers, Store } from '../store/store.ts';
import {
  formatTtl,
  isGenerated,
  isSameTtl,
  type RequestedTtl,
  type TimeToLive,
} from '../store/time-to-live.ts';
import { shortVersionName, type VersionId, type VersionName } from '../values/names.ts';
import type { Seconds } from '../values/units.ts';
import { accepted, type Decision, type Refusal, refused } from './decision.ts';
import { leaveExpiryQueue, requeueExpiry } from './expiry-queue.ts';
import { lookUp } from './targeting.ts';

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

/** Everything that can be asked for in this chapter. */
export type TtlCommand = SetTtl | SetTeamTtl;

/** A version has another TTL: somebody asked for it, or it was linked (TTL-4; basis: doc). */
export interface TtlSet {
  readonly type: 'ttlSet';
  readonly versionId: VersionId;
  readonly ttl: TimeToLive;
  readonly cause: 'asked' | 'linked';
}

/** Somebody who may not set a TTL tried to: the version keeps the one that it has (TTL-7; basis: doc). */
export interface TtlKept {
  readonly type: 'ttlKept';
  readonly versionId: VersionId;
  readonly by: Who;
}

/** The team has another default TTL, or other people may set one (ACL-3, TTL-3; basis: doc). */
export interface TeamTtlSet {
  readonly type: 'teamTtlSet';
  readonly ttlDefaultSeconds: Seconds | null;
  readonly membersMaySetTtl: boolean;
}

/** Everything that can happen in this chapter. */
export type TtlEvent = TtlSet | TtlKept | TeamTtlSet;

type CheckedTtl =
  | { readonly ok: true; readonly ttl: TimeToLive }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Decides what concerns the TTL. Refused: `bad-ttl` for what is no TTL (TTL-1; basis: doc, sdk) or for a type that
 * takes none (DEL-17; basis: doc, sdk); `is-a-link`, naming the source (TTL-5; basis: sdk); `not-found`.
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
    return refused('ttlOnLink', { link, source, ttl: formatTtl(command.ttl) }, [source]);
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

/**
 * The TTL that was asked for, on an artifact of this type, or on none if null. Refused with `bad-ttl`: what is no TTL, or
 * is over at once (TTL-1; basis: doc, sdk), and a duration for a generated type (DEL-17; basis: doc, sdk).
 */
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

/** What the events of this chapter change. */
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
