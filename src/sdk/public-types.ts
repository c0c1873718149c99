import type { VersionStateName } from '../store/version.ts';
import type { Bytes, Instant } from '../values/units.ts';
import type { Content, ReferenceDetails } from './artifact/content.ts';
import type {
  ArtifactManifest,
  ArtifactManifestEntry,
  DownloadedFile,
  File,
  NewFile,
} from './public-files.ts';
import type { PerPage, SizedPages } from './public-pages.ts';
import type { ArtifactTTL, Timedelta } from './timedelta.ts';

/**
 * A version, or a link to one, or one that is yet to be logged. Python: `wandb.Artifact`.
 *
 * Before it is logged, it takes files; what only a logged one has throws `ArtifactNotLoggedError`. Once it is logged,
 * adding to it throws `ArtifactFinalizedError`. Its attributes are a snapshot of when it was fetched: they change when
 * `wait`, `save`, `delete`, `link` or `unlink` of this very object has gone through, and never by themselves. A call that goes
 * over the network returns a promise, and what is refused there rejects with a `CommError` or a `ValueError`.
 */
export interface Artifact {
  /** The name of the artifact collection; once logged, with the version behind it: `animals:v0`. Python: `Artifact.name`. */
  readonly name: string;
  /** Python: `Artifact.type`. */
  readonly type: string;
  /** The same for a version and for every link to it; null before it is logged. Python: `Artifact.id`. */
  readonly id: string | null;
  /** Of the artifact collection that it was fetched from. Python: `Artifact.entity`. */
  readonly entity: string;
  /** Of the artifact collection that it was fetched from. Python: `Artifact.project`. */
  readonly project: string;
  /** `entity/project/name:version`. Python: `Artifact.qualified_name`. */
  readonly qualifiedName: string;
  /** `v0`, `v1`, … in the artifact collection that it was fetched from. Python: `Artifact.version`. */
  readonly version: string;
  /** Where it was born. Python: `Artifact.source_entity`. */
  readonly sourceEntity: string;
  /** Where it was born. Python: `Artifact.source_project`. */
  readonly sourceProject: string;
  /** Name and version in the sequence that it was born in. Python: `Artifact.source_name`. */
  readonly sourceName: string;
  /** The whole of that. Python: `Artifact.source_qualified_name`. */
  readonly sourceQualifiedName: string;
  /** Its version in the sequence that it was born in. Python: `Artifact.source_version`. */
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
  /** How many paths it has, references included. Python: `Artifact.file_count`. */
  readonly fileCount: number;
  /** When its upload began, in seconds of simulated time. Python: `Artifact.created_at`, which is a calendar date. */
  readonly createdAt: Instant;
  /** Words that it was logged with (ALI-8; basis: doc). Python: `Artifact.tags`. */
  readonly tags: readonly string[];
  /** Its aliases where it was fetched from, without `vN`: a list that is edited and then saved. Python: `Artifact.aliases`. */
  get aliases(): string[];
  set aliases(aliases: readonly string[]);
  /**
   * Its time to live; null where it has none. Set to a duration, to null, or to `ArtifactTTL.INHERIT`, and then save or
   * log it. A version that inherits has the team's default. Python: `Artifact.ttl`.
   *
   * Throws `ArtifactNotLoggedError` while what it will inherit is not known, and `ValueError` for what is no TTL (TTL-1),
   * for a type that takes none (DEL-17) and on a link (TTL-5).
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
  /** Adds a file that `write` writes. Throws `ValueError` where there is one already. Python: `Artifact.new_file`. */
  newFile(path: string, write: (file: NewFile) => void): ArtifactManifestEntry;
  /** Adds many files, a Map for instance, below `name` where that is given. Python: `Artifact.add_dir`. */
  addDir(
    files: Iterable<readonly [path: string, content: Content]>,
    options?: { readonly name?: string },
  ): void;
  /** Adds an address of bytes that lie elsewhere (GC-5). Python: `Artifact.add_reference`. */
  addReference(uri: string, details?: ReferenceDetails): readonly ArtifactManifestEntry[];
  /** Takes a path out of a draft. Python: `Artifact.remove`. */
  remove(path: string): void;

