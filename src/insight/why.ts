import { closest } from 'fastest-levenshtein';
import { statusOf } from '../bucket/blob.ts';
import { keptUntilOf } from '../bucket/copies.ts';
import { type MissingRequirement, missingRequirements } from '../gc/requirements.ts';
import { retainedUntil } from '../gc/review.ts';
import { firstRunAfter } from '../gc/schedule.ts';
import type { Refusal } from '../lifecycle/decision.ts';
import { notFound } from '../lifecycle/targeting.ts';
import type { RuleId } from '../rules/rules.ts';
import type { Action } from '../simulator/action.ts';
import { firstToSucceed } from '../simulator/advice/advice.ts';
import { withoutBlockers } from '../simulator/advice/unblocking.ts';
import { playAction } from '../simulator/play-action.ts';
import { mayExpire } from '../store/expiry.ts';
import { holdersAround } from '../store/holders.ts';
import { indexedName, nameOfLink, versionAt, versionById } from '../store/look-up.ts';
import { entryAt, type FileEntry, type ReferenceEntry } from '../store/manifest.ts';
import { isManagedVersion, protectionOf } from '../store/protection.ts';
import { targetOf } from '../store/references/artifact-address.ts';
import { holdingReferrers, referencesTo } from '../store/references/referrers.ts';
import type { Store } from '../store/store.ts';
import { objectIdOf } from '../store/stored-object.ts';
import { expiryOf } from '../store/time-to-live.ts';
import { aliasesOf, type Version, type VersionStateName } from '../store/version.ts';
import type { UnixTime } from '../values/dates.ts';
import type { Alias, FileName, ObjectId, VersionId } from '../values/names.ts';
import { type Instant, later, type Seconds } from '../values/units.ts';
import { type NamedVersion, namedVersion } from './named-version.ts';
import {
  type NamedReference,
  namedReference,
  type ReferenceTarget,
  recoveryOf,
  targetIn,
} from './references.ts';
import { isLive } from './usage/shares.ts';

/** A version that holds an object. */
export interface Holder extends NamedVersion {
  readonly state: VersionStateName;
  readonly aliases: readonly Alias[];
  /** When its retention ends, if it is soft-deleted. */
  readonly retainedUntil: Instant | null;
  /** When its TTL deletes it, if nothing changes; null for never. */
  readonly expiresAt: Instant | null;
  /** The link whose protected alias prevents its deletion, and the alias (ALI-7); null if there is none. */
  readonly protectedBy: { readonly link: string; readonly alias: Alias } | null;
  /** How many versions refer to it and so keep it from being deleted, and a reference (DEL-18); null if none do. */
  readonly referredToBy: { readonly count: number; readonly first: NamedReference } | null;
  /** Whether nobody can delete it, since the service manages its type (DEL-17). */
  readonly systemManaged: boolean;
  /**
   * The actions that make it release its objects, in this order, once the advice of the holders before it is played; none
   * if it is deleted by then, or if no such actions are known.
   */
  readonly advice: readonly Action[];
  /** Whether it keeps its objects after its advice is played. */
  readonly stays: boolean;
}

/** The file in question: the version, its state, and the entry. */
interface Asked<Entry> extends NamedVersion {
  readonly state: VersionStateName;
  readonly entry: Entry;
  /** The instant of the answer. */
  readonly now: Instant;
  /** The real time of day 0, or null. */
  readonly begins: UnixTime | null;
  /** The rule behind the answer. */
  readonly rule: RuleId;
}

/** Why the bytes of a file are stored, or are not. */
export type Why =
  | { readonly kind: 'not found'; readonly refusal: Refusal }
  | (NamedVersion & { readonly kind: 'no such path'; readonly nearest: string | null })
  | (Asked<ReferenceEntry> & {
      readonly kind: 'reference';
      /** What it points to in the store; null if it points outside the store. */
      readonly target: ReferenceTarget | null;
      /** The action that would end its dangling; null if it does not dangle, or none would. */
      readonly recovery: Action | null;
    })
  | (Asked<FileEntry> & {
      readonly kind: 'stored';
      readonly since: Instant;
      readonly holders: readonly Holder[];
      /** How long the store keeps a deleted version. */
      readonly retentionSeconds: Seconds;
      /**
       * The first run of garbage collection that could free it if the advice were played now; null if a holder stays, or
       * if that is too far away for an exact number of seconds.
       */
      readonly freedAt: Instant | null;
      /** What garbage collection lacks in order to run (GC-6), if anything. */
      readonly missing: readonly MissingRequirement[];
    })
  | (Asked<FileEntry> & {
      readonly kind: 'copy';
      readonly since: Instant;
      readonly status: 'noncurrent' | 'soft-deleted';
      /** When the bucket drops its last copy; null if no rule drops it. */
      readonly keptUntil: Instant | null;
      /** The action that restores the version until then. */
      readonly recovery: Action;
    })
  | (Asked<FileEntry> & { readonly kind: 'gone'; readonly since: Instant | null });

/**
 * Explains whether the object of `NAME:V/PATH` is stored, since when, what holds it, by which rule, and when it could be
 * freed. Finds tombstones by index too. The cost grows with the index range of the versions that hold it.
 */
