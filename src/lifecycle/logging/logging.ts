import type { ArtifactCollection } from '../../store/artifact-collection.ts';
import { collectionById, nameOfVersion, newestIndex, versionById } from '../../store/look-up.ts';
import { amendedManifest, entryAt, type Manifest, type ManifestEntry } from '../../store/manifest.ts';
import { maySetTtl, type Who } from '../../store/people.ts';
import type { Evolvers, Store } from '../../store/store.ts';
import { scopeOf } from '../../store/stored-object.ts';
import { INHERITED, type RequestedTtl } from '../../store/time-to-live.ts';
import { type Version, type VersionFacts, versionFacts } from '../../store/version.ts';
import type { ManifestDigest } from '../../values/digest.ts';
import type { Alias, CollectionName, RunName, VersionId, VersionName } from '../../values/names.ts';
import { type AliasPut, aliasesPut, checkedAliases, withLatest } from '../aliasing.ts';
import { accepted, type Decision, refused } from '../decision.ts';
import { checkedTtl, type TtlKept } from '../expiry/time-to-live.ts';
import { lookUpVersion } from '../targeting.ts';
import type { BucketCallFaulted } from './bucket-calls.ts';
import { type Announcement, type ClientIdsRecorded, knownUpload, recordedIds } from './client-ids.ts';
import { type CollectionCreated, DEFAULT_TYPE, type Place, placeFor } from './collection-creation.ts';
import { contentsOf } from './contents.ts';
import { type LineageRecorded, lineage, outputOf, wrongRun } from './lineage.ts';
import { resolvedManifest } from './resolving.ts';
import {
  beginning,
  committed,
  decideAdding,
  type UploadingEvent,
  type UploadJoined,
  type VersionBegun,
} from './uploading.ts';

/** What every way of logging specifies, apart from the files. */
interface LoggingDetails {
  readonly aliases: readonly string[];
  readonly tags: readonly string[];
  /** Its description and metadata. A reused version keeps its own; a draft without any has those of its base. */
  readonly facts?: VersionFacts | null;
  readonly run: RunName | null;
  /** The requested TTL (TTL-1). */
  readonly ttl: RequestedTtl;
  readonly by?: Who;
}

interface NewVersion extends LoggingDetails {
  readonly collection: CollectionName;
  /** Null if not given: then that of the sequence, or `DEFAULT_TYPE` for a new one. */
  readonly artifactType: string | null;
  readonly manifest: Manifest;
}

/** Logs a version and commits it at once. */
export interface LogVersion extends NewVersion {
  readonly type: 'logVersion';
}

/** Begins an upload, or continues one (LOG-11): the version is PENDING until its commit. */
export interface BeginVersion extends NewVersion, Announcement {
  readonly type: 'beginVersion';
}

/** Logs and commits a version that differs from a base in some paths (LOG-10). */
export interface LogDraft extends LoggingDetails {
  readonly type: 'logDraft';
  readonly base: VersionName;
  readonly add: readonly ManifestEntry[];
  readonly remove: readonly string[];
}

/** The commands of this chapter. */
export type LoggingCommand = LogVersion | BeginVersion | LogDraft;

/** The logged content is that of the latest version, so no new version was created (LOG-3). */
export interface VersionReused {
  readonly type: 'versionReused';
  readonly versionId: VersionId;
}

/** The events of a log. */
export type LoggingEvent =
  | VersionReused
  | UploadingEvent
  | ClientIdsRecorded
  | CollectionCreated
  | AliasPut
  | LineageRecorded
  | BucketCallFaulted
  | TtlKept;
type LoggingDecision = Decision<LoggingEvent>;

/** The event of a log that names its version: a new one, a reused one (LOG-3), or one that goes on (LOG-11). */
export function versionLogged(
  events: readonly { readonly type: string }[],
): VersionBegun | VersionReused | UploadJoined | undefined {
  return events.find(isVersionLogged);
}

function isVersionLogged(event: {
  readonly type: string;
}): event is VersionBegun | VersionReused | UploadJoined {
  return ['versionBegun', 'versionReused', 'uploadJoined'].includes(event.type);
}

/**
 * Decides a log. Refuses with `bad-name`, `bad-alias`, `type-mismatch` (LOG-4), `not-a-sequence`, `bad-ttl` (TTL-1),
 * `content-conflict`, `too-large`, `run-deleted` (RUN-2); `not-found` for a reference to another version that points to nothing (DEL-18), and for
 * the base of a draft or a path to remove (LOG-10). A begin that continues an upload (LOG-11) adds its files, and refuses as
 * that does, and with `client-id-conflict`; the tags, description, metadata, and TTL of the first begin stay.
 */
export function decideLogging(command: LoggingCommand, store: Store): LoggingDecision {
  return command.type === 'logDraft' ? decideDraft(command, store) : decideLog(command, store);
}

