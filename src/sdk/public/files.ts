import type { Bytes } from '../../values/units.ts';

/** One path of a manifest. Python: `ArtifactManifestEntry`. */
export interface ArtifactManifestEntry {
  /** Its path within the artifact. */
  readonly path: string;
  /** The base64 MD5 of a file; what the other place says of a reference. */
  readonly digest: string;
  /** How many bytes it has, by what was given. */
  readonly size: Bytes;
  /** The address of a reference; null for a file. */
  readonly ref: string | null;
}

/** Every path of an artifact, in code-point order. Python: `ArtifactManifest`. */
export interface ArtifactManifest {
  /** Each path with what is there. */
  readonly entries: ReadonlyMap<string, ArtifactManifestEntry>;
  /** The hex MD5 of the manifest's lines (LOG-9; basis: sdk). Python: `ArtifactManifest.digest`. */
  digest(): string;
}

/** A file as the service stores it. Python: `wandb.apis.public.File`. */
export interface File {
  /** Its path within the artifact. */
  readonly name: string;
  /** How many bytes it has. */
  readonly size: Bytes;
  /** The base64 MD5 of its bytes. */
  readonly md5: string;
}

/** A path of a downloaded artifact. */
export interface DownloadedFile extends ArtifactManifestEntry {
  /**
   * The bytes that were given when the file was added, here or in the artifact that is referred to; null for a reference
   * to content outside the store, and for content of which only the size and
   * a name or a digest were ever given, since the simulator keeps no bytes of its own.
   */
  readonly content: Uint8Array | null;
}

/** Takes the pieces of a file that is being written. */
export interface NewFile {
  /** Adds to the end of the file; text is written in UTF-8. */
  write(piece: string | Uint8Array): void;
}
