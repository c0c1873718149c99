import type { BucketFault } from '../../../src/bucket/faults.ts';
import type { CloseVersion } from '../../../src/gc/close.ts';
import type { CrashCommand } from '../../../src/gc/crash.ts';
import type { ReleaseHolds } from '../../../src/gc/release.ts';
import type { ReviewVersions } from '../../../src/gc/review.ts';
import type { SweepObject } from '../../../src/gc/sweep.ts';
import type { EditAliases } from '../../../src/lifecycle/aliasing.ts';
import type {
  ChangeCollectionType,
  DescribeCollection,
  RenameCollection,
} from '../../../src/lifecycle/changing-collections.ts';
import type {
  DeleteCollection,
  DeleteProject,
  DeleteRun,
} from '../../../src/lifecycle/deletion/cascading-deletion.ts';
import type { DeleteMatching, DeleteVersion } from '../../../src/lifecycle/deletion/deleting.ts';
import type { Filter } from '../../../src/lifecycle/deletion/filter.ts';
import type { RecoverVersion } from '../../../src/lifecycle/deletion/recovering.ts';
import type { RestoreVersion } from '../../../src/lifecycle/deletion/restoring.ts';
import type { SetFacts } from '../../../src/lifecycle/describing.ts';
import type { DropCopies } from '../../../src/lifecycle/expiry/copy-expiry.ts';
import type { ExpireVersions } from '../../../src/lifecycle/expiry/expiring.ts';
import type { SetTeamTtl, SetTtl } from '../../../src/lifecycle/expiry/time-to-live.ts';
import type { LinkVersion, UnlinkVersion } from '../../../src/lifecycle/linking.ts';
import type { Announcement } from '../../../src/lifecycle/logging/client-ids.ts';
import type { UseVersion } from '../../../src/lifecycle/logging/lineage.ts';
import type { BeginVersion, LogDraft, LogVersion } from '../../../src/lifecycle/logging/logging.ts';
import type { FinishRun, SetRunFacts, StartRun } from '../../../src/lifecycle/logging/runs.ts';
import type {
  AbandonStaleUploads,
  AbandonVersion,
  AddFiles,
  CommitVersion,
} from '../../../src/lifecycle/logging/uploading.ts';
import type {
  ChangeSettings,
  MoveClock,
  PlanBucketFaults,
  SettingsChanges,
} from '../../../src/lifecycle/operation/operating.ts';
import type { ChangeBucketOutOfBand } from '../../../src/lifecycle/operation/out-of-band.ts';
import type { ManifestEntry } from '../../../src/store/manifest.ts';
import { manifestOf } from '../../../src/store/manifest.ts';
import { parseTtl } from '../../../src/store/time-to-live.ts';
import { digestOfName } from '../../../src/values/digest.ts';
import type { ObjectId, VersionId } from '../../../src/values/names.ts';
import { present } from '../../../src/values/present.ts';
import type { Bytes, Seconds } from '../../../src/values/units.ts';
import { parseDuration, parseSize } from '../../../src/values/units.ts';
import { collectionNamed, fileNamed, projectNamed, read, runNamed, versionNamed } from './names.ts';

/**
 * The files of a manifest: each path with its size, and behind a space the name of its content where that is
 * not the path: `{ 'cat.jpg': '2MB', 'copy.jpg': '2MB cat.jpg' }`. Or the entries, for paths that no plain
 * object takes.
 */
export type Files = Readonly<Record<string, string>> | readonly ManifestEntry[];

interface Details {
  readonly type?: string;
  readonly aliases?: readonly string[];
  readonly tags?: readonly string[];
  readonly run?: string;
  readonly ttl?: string;
  readonly by?: string;
}

/** One file: its path, its size, and the name of its content, which is the path where none is given. */
export function file(path: string, size: string, content = path): ManifestEntry {
  return { kind: 'file', path, digest: digestOfName(content), sizeBytes: bytesOf(size) };
}

/** One reference to bytes that lie elsewhere. */
export function reference(path: string, address: string, size = '0B'): ManifestEntry {
  return { kind: 'reference', path, address, checksum: address, sizeBytes: bytesOf(size) };
}

/** The entries of files as tests write them. */
export function entriesOf(files: Files): readonly ManifestEntry[] {
  if (isEntries(files)) return files;
  return Object.entries(files).map(([path, text]) => {
    const [size = '', content = path] = text.split(' ');
    return file(path, size, content);
  });
}

