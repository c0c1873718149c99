import type { VersionStateName } from '../../store/version.ts';
import type { Bytes, Instant } from '../../values/units.ts';
import type { Content, ReferenceDetails } from '../artifact/content.ts';
import type { ArtifactTTL, Timedelta } from '../input/timedelta.ts';
import type { ArtifactManifest, ArtifactManifestEntry, DownloadedFile, File, NewFile } from './files.ts';
import type { PerPage, SizedPages } from './pages.ts';

/**
 * A version, a link to one, or an artifact to be logged. Python: `wandb.Artifact`.
 *
 * Before it is logged, it accepts files, and members that need a logged artifact throw `ArtifactNotLoggedError`. After
 * that, adding files throws `ArtifactFinalizedError`. Its attributes show it as it was when fetched; they change only
 * when `wait`, `save`, `delete`, `link` or `unlink` of this very object succeeds. Calls over the network return promises,
 * which reject with `CommError` or `ValueError` if refused.
 */
export interface Artifact {
  /** The name of the artifact collection; once logged, with the version: `animals:v0`. Python: `Artifact.name`. */
  readonly name: string;
  /** Python: `Artifact.type`. */
  readonly type: string;
  /** Equal for a version and every link to it; null before it is logged. Python: `Artifact.id`. */
  readonly id: string | null;
  /** The entity of the artifact collection that it was fetched from. Python: `Artifact.entity`. */
  readonly entity: string;
  /** The project of the artifact collection that it was fetched from. Python: `Artifact.project`. */
  readonly project: string;
  /** `entity/project/name:version`. Python: `Artifact.qualified_name`. */
  readonly qualifiedName: string;
  /** `v0`, `v1`, … in the artifact collection that it was fetched from. Python: `Artifact.version`. */
  readonly version: string;
  /** The entity of its own sequence. Python: `Artifact.source_entity`. */
  readonly sourceEntity: string;
  /** The project of its own sequence. Python: `Artifact.source_project`. */
  readonly sourceProject: string;
  /** Name and version in its own sequence. Python: `Artifact.source_name`. */
  readonly sourceName: string;
  /** The full name in its own sequence. Python: `Artifact.source_qualified_name`. */
  readonly sourceQualifiedName: string;
  /** The version in its own sequence. Python: `Artifact.source_version`. */
  readonly sourceVersion: string;
  /** Whether it was fetched as a link. Python: `Artifact.is_link`. */
  readonly isLink: boolean;
  /** `PENDING` before it is logged. Python: `Artifact.state`. */
  readonly state: VersionStateName;
  /** The sum of its files in bytes, references included (basis: sdk). Python: `Artifact.size`. */
  readonly size: Bytes;
  /** Python: `Artifact.digest`. */
  readonly digest: string;
  /** Python: `Artifact.manifest`. */
  readonly manifest: ArtifactManifest;
  /** The number of entries, references included. Python: `Artifact.file_count`. */
  readonly fileCount: number;
  /** When its upload began, in seconds of simulated time. Python: `Artifact.created_at`, which is a calendar date. */
  readonly createdAt: Instant;
  /** Its tags (ALI-8; basis: doc). Python: `Artifact.tags`. */
  readonly tags: readonly string[];
  /**
   * What people should know about it; null for nothing. Set it, then save or log the artifact. On a link it is that of the
   * source (basis: sdk). Never part of the digest (LOG-9). Python: `Artifact.description`.
   */
  get description(): string | null;
  set description(description: string | null);
  /**
   * A JSON object, empty by default: edit it, or set another object or a Map, then save or log the artifact. On a link it is
   * that of the source (basis: sdk). Never part of the digest (LOG-9). Python: `Artifact.metadata`.
   *
   * Throws `ValueError` for what JSON does not have, and for more than 100 keys (basis: sdk); for an object that was edited,
   * when it is saved or logged.
   */
  get metadata(): Record<string, unknown>;
  set metadata(metadata: object | null);
  /** Its aliases where it was fetched from, without `vN`: edit the list, then save. Python: `Artifact.aliases`. */
  get aliases(): string[];
  set aliases(aliases: readonly string[]);
  /**
   * Its time to live; null if it has none. Set it to a duration, null or `ArtifactTTL.INHERIT`, then save or log the
   * artifact. A version that inherits has the team's default. Python: `Artifact.ttl`.
   *
   * Throws `ArtifactNotLoggedError` if it inherits and is not logged yet, and `ValueError` for an invalid TTL (TTL-1), for
   * a type that has none (DEL-17) and on a link (TTL-5).
   */
  get ttl(): Timedelta | null;
  set ttl(ttl: Timedelta | ArtifactTTL | null);