export function why(store: Store, file: FileName): Why {
  const version = versionAt(store, file.version);
  if (version === undefined) return { kind: 'not found', refusal: notFound(store, file.version) };
  const named = namedVersion(store, version.id);
  const asked = { ...named, state: version.state.kind, now: store.now, begins: store.begins };
  const entry = entryAt(version.manifest, file.path);
  if (entry === undefined) {
    const paths = version.manifest.entries.map((other) => other.path);
    return {
      kind: 'no such path',
      ...named,
      nearest: paths.length === 0 ? null : closest(file.path, paths),
    };
  }
  if (entry.kind === 'reference') return { kind: 'reference', ...asked, entry, ...pointing(store, entry) };
  const objectId = objectIdOf(version.scope, entry.digest);
  const blob = store.bucket.blobs.get(objectId);
  const status = statusOf(blob);
  if (blob === undefined || status === 'gone') {
    const rule = ruleOfGone(store, version, objectId);
    return { kind: 'gone', ...asked, entry, since: blob?.since ?? null, rule };
  }
  if (status !== 'stored') {
    const keptUntil = keptUntilOf(blob, store.settings.bucket);
    const rule = status === 'noncurrent' ? 'BKT-2' : 'BKT-4';
    const recovery = { type: 'recoverVersion', version: indexedName(store, version) } as const;
    return { kind: 'copy', ...asked, entry, since: blob.since, status, keptUntil, recovery, rule };
  }
  const versions = holdersAround(store, version, objectId);
  const holders = holdersOf(store, versions);
  return {
    kind: 'stored',
    ...asked,
    entry,
    since: blob.since,
    holders,
    rule: ruleOfHolders(versions),
    retentionSeconds: store.settings.retentionSeconds,
    freedAt: holders.some(({ stays }) => stays) ? null : freedAt(store, versions),
    missing: missingRequirements(store.settings),
  };
}

function pointing(store: Store, { address }: ReferenceEntry) {
  const target = targetOf(address);
  if (target === undefined) return { target: null, recovery: null, rule: 'GC-5' } as const;
  return {
    target: targetIn(store, target),
    recovery: recoveryOf(store, target.versionId),
    rule: 'DEL-18',
  } as const;
}

// It was deleted out of band, or the bucket dropped the last copy some time after garbage collection.
function ruleOfGone(store: Store, { state }: Version, objectId: ObjectId): RuleId {
  if (store.outOfBand.has(objectId)) return 'BKT-6';
  const since = store.bucket.blobs.get(objectId)?.since ?? 0;
  if (state.kind !== 'DELETED' || state.closedAt >= since) return 'GC-2';
  const { provider, softDelete } = store.settings.bucket;
  return softDelete || provider === 'azure' ? 'BKT-4' : 'BKT-3';
}

// An advice can delete another holder, so each is found after those before it.
function holdersOf(store: Store, versions: readonly Version[]): readonly Holder[] {
  let then = store;
  return versions.map((version) => {
    const left = versionById(then, version.id);
    const advice = releaseOf(then, left);
    const holder = { ...holderOf(store, version), referredToBy: referredToBy(then, left.id) };
    then = advice.reduce((before, action) => playAction(before, action).store, then);
    return { ...holder, advice, stays: isLive(versionById(then, version.id)) };
  });
}

function holderOf(store: Store, version: Version): Omit<Holder, 'referredToBy' | 'advice' | 'stays'> {
  const protection = protectionOf(store, version);
  return {
    ...namedVersion(store, version.id),
    state: version.state.kind,
    aliases: aliasesOf(version),
    retainedUntil: version.state.kind === 'PENDING_DELETION' ? retainedUntil(store, version.id) : null,
    expiresAt: mayExpire(store, version) ? expiryOf(version, store.people.ttlDefaultSeconds) : null,
    protectedBy:
      protection === undefined ? null : { link: nameOfLink(store, protection.link), alias: protection.alias },
    systemManaged: cannotGo(store, version),
  };
}

function referredToBy(store: Store, versionId: VersionId): Holder['referredToBy'] {
  const count = holdingReferrers(store, versionId);
  const [first] = count === 0 ? [] : referencesTo(store, versionId);
  return first === undefined ? null : { count, first: namedReference(store, first) };
}

// DEL-17: only the deletion of its project takes it.
function cannotGo(store: Store, version: Version): boolean {
  return version.state.kind === 'COMMITTED' && isManagedVersion(store, version);
}

function releaseOf(store: Store, version: Version): readonly Action[] {
  switch (version.state.kind) {
    case 'COMMITTED': {
      if (cannotGo(store, version)) return [];
      const target = { by: 'name', name: indexedName(store, version) } as const;
      const deleteAliases = version.state.aliases.length > 0;
      const deletion = { type: 'deleteVersion', target, deleteAliases } as const;
      return firstToSucceed(withoutBlockers(deletion, store), store);
    }
    case 'PENDING':
      return [{ type: 'abandonVersion', versionId: version.id }];
    case 'PENDING_DELETION':
    case 'DELETED':
      return [];
  }
}

// The strongest reason first: a live version, an upload, a soft-deleted version, a pending sweep.
function ruleOfHolders(holders: readonly Version[]): RuleId {
  const states = new Set(holders.map((holder) => holder.state.kind));
  if (states.has('COMMITTED')) return 'GC-2';
  if (states.has('PENDING')) return 'LOG-5';
  return states.has('PENDING_DELETION') ? 'DEL-1' : 'GC-8';
}

function freedAt(store: Store, holders: readonly Version[]): Instant | null {
  const fromNow = later(store.now, store.settings.retentionSeconds);
  const due = holders.reduce<Instant>((latest, holder) => {
    const until = holder.state.kind === 'PENDING_DELETION' ? retainedUntil(store, holder.id) : fromNow;
    return Math.max(until, latest) as Instant;
  }, store.now);
  const run = firstRunAfter(store, due);
  return Number.isSafeInteger(run) ? run : null;
}