export function log(collection: string, files: Files = {}, details: Details = {}): LogVersion {
  return { type: 'logVersion', ...logging(collection, files, details) };
}

export function begin(
  collection: string,
  files: Files = {},
  { clientIds, announced, ...details }: Details & Announcement = {},
): BeginVersion {
  return {
    type: 'beginVersion',
    ...present({ clientIds, announced }),
    ...logging(collection, files, details),
  };
}

export function draft(
  base: string,
  changes: { readonly add?: Files; readonly remove?: readonly string[] } = {},
  { aliases = [], tags = [], run, ttl, by }: Omit<Details, 'type'> = {},
): LogDraft {
  return {
    type: 'logDraft',
    base: versionNamed(base),
    add: entriesOf(changes.add ?? {}),
    remove: changes.remove ?? [],
    aliases,
    tags,
    facts: null,
    run: run === undefined ? null : runNamed(run),
    ttl: parseTtl(ttl ?? 'inherit'),
    by: by ?? null,
  };
}

export function addFiles(
  versionId: VersionId,
  files: Files,
  run?: string,
  by: string | null = null,
): AddFiles {
  return {
    type: 'addFiles',
    versionId,
    files: entriesOf(files),
    run: run === undefined ? null : runNamed(run),
    by,
  };
}

export function commit(versionId: VersionId): CommitVersion {
  return { type: 'commitVersion', versionId };
}

export function abandon(versionId: VersionId): AbandonVersion {
  return { type: 'abandonVersion', versionId };
}

export function alias(
  version: string,
  edit: {
    readonly add?: readonly string[];
    readonly remove?: readonly string[];
    readonly protect?: readonly string[];
  },
  by: string | null = null,
): EditAliases {
  return {
    type: 'editAliases',
    version: versionNamed(version),
    add: edit.add ?? [],
    remove: edit.remove ?? [],
    protect: edit.protect ?? [],
    by,
  };
}

export function link(
  version: string,
  to: string,
  aliases: readonly string[] = [],
  by: string | null = null,
): LinkVersion {
  return { type: 'linkVersion', version: versionNamed(version), to: collectionNamed(to), aliases, by };
}

export function unlink(name: string): UnlinkVersion {
  return { type: 'unlinkVersion', link: versionNamed(name) };
}

export function start(run: string, facts: StartRun['facts'] = {}, by: string | null = null): StartRun {
  return { type: 'startRun', run: runNamed(run), facts, by };
}

/** Sets facts of a run. */
export function describeRun(run: string, facts: SetRunFacts['facts'], by: string | null = null): SetRunFacts {
  return { type: 'setRunFacts', run: runNamed(run), facts, by };
}

export function finish(
  run: string,
  state: FinishRun['state'] = 'finished',
  by: string | null = null,
): FinishRun {
  return { type: 'finishRun', run: runNamed(run), state, by };
}

export function use(version: string, run: string, by: string | null = null): UseVersion {
  return { type: 'useVersion', version: versionNamed(version), run: runNamed(run), by };
}

export function setTtl(version: string, ttl: string, by: string | null = null): SetTtl {
  return { type: 'setTtl', version: versionNamed(version), ttl: parseTtl(ttl), by };
}

export function setTeamTtl(ttl: string, membersMaySetTtl: boolean | null = null): SetTeamTtl {
  return { type: 'setTeamTtl', ttl: parseTtl(ttl), membersMaySetTtl };
}

/** Gives a version a description, `mine`, and other facts. */
export function describeVersion(
  version: string,
  facts: SetFacts['facts'] = {},
  by: string | null = null,
): SetFacts {
  return { type: 'setFacts', version: versionNamed(version), facts: { description: 'mine', ...facts }, by };
}

/** Gives an artifact collection a description, `ours`, and other facts. */
export function describeCollection(
  name: string,
  facts: DescribeCollection['facts'] = {},
  by: string | null = null,
): DescribeCollection {
  const all = { description: 'ours', ...facts };
  return { type: 'describeCollection', collection: collectionNamed(name), facts: all, by };
}

export function rename(name: string, to: string, by: string | null = null): RenameCollection {
  return { type: 'renameCollection', collection: collectionNamed(name), to, by };
}

export function changeType(name: string, type: string, by: string | null = null): ChangeCollectionType {
  return { type: 'changeCollectionType', collection: collectionNamed(name), artifactType: type, by };
}