  /** Whether it is yet to be logged. Python: `Artifact.is_draft`. */
  isDraft(): boolean;
  /**
   * Adds a file. There is no disk: the content is given, or its size only. Throws `ValueError` where the path has other
   * content already, unless `overwrite` is true. Python: `Artifact.add_file`.
   */
  addFile(path: string, content: Content, options?: { readonly overwrite?: boolean }): ArtifactManifestEntry;
  /** Adds a file with the content that `write` writes. Throws `ValueError` if the path exists. Python: `Artifact.new_file`. */
  newFile(path: string, write: (file: NewFile) => void): ArtifactManifestEntry;
  /** Adds many files, for example a Map, optionally below the folder `name`. Python: `Artifact.add_dir`. */
  addDir(
    files: Iterable<readonly [path: string, content: Content]>,
    options?: { readonly name?: string },
  ): void;
  /**
   * Adds a reference to content elsewhere (GC-5), or to a file of another artifact (DEL-18): its `refUrl`, or
   * `wandb-artifact://project/name:version/path`, of the entity `team` and the project `demo` by default. Throws
   * `ValueError` for an invalid URI. Python: `Artifact.add_reference`.
   */
  addReference(uri: string, details?: ReferenceDetails): readonly ArtifactManifestEntry[];
  /** The address of a file, for `addReference`. Throws `ValueError` if there is no such file. Python: `get_entry(path).ref_url()`. */
  refUrl(path: string): string;
  /** Removes a path from a draft. Python: `Artifact.remove`. */
  remove(path: string): void;

  /** Waits until it is logged, then updates its attributes. Python: `Artifact.wait`. */
  wait(): Promise<Artifact>;
  /**
   * Saves the edits: first the aliases, all or none, then description and metadata, then the TTL. Without the permission to
   * set a TTL nothing changes (TTL-7; basis: doc). Description and metadata are sent also if they were not edited, so they
   * replace what others saved since this object was fetched; on a link they are skipped without the permission to edit its
   * source (basis: sdk). Python: `Artifact.save`.
   */
  save(): Promise<void>;
  /**
   * Soft-deletes the version (DEL-1). Deletes only the link if it is one, whatever the flag (DEL-5; basis: doc). Refused
   * with `has-aliases` unless `deleteAliases` is true (DEL-2; basis: doc), `protected-alias` (ALI-7), `referred-to` (DEL-18),
   * `system-managed` (DEL-17), `forbidden` (ACL-1, ACL-4). Python: `Artifact.delete`.
   */
  delete(options?: { readonly deleteAliases?: boolean }): Promise<void>;
  /**
   * Links it to a portfolio: `portfolio`, `project/portfolio` or `entity/project/portfolio`, by default in the project of
   * its own sequence. Refused: `not-a-portfolio` (DEL-8), `type-mismatch` (LOG-4), `bad-alias` (ALI-4), `bad-name`,
   * `not-found`, `forbidden` (ACL-4). Python: `Artifact.link`.
   */
  link(targetPath: string, aliases?: readonly string[]): Promise<Artifact>;
  /**
   * Deletes the link. Throws `ValueError` if it is not a link (DEL-6; basis: sdk). Refused with `forbidden` if it has a
   * protected alias, except for a registry admin (ALI-7). Python: `Artifact.unlink`.
   */
  unlink(): Promise<void>;
  /**
   * A draft with the same content, description and metadata, to change and log as another version (LOG-10; basis: sdk).
   * Python: `Artifact.new_draft`.
   */
  newDraft(): Artifact;
  /** Reads the files whose paths start with a prefix. Refused if one is missing (BKT-6). Python: `Artifact.download`. */
  download(options?: { readonly pathPrefix?: string }): Promise<ReadonlyMap<string, DownloadedFile>>;
  /**
   * Throws `ValueError` unless every file is stored, with its digest; ignores references. Throws `CommError` for a deleted
   * version, which cannot be read (DEL-3; basis: chosen). Python: `Artifact.verify`.
   */
  verify(): Promise<void>;
  /** Its stored files, or those with these names, by path, without references (basis: chosen). Python: `Artifact.files`. */
  files(names?: readonly string[] | null, options?: PerPage): SizedPages<File>;
  /** The artifact collection that it was fetched from. Python: `Artifact.collection`. */
  collection(): Promise<ArtifactCollection>;
  /** Its own sequence. Python: `Artifact.source_collection`. */
  sourceCollection(): Promise<ArtifactCollection>;
  /** The version that this is a link to; otherwise itself. Python: `Artifact.source_artifact`. */
  sourceArtifact(): Promise<Artifact>;
  /** The links to this version; none for a link. Python: `Artifact.linked_artifacts`. */
  linkedArtifacts(): Promise<readonly Artifact[]>;
  /** The run that logged it, or null. Python: `Artifact.logged_by`. */
  loggedBy(): Promise<Run | null>;
  /** The runs that used it, by name. Python: `Artifact.used_by`. */
  usedBy(): Promise<readonly Run[]>;
}

