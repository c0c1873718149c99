import type { Manifest } from '../../src/store/manifest.ts';
import { INHERITED } from '../../src/store/time-to-live.ts';
import {
  type BaselineSequence,
  type BaselineVersion,
  filesOf,
  holding,
  lettingGo,
} from './baseline-records.ts';

const RETENTION_SECONDS = 7 * 86_400;

/** The versions of the baseline, what they hold in the bucket, and the queue of what is to be collected. */
export class BaselineVersions {
  now = 0;
  storedBytes = 0;
  logicalBytes = 0;
  /** How many versions are COMMITTED. */
  committed = 0;
  /** The soft-deleted versions, by the order of their deletion. */
  readonly #trash = new Set<BaselineVersion>();

  /** Whether one digest stands for two sizes, in a manifest or in what is stored. */
  conflicts({ objects }: BaselineSequence, manifest: Manifest): boolean {
    for (const { digest, sizeBytes } of filesOf(manifest)) {
      const object = objects.get(digest);
      if (object !== undefined && object.sizeBytes !== sizeBytes) return true;
    }
    return false;
  }

  /** Logs the next version of a sequence. */
  add(sequence: BaselineSequence, manifest: Manifest): BaselineVersion {
    const version: BaselineVersion = {
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
  softDelete(version: BaselineVersion): void {
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
  areStored({ manifest, sequence }: BaselineVersion): boolean {
    return filesOf(manifest).every(({ digest }) => sequence.objects.has(digest));
  }

  /** Makes a soft-deleted version COMMITTED again. */
  reinstate(version: BaselineVersion): void {
    const { sequence } = version;
    version.state = 'COMMITTED';
    this.#trash.delete(version);
    this.logicalBytes += version.manifest.sizeBytes;
    this.committed += 1;
    if (sequence.newest === null || sequence.newest.index < version.index) sequence.newest = version;
  }

  /** Collects garbage: review, release, sweep, close. Answers how many versions and objects went. */
  collect(): { readonly closed: number; readonly swept: number } {
    const reviewed: BaselineVersion[] = [];
    for (const version of this.#trash) {
      if (version.deletedAt + RETENTION_SECONDS > this.now) break;
      reviewed.push(version);
    }
    const unreferenced: Unreferenced[] = [];
    for (const version of reviewed) {
      this.#trash.delete(version);
      this.#release(version, unreferenced);
    }
    for (const { sequence, digest, sizeBytes } of unreferenced) {
      sequence.objects.delete(digest);
      this.storedBytes -= sizeBytes;
    }
    for (const version of reviewed) version.state = 'DELETED';
    return { closed: reviewed.length, swept: unreferenced.length };
  }

  #release(version: BaselineVersion, unreferenced: Unreferenced[]): void {
    const { sequence, manifest } = version;
    const countedBy = lettingGo(version);
    for (const { digest, sizeBytes } of filesOf(manifest)) {
      const object = sequence.objects.get(digest);
      if (object === undefined || object.countedBy === countedBy) continue;
      object.countedBy = countedBy;
      object.holders -= 1;
      if (object.holders === 0) unreferenced.push({ sequence, digest, sizeBytes });
    }
  }
}

interface Unreferenced {
  readonly sequence: BaselineSequence;
  readonly digest: string;
  readonly sizeBytes: number;
}

function newestBefore({ sequence, index }: BaselineVersion): BaselineVersion | null {
  for (let at = index - 1; at >= 0; at -= 1) {
    const version = sequence.versions[at];
    if (version?.state === 'COMMITTED') return version;
  }
  return null;
}
