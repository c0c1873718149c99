import { closest } from 'fastest-levenshtein';
import { retainedUntil } from '../gc/review.ts';
import { firstRunAfter } from '../gc/schedule.ts';
import type { Refusal } from '../lifecycle/decision.ts';
import { notFound } from '../lifecycle/targeting.ts';
import type { RuleId } from '../rules/rules.ts';
import { holdersOf } from '../store/holders.ts';
import { nameOfVersion, versionAt } from '../store/look-up.ts';
import { entryAt, type FileEntry, type ReferenceEntry } from '../store/manifest.ts';
import type { Store } from '../store/store.ts';
import { objectIdOf } from '../store/stored-object.ts';
import { aliasesOf, type Version, type VersionStateName } from '../store/version.ts';
import type { Alias, FileName } from '../values/names.ts';
import { type Instant, later } from '../values/units.ts';

/** A version that holds an object. */
export interface Holder {
  readonly version: string;
  readonly state: VersionStateName;
  readonly aliases: readonly Alias[];
  /** Until when the retention keeps it, where it is soft-deleted. */
  readonly retainedUntil: Instant | null;
}

/** Why the bytes behind a path are stored, or are not. */
export type Why =
  | { readonly kind: 'not found'; readonly refusal: Refusal }
  | { readonly kind: 'no such path'; readonly version: string; readonly nearest: string | null }
  | {
      readonly kind: 'reference';
      readonly version: string;
      readonly state: VersionStateName;
      readonly entry: ReferenceEntry;
      readonly rule: RuleId;
    }
  | {
      readonly kind: 'stored';
      readonly version: string;
      readonly state: VersionStateName;
      readonly entry: FileEntry;
      readonly since: Instant;
      readonly holders: readonly Holder[];
      readonly rule: RuleId;
      /**
       * The first run of garbage collection that could free it, if all that keeps it were given up now; null where
       * that is further away than seconds can be counted exactly.
       */
      readonly freedAt: Instant | null;
    }
  | {
      readonly kind: 'gone';
      readonly version: string;
      readonly state: VersionStateName;
      readonly entry: FileEntry;
      readonly since: Instant | null;
      readonly rule: RuleId;
    };

/**
 * Says whether the object behind `NAME:V/PATH` is stored, since when, what holds it, which rule says so, and
 * when it could be freed. Tombstones are found by index too. It changes nothing; it walks the versions that may
 * share the object.
 */
export function why(store: Store, file: FileName): Why {
  const version = versionAt(store, file.version);
  if (version === undefined) return { kind: 'not found', refusal: notFound(store, file.version) };
  const name = nameOfVersion(store, version.id);
  const state = version.state.kind;
  const entry = entryAt(version.manifest, file.path);
  if (entry === undefined) {
    const paths = version.manifest.entries.map((other) => other.path);
    return {
      kind: 'no such path',
      version: name,
      nearest: paths.length === 0 ? null : closest(file.path, paths),
    };
  }
  if (entry.kind === 'reference') return { kind: 'reference', version: name, state, entry, rule: 'GC-5' };
  const objectId = objectIdOf(version.scope, entry.digest);
  const blob = store.bucket.blobs.get(objectId);
  if (blob === undefined || !blob.current) {
    return { kind: 'gone', version: name, state, entry, since: blob?.since ?? null, rule: 'GC-2' };
  }
  const holders = holdersOf(store, objectId);
  return {
    kind: 'stored',
    version: name,
    state,
    entry,
    since: blob.since,
    holders: holders.map((holder) => holderOf(store, holder)),
    rule: ruleOfHolders(holders),
    freedAt: freedAt(store, holders),
  };
}

function holderOf(store: Store, version: Version): Holder {
  return {
    version: nameOfVersion(store, version.id),
    state: version.state.kind,
    aliases: aliasesOf(version),
    retainedUntil: version.state.kind === 'PENDING_DELETION' ? retainedUntil(store, version.id) : null,
  };
}

// The strongest reason first: a live version, an upload, a soft delete that can be undone, a sweep not yet done.
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