function decideLog(command: LogVersion | BeginVersion, store: Store, base?: Manifest): LoggingDecision {
  const placed = placeFor(store, command.collection, 'sequence', command.artifactType);
  if (!placed.ok) return placed;
  const { collection, existing, created } = placed.place;
  const checked = checkedAliases(command.aliases);
  if (!checked.ok) return checked;
  const wrong = command.run === null ? undefined : wrongRun(store, command.run);
  if (wrong !== undefined) return wrong;
  const type = command.artifactType ?? existing?.artifactType ?? DEFAULT_TYPE;
  const ttl = checkedTtl(command.ttl, type);
  if (!ttl.ok) return ttl;
  const scope = scopeOf(store.settings.sharing, collection.id, collection.name.entity);
  const compared = contentsOf(store, scope, command.manifest);
  if (!compared.ok) return compared;
  const resolved = resolvedManifest(store, command.manifest, base);
  if (!resolved.ok) return resolved;
  const manifest = resolved.value;
  const begins: Announcement = command.type === 'beginVersion' ? command : {};
  const { clientIds = [], announced = manifest.digest } = begins;
  const known = knownUpload(store, collection.id, clientIds, announced);
  if (!known.ok) return known;
  const recorded = (versionId: VersionId) => recordedIds(store, versionId, clientIds, announced);
  const found = known.version ?? (existing === null ? null : latestWith(announced, store, existing));
  if (found !== null) {
    return goesOn({ ...command, manifest }, store, found, collection, checked.aliases, recorded(found.id));
  }
  const by = command.by ?? null;
  const mayNot = ttl.ttl.kind !== 'inherit' && !maySetTtl(store.people, by);
  const upload = {
    manifest,
    requestedAliases: checked.aliases,
    tags: command.tags,
    facts: command.facts ?? null,
    ttl: mayNot ? INHERITED : ttl.ttl,
  };
  const beginnings = beginning(store, collection, compared.contents, upload);
  if (!beginnings.ok) return beginnings;
  const { begun, faults } = beginnings;
  const logged = command.run === null ? [] : [lineage(command.run, 'logged', begun.versionId, by)];
  const kept: readonly TtlKept[] = mayNot ? [{ type: 'ttlKept', versionId: begun.versionId, by }] : [];
  const ended =
    command.type === 'beginVersion' ? [] : committed(collection, begun.versionId, checked.aliases);
  const ids = recorded(begun.versionId);
  return accepted<LoggingEvent>([...created, ...faults, begun, ...ids, ...kept, ...logged, ...ended]);
}

// LOG-3: compares only with the latest COMMITTED version, not with older or deleted ones.
function latestWith(
  digest: ManifestDigest | null,
  store: Store,
  collection: ArtifactCollection,
): Version | null {
  const index = newestIndex(collection);
  const versionId = index === undefined ? undefined : collection.listed.get(index);
  if (versionId === undefined) return null;
  const version = versionById(store, versionId);
  return version.manifest.digest === digest ? version : null;
}

// LOG-3, LOG-11, RUN-3: no second version.
function goesOn(
  { manifest, run, by = null }: NewVersion,
  store: Store,
  version: Version,
  collection: Place['collection'],
  aliases: readonly Alias[],
  recorded: readonly ClientIdsRecorded[],
): LoggingDecision {
  const { id: versionId, index, state } = version;
  if (state.kind === 'PENDING') {
    const added = decideAdding({ files: manifest.entries, run, by }, store, version);
    if (!added.ok) return added;
    const requestedAliases = [...new Set([...state.requestedAliases, ...aliases])];
    return accepted<LoggingEvent>([
      { type: 'uploadJoined', versionId, requestedAliases },
      ...recorded,
      ...added.events,
    ]);
  }
  // An empty manifest adds nothing to what was committed; another one would be lost.
  const isOther = manifest.entries.length > 0 && manifest.digest !== version.manifest.digest;
  if (isOther || index === null) {
    return refused('notPending', { version: nameOfVersion(store, versionId), state: state.kind });
  }
  return accepted<LoggingEvent>([
    { type: 'versionReused', versionId },
    ...aliasesPut(collection, index, withLatest(aliases)),
    ...recorded,
    ...(run === null ? [] : outputOf(store, run, versionId, by)),
  ]);
}

function decideDraft(command: LogDraft, store: Store): LoggingDecision {
  const base = lookUpVersion(store, command.base);
  if (!base.ok) return base;
  const { manifest } = base.value;
  const missing = command.remove.find((path) => entryAt(manifest, path) === undefined);
  if (missing !== undefined) {
    return refused('pathNotInBase', { version: nameOfVersion(store, base.value.id), path: missing });
  }
  return decideLog(
    {
      ...command,
      type: 'logVersion',
      collection: collectionById(store, base.value.collectionId).name,
      artifactType: null,
      facts: command.facts ?? inherited(base.value.facts),
      manifest: amendedManifest(manifest, command.add, new Set(command.remove)),
    },
    store,
    manifest,
  );
}

// The step at which the base was logged belongs to its own run.
function inherited(facts: VersionFacts | null): VersionFacts | null {
  return facts && versionFacts(facts.description, facts.metadata);
}

/** The evolver of this chapter: a reused version does not change. */
export const EVOLVE_LOGGING: Evolvers<VersionReused> = {
  versionReused: () => {},
};