/** A sequence or a portfolio, as it was when fetched. Python: `ArtifactCollection`. */
export interface ArtifactCollection {
  /** Python: `ArtifactCollection.id`. */
  readonly id: string;
  /** Python: `ArtifactCollection.entity`. */
  readonly entity: string;
  /** Python: `ArtifactCollection.project`. */
  readonly project: string;
  /** Python: `ArtifactCollection.name`. */
  readonly name: string;
  /** Python: `ArtifactCollection.type`. */
  readonly type: string;
  /** Every alias in it, without `vN`, in code-point order. Python: `ArtifactCollection.aliases`. */
  readonly aliases: readonly string[];
  /** Whether it has versions of its own; otherwise it holds links. Python: `ArtifactCollection.is_sequence`. */
  isSequence(): boolean;
  /** Its artifacts, newest first (basis: sdk). Python: `ArtifactCollection.artifacts`. */
  artifacts(options?: PerPage): SizedPages<Artifact>;
  /** The older name of `artifacts`. Python: `ArtifactCollection.versions`. */
  versions(options?: PerPage): SizedPages<Artifact>;
  /**
   * Deletes it with all its versions (DEL-7) or links (DEL-8), aliases included. Refused: `not-found`, `protected-alias`,
   * `forbidden` (ALI-7), `system-managed` (DEL-17), `referred-to` (DEL-18). Python: `ArtifactCollection.delete`.
   */
  delete(): Promise<void>;
}

/** The artifact collections of one type in a project. Python: `ArtifactType`. */
export interface ArtifactType {
  /** Python: `ArtifactType.name`. */
  readonly name: string;
  /** Its artifact collections, sequences and portfolios, sorted by name. Python: `ArtifactType.collections`. */
  collections(options?: PerPage): SizedPages<ArtifactCollection>;
  /** Fetches one of them. Python: `ArtifactType.collection`. */
  collection(name: string): Promise<ArtifactCollection>;
}

/**
 * A run (RUN-1). Python: `wandb.Run` for logging, `wandb.apis.public.Run` for reading. Its attributes show it as it was
 * when it started or was fetched. Calls of a deleted run reject with `CommError` (`run-deleted`, RUN-2; basis: doc).
 */
