import type { ArtifactCollection } from '../../store/artifact-collection.ts';
import { collectionById, nameOfVersion, newestIndex, versionById } from '../../store/look-up.ts';
import { amendedManifest, entryAt, type Manifest, type ManifestEntry } from '../../store/manifest.ts';
import { maySetTtl, type Who } from '../../store/people.ts';
import type { Evolvers, Store } from '../../store/store.ts';
import { scopeOf } from '../../store/stored-object.ts';
import { INHERITED, type RequestedTtl } from '../../store/time-to-live.ts';
import type { VersionFacts } from '../../store/version.ts';
import type { Alias, CollectionName, RunName, VersionId, VersionName } from '../../values/names.ts';
import { type AliasPut, aliasesPut, checkedAliases, withLatest } from '../aliasing.ts';
import { accepted, type Decision, refused } from '../decision.ts';
import { checkedTtl, type TtlKept } from '../expiry/time-to-live.ts';
import { lookUpVersion } from '../targeting.ts';
import type { BucketCallFaulted } from './bucket-calls.ts';
import { type CollectionCreated, DEFAULT_TYPE, placeFor } from './collection-creation.ts';
import { contentsOf } from './contents.ts';
import { type LineageRecorded, lineage, outputOf, wrongRun } from './lineage.ts';
import { resolvedManifest } from './resolving.ts';
import { beginning, committed, type UploadingEvent } from './uploading.ts';

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

/** Logs a version: `logVersion` commits it at once, `beginVersion` leaves it PENDING until its commit. */
export interface LogVersion extends LoggingDetails {
  readonly type: 'logVersion' | 'beginVersion';
  readonly collection: CollectionName;
  /** Null if not given: then that of the sequence, or `DEFAULT_TYPE` for a new one. */
  readonly artifactType: string | null;
  readonly manifest: Manifest;
}

/** Logs and commits a version that differs from a base in some paths (LOG-10). */
export interface LogDraft extends LoggingDetails {
  readonly type: 'logDraft';
  readonly base: VersionName;
  readonly add: readonly ManifestEntry[];
  readonly remove: readonly string[];
}

/** The commands of this chapter. */
export type LoggingCommand = LogVersion | LogDraft;

/** The logged content is that of the latest version, so no new version was created (LOG-3). */
export interface VersionReused {
  readonly type: 'versionReused';
  readonly versionId: VersionId;
}

/** The events of a log. */
export type LoggingEvent =
  | VersionReused
  | UploadingEvent
  | CollectionCreated
  | AliasPut
  | LineageRecorded
  | BucketCallFaulted
  | TtlKept;
type LoggingDecision = Decision<LoggingEvent>;

/**
 * Decides a log. Refuses with `bad-name`, `bad-alias`, `type-mismatch` (LOG-4), `not-a-sequence`, `bad-ttl` (TTL-1),
 * `content-conflict`, `too-large`, `run-deleted` (RUN-2); `not-found` for a reference to another version that points to nothing (DEL-18), and for
 * the base of a draft or a path to remove (LOG-10).
 */
export function decideLogging(command: LoggingCommand, store: Store): LoggingDecision {
  return command.type === 'logDraft' ? decideDraft(command, store) : decideLog(command, store);
}

function decideLog(command: LogVersion, store: Store, base?: Manifest): LoggingDecision {
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
  const reused =
    existing === null ? undefined : reuse({ ...command, manifest }, store, existing, checked.aliases);
  if (reused !== undefined) return reused;
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
  return accepted<LoggingEvent>([...created, ...faults, begun, ...kept, ...logged, ...ended]);
}

// LOG-3, RUN-3: compares only with the latest COMMITTED version, not with older or deleted ones.
function reuse(
  { manifest, run, by = null }: LogVersion,
  store: Store,
  collection: ArtifactCollection,
  aliases: readonly Alias[],
): LoggingDecision | undefined {
  const index = newestIndex(collection);
  const versionId = index === undefined ? undefined : collection.listed.get(index);
  if (index === undefined || versionId === undefined) return undefined;
  if (versionById(store, versionId).manifest.digest !== manifest.digest) return undefined;
  return accepted<VersionReused | AliasPut | LineageRecorded>([
    { type: 'versionReused', versionId },
    ...aliasesPut(collection, index, withLatest(aliases)),
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
      facts: command.facts ?? base.value.facts,
      manifest: amendedManifest(manifest, command.add, new Set(command.remove)),
    },
    store,
    manifest,
  );
}

/** The evolver of this chapter: a reused version does not change. */
export const EVOLVE_LOGGING: Evolvers<VersionReused> = {
  versionReused: () => {},
};