  /** Waits until it is logged, and fetches what is known then; at once where it is. Python: `Artifact.wait`. */
  wait(): Promise<Artifact>;
  /**
   * Saves what was edited: first the aliases, all of them or none, then the TTL. Who may not set a TTL changes nothing
   * (TTL-7; basis: doc). Python: `Artifact.save`.
   */
  save(): Promise<void>;
  /**
   * Deletes the version, softly (DEL-1); of a link the link only, and the flag is ignored (DEL-5; basis: doc). Refused
   * with `has-aliases` unless `deleteAliases` is true (DEL-2; basis: doc). Python: `Artifact.delete`.
   */
  delete(options?: { readonly deleteAliases?: boolean }): Promise<void>;
  /**
   * Links it to a portfolio: `portfolio`, `project/portfolio` or `entity/project/portfolio`; what is left out is that of
   * the project in which it was born. Refused: `not-a-portfolio` (DEL-8), `type-mismatch` (LOG-4), `bad-alias` (ALI-4),
   * `bad-name`, `not-found`, `forbidden` (ACL-4). Python: `Artifact.link`.
   */
  link(targetPath: string, aliases?: readonly string[]): Promise<Artifact>;
  /** Takes the link away. Throws `ValueError` for what is no link (DEL-6; basis: sdk). Python: `Artifact.unlink`. */
  unlink(): Promise<void>;
  /** A draft with the same content, to be changed and logged as another version (LOG-10). Python: `Artifact.new_draft`. */
  newDraft(): Artifact;
  /** Reads every path that begins so into memory. Refused where a file is missing (BKT-6). Python: `Artifact.download`. */
  download(options?: { readonly pathPrefix?: string }): Promise<ReadonlyMap<string, DownloadedFile>>;
  /**
   * Throws `ValueError` unless every file is stored, with its digest; references are not looked at. Of a version that was
   * deleted it throws `CommError`, since that cannot be read (DEL-3; basis: chosen). Python: `Artifact.verify`.
   */
  verify(): Promise<void>;
  /** Its stored files, or those of these names, by path; references are none (basis: chosen). Python: `Artifact.files`. */
  files(names?: readonly string[] | null, options?: PerPage): SizedPages<File>;
  /** The artifact collection that it was fetched from. Python: `Artifact.collection`. */
  collection(): Promise<ArtifactCollection>;
  /** The sequence that it was born in. Python: `Artifact.source_collection`. */
  sourceCollection(): Promise<ArtifactCollection>;
  /** The version itself, where this is a link to it; otherwise this. Python: `Artifact.source_artifact`. */
  sourceArtifact(): Promise<Artifact>;
  /** The links to this version; none of a link. Python: `Artifact.linked_artifacts`. */
  linkedArtifacts(): Promise<readonly Artifact[]>;
  /** The run that logged it, or null. Python: `Artifact.logged_by`. */
  loggedBy(): Promise<Run | null>;
  /** The runs that used it, by name. Python: `Artifact.used_by`. */
  usedBy(): Promise<readonly Run[]>;
}

/** A sequence or a portfolio, as it was when it was fetched. Python: `ArtifactCollection`. */
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
  /** Whether versions are born in it; otherwise it holds links. Python: `ArtifactCollection.is_sequence`. */
  isSequence(): boolean;
  /** What it lists, the newest first (basis: sdk). Python: `ArtifactCollection.artifacts`. */
  artifacts(options?: PerPage): SizedPages<Artifact>;
  /** The same, by its older name. Python: `ArtifactCollection.versions`. */
  versions(options?: PerPage): SizedPages<Artifact>;
  /** Deletes it with all its versions, aliases and all (DEL-7), or with all its links (DEL-8). Python: `ArtifactCollection.delete`. */
  delete(): Promise<void>;
}

/** The artifact collections of one type in a project. Python: `ArtifactType`. */
export interface ArtifactType {
  /** Python: `ArtifactType.name`. */
  readonly name: string;
  /** Its artifact collections, sequences and portfolios, by name. Python: `ArtifactType.collections`. */
  collections(options?: PerPage): SizedPages<ArtifactCollection>;
  /** One of them. Python: `ArtifactType.collection`. */
  collection(name: string): Promise<ArtifactCollection>;
}

/**
 * A run. Python: `wandb.Run` for what logs, `wandb.apis.public.Run` for what reads. The store knows a run from the first
 * artifact on that it logs or uses (basis: chosen).
 */
export interface Run {
  /** Python: `Run.id`; here a run has one name, which is its id too. */
  readonly id: string;
  /** Python: `Run.name`. */
  readonly name: string;
  /** Python: `Run.entity`. */
  readonly entity: string;
  /** Python: `Run.project`. */
  readonly project: string;
  /** Entity, project and id. Python: `Run.path`. */
  readonly path: readonly [entity: string, project: string, id: string];
  /**
   * Begins to log an artifact, and answers when its upload has begun, so that the version is PENDING (LOG-5). It is
   * committed at a turn of its own, before which others may come; `artifact.wait()` answers then. Content that the newest
   * version has already makes no other version (LOG-3). Aliases come beside `latest` (ALI-1). Python: `Run.log_artifact`.
   *
   * Refused: `type-mismatch` (LOG-4), `not-a-sequence` (LOG-1, ACL-4), `bad-alias` (ALI-4), `bad-name`, `bad-ttl` (TTL-1),
   * `content-conflict` (LOG-9), `too-large` (BKT-7), `forbidden` (ACL-1). Throws `ArtifactFinalizedError` where it is logged.
   */
  logArtifact(
    artifact: Artifact,
    options?: { readonly aliases?: readonly string[]; readonly tags?: readonly string[] },
  ): Promise<Artifact>;
  /**
   * Notes that the run uses an artifact, or the one of this name. Throws `ValueError` for a draft. Refused: `not-found`
   * (DEL-3), `forbidden` (ACL-1). Python: `Run.use_artifact`.
   */
  useArtifact(artifactOrName: Artifact | string): Promise<Artifact>;
  /** Waits for every upload of this object, and rejects where one failed. Python: `Run.finish`. */
  finish(): Promise<void>;
  /** The COMMITTED versions that it logged, by name and index (basis: chosen). Python: `Run.logged_artifacts`. */
  loggedArtifacts(options?: PerPage): SizedPages<Artifact>;
  /** The COMMITTED versions that it used, by name and index (basis: chosen). Python: `Run.used_artifacts`. */
  usedArtifacts(options?: PerPage): SizedPages<Artifact>;
  /**
   * Deletes the run, and what it logged where `deleteArtifacts` is true (DEL-10; basis: doc). Refused: `not-found`,
   * `protected-alias` (ALI-7), `forbidden` (ACL-1, ACL-2). Python: `Run.delete`.
   */
  delete(options?: { readonly deleteArtifacts?: boolean }): Promise<void>;
}