export function restore(version: string): RestoreVersion {
  return { type: 'restoreVersion', version: versionNamed(version) };
}

export function recover(version: string): RecoverVersion {
  return { type: 'recoverVersion', version: versionNamed(version) };
}

/** Deletes an object in the bucket itself. */
export function bucketDelete(file: string): ChangeBucketOutOfBand {
  return { type: 'deleteOutOfBand', file: fileNamed(file) };
}

/** Brings an object back in the bucket itself. */
export function bucketUndelete(file: string): ChangeBucketOutOfBand {
  return { type: 'undeleteOutOfBand', file: fileNamed(file) };
}

/** Deletes by name. */
export function remove(name: string, flags: { readonly deleteAliases?: boolean } = {}): DeleteVersion {
  const { deleteAliases = false } = flags;
  return { type: 'deleteVersion', target: { by: 'name', name: versionNamed(name) }, deleteAliases };
}

/** Deletes by name, with whatever aliases there are. */
export function removeWithAliases(name: string): DeleteVersion {
  return remove(name, { deleteAliases: true });
}

/** Deletes by id. */
export function removeById(versionId: VersionId, deleteAliases = false): DeleteVersion {
  return { type: 'deleteVersion', target: { by: 'id', versionId }, deleteAliases };
}

export function removeCollection(name: string): DeleteCollection {
  return { type: 'deleteCollection', collection: collectionNamed(name) };
}

export function removeRun(name: string, flags: { readonly artifacts?: boolean } = {}): DeleteRun {
  return { type: 'deleteRun', run: runNamed(name), artifacts: flags.artifacts ?? false };
}

export function removeProject(name: string): DeleteProject {
  return { type: 'deleteProject', project: projectNamed(name) };
}

export function removeAll(
  name: string,
  where: Partial<Filter> = {},
  flags: { readonly deleteAliases?: boolean } = {},
): DeleteMatching {
  const { deleteAliases = false } = flags;
  return {
    type: 'deleteMatching',
    collection: collectionNamed(name),
    where: { withoutAliases: false, withAlias: null, olderThanSeconds: null, keepLast: null, ...where },
    deleteAliases,
  };
}

export function server(changes: SettingsChanges): ChangeSettings {
  return { type: 'changeSettings', changes };
}

/** Moves the clock, and runs nothing; the simulator's `wait` runs what is due. */
export function clock(duration: string): MoveClock {
  return { type: 'moveClock', bySeconds: time(duration) };
}

export const review: ReviewVersions = { type: 'reviewVersions' };

export function release(versionId: VersionId): ReleaseHolds {
  return { type: 'releaseHolds', versionId };
}

export function sweep(objectId: ObjectId): SweepObject {
  return { type: 'sweepObject', objectId };
}

export function close(versionId: VersionId): CloseVersion {
  return { type: 'closeVersion', versionId };
}

export function planCrash(afterSteps: number): CrashCommand {
  return { type: 'planCrash', afterSteps };
}

/** Plans what is to go wrong with the next calls to the bucket. */
export function faults(...planned: readonly BucketFault[]): PlanBucketFaults {
  return { type: 'planBucketFaults', faults: planned };
}

/** The scheduled job that lets versions expire. */
export const expire: ExpireVersions = { type: 'expireVersions' };
/** The scheduled job that gives uploads up. */
export const abandonStale: AbandonStaleUploads = { type: 'abandonStaleUploads' };
/** What the bucket's own rules do. */
export const dropCopies: DropCopies = { type: 'dropCopies' };

/** A size as people write it. */
export function bytesOf(text: string): Bytes {
  return read(parseSize(text), text);
}

/** A duration as people write it. */
export function time(text: string): Seconds {
  return read(parseDuration(text), text);
}

function logging(
  collection: string,
  files: Files,
  { type: artifactType, aliases = [], tags = [], run, ttl, by }: Details,
): Omit<LogVersion, 'type'> {
  return {
    collection: collectionNamed(collection),
    artifactType: artifactType ?? null,
    manifest: manifestOf(entriesOf(files)),
    aliases,
    tags,
    facts: null,
    run: run === undefined ? null : runNamed(run),
    ttl: parseTtl(ttl ?? 'inherit'),
    by: by ?? null,
  };
}

function isEntries(files: Files): files is readonly ManifestEntry[] {
  return Array.isArray(files);
}
