import type { ArtifactCollection } from '../store/artifact-collection.ts';
import { collectionById, nameOfVersion, newestIndex, versionById } from '../store/look-up.ts';
import { amendedManifest, entryAt, type Manifest, type ManifestEntry } from '../store/manifest.ts';
import type { Store } from '../store/store.ts';
import { versionIdOf } from '../store/version.ts';
import {
  type Alias,
  type CollectionName,
  type RunName,
  shortCollectionName,
  type VersionId,
  type VersionName,
} from '../values/names.ts';
import { type AliasPut, aliasesPut, checkedAliases, withLatest } from './aliasing.ts';
import { accepted, type Decision, refused } from './decision.ts';
import { type CollectionCreated, placeFor } from './founding.ts';
import { badRunName, type LineageNoted, lineage } from './lineage.ts';
import { lookUpVersion } from './targeting.ts';
import { beginning, committed, contentConflict, type UploadingEvent } from './uploading.ts';

/** What every way of logging gives beside the files. */
interface LoggingDetails {
  readonly aliases: readonly string[];
  readonly tags: readonly string[];
  readonly run: RunName | null;
}

/** Logs a version: `logVersion` commits it at once, `beginVersion` leaves it PENDING until it is committed. */
export interface LogVersion extends LoggingDetails {
  readonly type: 'logVersion' | 'beginVersion';
  readonly collection: CollectionName;
  /** Null where the caller names none: then it is the sequence's own, or `DEFAULT_TYPE` for a new one. */
  readonly artifactType: string | null;
  readonly manifest: Manifest;
}

/** Logs and commits a version that differs from a base in some paths (LOG-10; basis: doc). */
export interface LogDraft extends LoggingDetails {
  readonly type: 'logDraft';
  readonly base: VersionName;
  readonly add: readonly ManifestEntry[];
  readonly remove: readonly string[];
}

/** Everything that can be asked for in this chapter. */
export type LoggingCommand = LogVersion | LogDraft;

/** The content logged is that of the newest version: no other was made (LOG-3; basis: doc, said). */
export interface VersionReused {
  readonly type: 'versionReused';
  readonly versionId: VersionId;
}

type LoggingDecision = Decision<VersionReused | UploadingEvent | CollectionCreated | AliasPut | LineageNoted>;

/**
 * Decides what is logged. Refused: `bad-name`, `bad-alias`, `type-mismatch` (LOG-4; basis: sdk),
 * `not-a-sequence`, `content-conflict`, `too-large`; a draft also with `not-found`, for its base or for a path
 * to remove (LOG-10; basis: doc).
 */
export function decideLogging(command: LoggingCommand, store: Store): LoggingDecision {
  return command.type === 'logDraft' ? decideDraft(command, store) : decideLog(command, store);
}

function decideLog(command: LogVersion, store: Store): LoggingDecision {
  const named = shortCollectionName(command.collection);
  const placed = placeFor(store, command.collection, 'sequence', command.artifactType, named);
  if (!placed.ok) return placed;
  const { collection, standing, created } = placed.place;
  const checked = checkedAliases(command.aliases);
  if (!checked.ok) return checked;
  const badRun = command.run === null ? undefined : badRunName(command.run);
  if (badRun !== undefined) return refused('badOwnerName', { name: badRun });
  const conflict = contentConflict(store, placed.place, command.collection, command.manifest);
  if (conflict !== undefined) return conflict;
  const reused = standing === null ? undefined : reuse(command, store, standing, checked.aliases);
  if (reused !== undefined) return reused;
  const upload = { manifest: command.manifest, requestedAliases: checked.aliases, tags: command.tags };
  const beginnings = beginning(store, placed.place, command.collection, upload);
  if (!beginnings.ok) return beginnings;
  const { begun } = beginnings;
  const logged = command.run === null ? [] : [lineage(command.run, 'logged', begun.versionId)];
  const ended =
    command.type === 'beginVersion'
      ? []
      : committed(collection, begun.versionId, begun.index, checked.aliases);
  return accepted<UploadingEvent | CollectionCreated | AliasPut | LineageNoted>([
    ...created,
    begun,
    ...logged,
    ...ended,
  ]);
}

// LOG-3: only the newest COMMITTED version is compared with; older and deleted ones are not looked at.
function reuse(
  command: LogVersion,
  store: Store,
  collection: ArtifactCollection,
  aliases: readonly Alias[],
): LoggingDecision | undefined {
  const index = newestIndex(collection);
  if (index === undefined) return undefined;
  const versionId = versionIdOf(collection.id, index);
  if (versionById(store, versionId).manifest.digest !== command.manifest.digest) return undefined;
  return accepted<VersionReused | AliasPut>([
    { type: 'versionReused', versionId },
    ...aliasesPut(collection, index, withLatest(aliases)),
  ]);
}

function decideDraft(command: LogDraft, store: Store): LoggingDecision {
  const base = lookUpVersion(store, { by: 'name', name: command.base });
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
      manifest: amendedManifest(manifest, command.add, new Set(command.remove)),
    },
    store,
  );
}
