import type { Manifest } from '../../src/store/manifest.ts';
import { INHERITED } from '../../src/store/time-to-live.ts';
import { filesOf, holding, lettingGo, type TwinSequence, type TwinVersion } from './baseline-records.ts';

const RETENTION_SECONDS = 7 * 86_400;

/** The versions of the twin, what they hold in the bucket, and the queue of what is to be collected. */
export class TwinVersions {
  now = 0;
  storedBytes = 0;
  logicalBytes = 0;
  /** How many versions are COMMITTED. */
  committed = 0;
  /** The soft-deleted versions, by the order of their deletion. */
  readonly #trash = new Set<TwinVersion>();

  /** Whether one digest stands for two sizes, in a manifest or in what is stored. */
  conflicts({ objects }: TwinSequence, manifest: Manifest): boolean {
    for (const { digest, sizeBytes } of filesOf(manifest)) {
      const object = objects.get(digest);
      if (object !== undefined && object.sizeBytes !== sizeBytes) return true;
    }
    return false;
  }

  /** Logs the next version of a sequence. */
  add(sequence: TwinSequence, manifest: Manifest): TwinVersion {
    const version: TwinVersion = {
      sequence,
      index: sequence.versions.length,
      manifest,
      createdAt: this.now,
      state: 'COMMITTED',
      deletedAt: 0,
      ttl: INHERITED,
      aliases: [],
      inherits: false,
      expiresAt: null,
    };
    sequence.versions.push(version);
    sequence.newest = version;
    const countedBy = holding(version);
    for (const { digest, sizeBytes } of filesOf(manifest)) {
      const object = sequence.objects.get(digest);
      if (object === undefined) {
        sequence.objects.set(digest, { sizeBytes, since: this.now, holders: 1, countedBy });
        this.storedBytes += sizeBytes;
      } else if (object.countedBy !== countedBy) {
        object.holders += 1;
        object.countedBy = countedBy;
      }
    }
    this.logicalBytes += manifest.sizeBytes;
    this.committed += 1;
    return version;
  }

  /** Soft-deletes a version, with its aliases. */
  discard(version: TwinVersion): void {
    const { sequence } = version;
    for (const alias of version.aliases) sequence.aliases.delete(alias);
    version.aliases.length = 0;
    version.state = 'PENDING_DELETION';
    version.deletedAt = this.now;
    this.#trash.add(version);
    this.logicalBytes -= version.manifest.sizeBytes;
    this.committed -= 1;
    if (sequence.newest === version) sequence.newest = newestBefore(version);
  }

  /** Whether the bucket has every file of a version. */
  areStored({ manifest, sequence }: TwinVersion): boolean {
    return filesOf(manifest).every(({ digest }) => sequence.objects.has(digest));
  }

  /** Makes a soft-deleted version COMMITTED again. */
  bringBack(version: TwinVersion): void {
    const { sequence } = version;
    version.state = 'COMMITTED';
    this.#trash.delete(version);
    this.logicalBytes += version.manifest.sizeBytes;
    this.committed += 1;
    if (sequence.newest === null || sequence.newest.index < version.index) sequence.newest = version;
  }

  /** Collects garbage: review, release, sweep, close. Answers how many versions and objects went. */
  collect(): { readonly closed: number; readonly swept: number } {
    const reviewed: TwinVersion[] = [];
    for (const version of this.#trash) {
      if (version.deletedAt + RETENTION_SECONDS > this.now) break;
      reviewed.push(version);
    }
    const unheld: Unheld[] = [];
    for (const version of reviewed) {
      this.#trash.delete(version);
      this.#release(version, unheld);
    }
    for (const { sequence, digest, sizeBytes } of unheld) {
      sequence.objects.delete(digest);
      this.storedBytes -= sizeBytes;
    }
    for (const version of reviewed) version.state = 'DELETED';
    return { closed: reviewed.length, swept: unheld.length };
  }

  #release(version: TwinVersion, unheld: Unheld[]): void {
    const { sequence, manifest } = version;
    const countedBy = lettingGo(version);
    for (const { digest, sizeBytes } of filesOf(manifest)) {
      const object = sequence.objects.get(digest);
      if (object === undefined || object.countedBy === countedBy) continue;
      object.countedBy = countedBy;
      object.holders -= 1;
      if (object.holders === 0) unheld.push({ sequence, digest, sizeBytes });
    }
  }
}

interface Unheld {
  readonly sequence: TwinSequence;
  readonly digest: string;
  readonly sizeBytes: number;
}

function newestBefore({ sequence, index }: TwinVersion): TwinVersion | null {
  for (let at = index - 1; at >= 0; at -= 1) {
    const version = sequence.versions[at];
    if (version?.state === 'COMMITTED') return version;
  }
  return null;
}
