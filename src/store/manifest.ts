import { type ContentDigest, digestOfManifestText, type ManifestDigest } from '../values/digest.ts';
import { EMPTY_OBJECT, type Json } from '../values/json.ts';
import type { VersionId } from '../values/names.ts';
import { byCodePoint } from '../values/order.ts';
import type { Bytes } from '../values/units.ts';
import { isArtifactAddress, targetOf } from './references/artifact-address.ts';

interface EntryDetails {
  /** What a client says of the entry for itself, such as an ETag: a JSON object that no rule reads. Never `{}`. */
  readonly extra?: Json;
}

/** A path whose content is stored as an object in the bucket. */
export interface FileEntry extends EntryDetails {
  readonly kind: 'file';
  readonly path: string;
  readonly digest: ContentDigest;
  readonly sizeBytes: Bytes;
}

/**
 * A path whose content is stored elsewhere: outside the store, where it is never deleted (GC-5), or in another version,
 * which the reference does not hold (DEL-18). Only its address is kept.
 */
export interface ReferenceEntry extends EntryDetails {
  readonly kind: 'reference';
  readonly path: string;
  readonly address: string;
  /** The checksum that the other storage reports, or the address if it reports none. */
  readonly checksum: string;
  readonly sizeBytes: Bytes;
}

/** A path of a version. */
export type ManifestEntry = FileEntry | ReferenceEntry;

/** The immutable content of a version: each path once, in code-point order. Created by `manifestOf`. */
export interface Manifest {
  readonly entries: readonly ManifestEntry[];
  readonly digest: ManifestDigest;
  /** The sum of its files in bytes, without references (BKT-7). */
  readonly sizeBytes: Bytes;
}

/** Creates a manifest from entries in any order. If two entries have the same path, the later one wins. */
export function manifestOf(entries: Iterable<ManifestEntry>): Manifest {
  return sortedManifest(entries, null);
}

function sortedManifest(entries: Iterable<ManifestEntry>, upload: object | null): Manifest {
  const sorted = sortedByPath(entries);
  const sizeBytes = sorted.reduce((sum, entry) => (entry.kind === 'file' ? sum + entry.sizeBytes : sum), 0);
  return new SortedManifest(sorted, digestOfEntries(sorted), sizeBytes as Bytes, upload);
}

/** The manifest of these entries, as the content that an upload has after another one. */
export function laterManifest(before: Manifest, entries: Iterable<ManifestEntry>): Manifest {
  return sortedManifest(entries, uploadOf(before));
}

/** Whether two manifests are contents of one upload: no two uploads share the manifest that they begin with. */
export function isSameUpload(left: Manifest, right: Manifest): boolean {
  return uploadOf(left) === uploadOf(right);
}

function uploadOf(manifest: Manifest): object {
  return manifest instanceof SortedManifest ? manifest.upload : manifest;
}

/** Each path once, in code-point order. If two entries have the same path, the later one wins. */
export function sortedByPath<Entry extends { readonly path: string }>(
  entries: Iterable<Entry>,
): readonly Entry[] {
  const byPath = new Map<string, Entry>();
  for (const entry of entries) byPath.set(entry.path, entry);
  return [...byPath.values()].sort((left, right) => byCodePoint(left.path, right.path));
}

// A class instance, so that tables do not freeze all its entries again whenever a version changes.
class SortedManifest implements Manifest {
  readonly entries: readonly ManifestEntry[];
  readonly digest: ManifestDigest;
  readonly sizeBytes: Bytes;
  readonly #upload: object | null;
  #distinctFiles: readonly FileEntry[] | null = null;
  #artifactReferences: ArtifactReferences | null = null;

  constructor(
    sorted: readonly ManifestEntry[],
    digest: ManifestDigest,
    sizeBytes: Bytes,
    upload: object | null,
  ) {
    for (const entry of sorted) Object.freeze(entry);
    this.entries = Object.freeze(sorted);
    this.digest = digest;
    this.sizeBytes = sizeBytes;
    this.#upload = upload;
    Object.freeze(this);
  }

  // The first manifest of its upload, in place of an identity that every store would have to keep.
  get upload(): object {
    return this.#upload ?? this;
  }