export interface Run {
  /** Unique in its project, and never used again (RUN-1, RUN-2). Python: `Run.id`. */
  readonly id: string;
  /** Its display name, which other runs can have too. Python: `Run.name`. */
  readonly name: string;
  /** Python: `Run.state`. */
  readonly state: 'running' | 'finished' | 'failed' | 'crashed';
  /** Python: `Run.tags`. */
  readonly tags: readonly string[];
  /** When it started first, in seconds of simulated time. Python: `Run.created_at`, which is a calendar date. */
  readonly createdAt: Instant;
  /**
   * When it was last known to run, in seconds of simulated time: when it ended, or while it runs when this object was
   * fetched (basis: chosen). Python: `Run.heartbeat_at`, which is a calendar date.
   */
  readonly heartbeatAt: Instant;
  /** A JSON object. Python: `Run.config`. */
  readonly config: unknown;
  /** A JSON object. Python: `Run.summary`. */
  readonly summary: unknown;
  /** Python: `Run.entity`. */
  readonly entity: string;
  /** Python: `Run.project`. */
  readonly project: string;
  /** Entity, project and id. Python: `Run.path`. */
  readonly path: readonly [entity: string, project: string, id: string];
  /**
   * Logs an artifact. Resolves when its upload has begun and the version is PENDING (LOG-5); the upload is committed in a
   * later turn, and then `artifact.wait()` resolves. Content equal to the newest version makes no new version (LOG-3), but
   * the run lists that version among those that it logged (RUN-3). `latest` is added to the aliases (ALI-1). Python: `Run.log_artifact`.
   *
   * Refused: `type-mismatch` (LOG-4), `not-a-sequence` (LOG-1, ACL-4), `bad-alias` (ALI-4), `bad-name`, `bad-ttl` (TTL-1),
   * `content-conflict` (LOG-9), `not-found` for a reference that points to nothing (DEL-18), `too-large` (BKT-7),
   * `forbidden` (ACL-1). Throws `ArtifactFinalizedError` if already logged.
   */
  logArtifact(
    artifact: Artifact,
    options?: { readonly aliases?: readonly string[]; readonly tags?: readonly string[] },
  ): Promise<Artifact>;
  /**
   * Records that the run uses an artifact, given by object or name. Throws `ValueError` for a draft. Refused: `not-found`
   * (DEL-3), `run-deleted` (RUN-2), `forbidden` (ACL-1). Python: `Run.use_artifact`.
   */
  useArtifact(artifactOrName: Artifact | string): Promise<Artifact>;
  /**
   * Waits for every upload of this object, then ends the run: as finished, or as failed if the exit code is not 0. Rejects
   * if an upload failed, and then the run goes on. With the setting `runHistoryArtifacts` it also logs the history of the
   * run (DEL-17). Refused: `run-deleted` (RUN-2), `not-found`, `forbidden` (ACL-1, ACL-2), `type-mismatch` and
   * `not-a-sequence` if the history has the name of something else (LOG-4). Python: `Run.finish`.
   */
  finish(options?: { readonly exitCode?: number }): Promise<void>;
  /**
   * The COMMITTED versions that it logged, also those that it did not create (RUN-3), by name and index (basis: chosen).
   * Python: `Run.logged_artifacts`.
   */
  loggedArtifacts(options?: PerPage): SizedPages<Artifact>;
  /** The COMMITTED versions that it used, by name and index (basis: chosen). Python: `Run.used_artifacts`. */
  usedArtifacts(options?: PerPage): SizedPages<Artifact>;
  /**
   * Deletes the run and, if `deleteArtifacts` is true, the versions that it created (DEL-10; basis: doc), except those
   * that the service manages (DEL-17). What it logged without creating it stays (RUN-3). Refused: `not-found`,
   * `protected-alias` (ALI-7), `referred-to` (DEL-18), `forbidden` (ACL-1, ACL-2). Python: `Run.delete`.
   */
  delete(options?: { readonly deleteArtifacts?: boolean }): Promise<void>;
}