  get distinctFiles(): readonly FileEntry[] {
    this.#distinctFiles ??= distinctFilesOf(this.entries);
    return this.#distinctFiles;
  }

  get artifactReferences(): ArtifactReferences {
    this.#artifactReferences ??= artifactReferencesOf(this.entries);
    return this.#artifactReferences;
  }
}

/** The manifest of an incremental log (LOG-10): the entries of a base, with some paths removed and others added. */
export function amendedManifest(
  base: Manifest,
  add: readonly ManifestEntry[],
  remove: ReadonlySet<string>,
): Manifest {
  return manifestOf([...base.entries.filter((entry) => !remove.has(entry.path)), ...add]);
}

/** The entry of a path, or undefined. A binary search. */
export function entryAt(manifest: Manifest, path: string): ManifestEntry | undefined {
  let low = 0;
  let high = manifest.entries.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const entry = manifest.entries[middle];
    if (entry === undefined) return undefined;
    const side = byCodePoint(entry.path, path);
    if (side === 0) return entry;
    if (side < 0) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}

/** Whether an entry refers to a file of another version (DEL-18). */
export function isArtifactReference(entry: ManifestEntry): entry is ReferenceEntry {
  return entry.kind === 'reference' && isArtifactAddress(entry.address);
}

/** The entry with an extra, unless that is empty. */
export function withExtra<Entry extends ManifestEntry>(entry: Entry, extra: Json = EMPTY_OBJECT): Entry {
  return extra === EMPTY_OBJECT ? entry : { ...entry, extra };
}

/** Whether two entries have the same content at the same path, whatever their extras are. */
export function isSameEntry(left: ManifestEntry, right: ManifestEntry): boolean {
  if (left === right) return true;
  if (left.path !== right.path || left.sizeBytes !== right.sizeBytes) return false;
  return left.kind === 'file'
    ? right.kind === 'file' && left.digest === right.digest
    : right.kind === 'reference' && left.address === right.address && left.checksum === right.checksum;
}

/** The files of a manifest, one for each distinct content: the first path that has it. */
export function distinctFiles(manifest: Manifest): readonly FileEntry[] {
  return manifest instanceof SortedManifest ? manifest.distinctFiles : distinctFilesOf(manifest.entries);
}

// Most manifests have no duplicate content and need no second list.
function distinctFilesOf(entries: readonly ManifestEntry[]): readonly FileEntry[] {
  const digests = new Set<ContentDigest>();
  const files = entries.filter((entry): entry is FileEntry => {
    if (entry.kind !== 'file' || digests.has(entry.digest)) return false;
    digests.add(entry.digest);
    return true;
  });
  return files.length === entries.length ? (entries as readonly FileEntry[]) : Object.freeze(files);
}

/** The references of a logged manifest to other versions, by the version that they point to (DEL-18). */
export type ArtifactReferences = ReadonlyMap<VersionId, readonly ReferenceEntry[]>;

/** The references of a logged manifest to other versions. Looked for once for each manifest. */
export function artifactReferences(manifest: Manifest): ArtifactReferences {
  return manifest instanceof SortedManifest
    ? manifest.artifactReferences
    : artifactReferencesOf(manifest.entries);
}

const NO_REFERENCES: ArtifactReferences = new Map();

function artifactReferencesOf(entries: readonly ManifestEntry[]): ArtifactReferences {
  const byTarget = new Map<VersionId, ReferenceEntry[]>();
  for (const entry of entries) {
    if (entry.kind !== 'reference') continue;
    const target = targetOf(entry.address);
    if (target === undefined) continue;
    const known = byTarget.get(target.versionId);
    if (known === undefined) byTarget.set(target.versionId, [entry]);
    else known.push(entry);
  }
  return byTarget.size === 0 ? NO_REFERENCES : byTarget;
}

// LOG-9: depends only on paths and digests, so that aliases, metadata, and extras never create a new version.
function digestOfEntries(sorted: readonly ManifestEntry[]): ManifestDigest {
  const lines = sorted.map(
    (entry) => `${entry.path}:${entry.kind === 'file' ? entry.digest : entry.checksum}\n`,
  );
  return digestOfManifestText(`wandb-artifact-manifest-v1\n${lines.join('')}`);
}
