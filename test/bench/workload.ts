import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { LogVersion } from '../../src/lifecycle/logging/logging.ts';
import { type FileEntry, manifestOf } from '../../src/store/manifest.ts';
import { INHERITED } from '../../src/store/time-to-live.ts';
import type { ContentDigest } from '../../src/values/digest.ts';
import type { FileName, VersionName } from '../../src/values/names.ts';
import { bytes } from '../../src/values/units.ts';
import { collectionNamed, fileNamed, versionNamed } from '../support/stores/names.ts';

/** How the versions of a store lie: over 1,000 artifact collections, or all in one. */
export const SHAPES = ['spread', 'single'] as const;
/** One of them. */
export type Shape = (typeof SHAPES)[number];

/** How many versions a store has, and how they lie. */
export interface Extent {
  readonly shape: Shape;
  readonly versions: number;
  /** Whether every file of a version is new, and not one of ten only. */
  readonly allNew?: boolean;
}

/** How many files each version has. */
export const FILES = 10;
/** How many commands of one kind are measured at once, and how many versions a collection reviews. */
export const MOST_JOBS = 1_000;
const SPREAD_OVER = 1_000;
const SEED = 7;

/**
 * What is done to a store of one extent: the versions that it begins with, and, round by round, new ones on top of them
 * and old ones picked at random. Everything is made anew each time it is asked for, texts too, as from a caller who has
 * just read it: neither side of a comparison profits from what the other has looked at.
 */
export class Workload {
  readonly extent: Extent;
  /** How many artifact collections there are. */
  readonly collections: number;
  /** How many jobs one round has. */
  readonly jobs: number;
  /** How many versions each artifact collection begins with. */
  readonly depth: number;

  constructor(extent: Extent) {
    this.extent = extent;
    this.collections = extent.shape === 'spread' ? Math.min(SPREAD_OVER, extent.versions) : 1;
    this.jobs = Math.min(MOST_JOBS, extent.versions);
    this.depth = extent.versions / this.collections;
    if (!Number.isInteger(this.depth)) throw new Error(`${extent.versions} is no multiple of ${SPREAD_OVER}`);
  }

  /** The versions that the store begins with, some at a time: one of each artifact collection, then the next. */
  *beginning(): Generator<readonly LogVersion[]> {
    let some: LogVersion[] = [];
    for (let number = 0; number < this.extent.versions; number += 1) {
      some.push(this.#log(number % this.collections, Math.floor(number / this.collections), 0));
      if (some.length < MOST_JOBS) continue;
      yield some;
      some = [];
    }
    if (some.length > 0) yield some;
  }

  /** One new version for each job of a round. */
  logs(round: number): readonly LogVersion[] {
    return this.#eachJob((job) => {
      const generation = this.depth + Math.floor(job / this.collections);
      return this.#log(job % this.collections, generation, round);
    });
  }

  /** The names of the versions that `logs` makes in a round, all of which were collected in the rounds before it. */
  newVersions(round: number): readonly VersionName[] {
    const perRound = Math.ceil(this.jobs / this.collections);
    return this.#eachJob((job) => {
      const index = this.depth + (round - 1) * perRound + Math.floor(job / this.collections);
      return versionNamed(`${collectionText(job % this.collections)}:v${index}`);
    });
  }

  /** The names of versions that the store began with: for each job another, in an order that means nothing. */
  oldVersions(round: number): readonly VersionName[] {
    const indexes = this.#oldIndexes(round);
    return this.#eachJob((job) =>
      versionNamed(`${collectionText(job % this.collections)}:v${indexes[job] ?? 0}`),
    );
  }

  /** One file of each of these versions. */
  oldFiles(round: number): readonly FileName[] {
    const indexes = this.#oldIndexes(round);
    return this.#eachJob((job) => {
      const version = `${collectionText(job % this.collections)}:v${indexes[job] ?? 0}`;
      return fileNamed(`${version}/${pathOf(job % FILES)}`);
    });
  }

  /** For each job an alias, which no other job in the same artifact collection has. */
  aliasOf(job: number): string {
    return `best-${Math.floor(job / this.collections)}`;
  }

  /** The name of each job's alias. */
  aliasNames(): readonly VersionName[] {
    return this.#eachJob((job) =>
      versionNamed(`${collectionText(job % this.collections)}:${this.aliasOf(job)}`),
    );
  }

  // The versions of each artifact collection are cut into as many parts as it has jobs, and one is picked of each.
  #oldIndexes(round: number): readonly number[] {
    const random = xoroshiro128plus(SEED * 1_000 + round);
    const parts = Math.ceil(this.jobs / this.collections);
    const order = Array.from({ length: parts }, (_, part) => part);
    for (let last = parts - 1; last > 0; last -= 1) {
      const other = uniformInt(random, 0, last);
      [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
    }
    return this.#eachJob((job) => {
      const part = order[Math.floor(job / this.collections)] ?? 0;
      const from = Math.floor((part * this.depth) / parts);
      const to = Math.floor(((part + 1) * this.depth) / parts) - 1;
      return uniformInt(random, from, to);
    });
  }

  // Of the ten files of a version nine are those of the version before it, unless all are new. What lies beyond the
  // beginning differs from round to round.
  #log(collection: number, generation: number, round: number): LogVersion {
    const entries = Array.from({ length: FILES }, (_, number): FileEntry => {
      const since = generation < number ? generation : (generation - number) % FILES;
      const born = this.extent.allNew === true ? generation : generation - since;
      return fileOf(number, contentDigest(collection, number, born, born < this.depth ? 0 : round));
    });
    return logOf(collectionText(collection), entries);
  }

  #eachJob<Made>(make: (job: number) => Made): readonly Made[] {
    return Array.from({ length: this.jobs }, (_, job) => make(job));
  }
}

/** The command that logs these files to an artifact collection, as its newest version. */
export function logOf(collection: string, entries: readonly FileEntry[]): LogVersion {
  return {
    type: 'logVersion',
    collection: collectionNamed(collection),
    artifactType: 'model',
    manifest: manifestOf(entries),
    aliases: [],
    tags: [],
    run: null,
    ttl: INHERITED,
  };
}

/** The file of this number in a version. */
export function fileOf(number: number, digest: ContentDigest): FileEntry {
  return { kind: 'file', path: pathOf(number), digest, sizeBytes: bytes(1_000_000 + number) };
}

/** The full name of the artifact collection of this number. */
export function collectionText(number: number): string {
  return `team/demo/model-${number}`;
}

/** A digest that looks like one, and is another for other numbers; quicker than the hash of anything. */
export function contentDigest(...numbers: readonly number[]): ContentDigest {
  const words = Uint32Array.from({ length: 4 }, (_, word) =>
    numbers.reduce((mixed, number) => scattered(mixed ^ scattered(number + 1)), word + 1),
  );
  return Buffer.from(words.buffer).toString('base64') as ContentDigest;
}

// The last step of MurmurHash3, which spreads what differs over all bits.
function scattered(number: number): number {
  let mixed = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function pathOf(number: number): string {
  return `file-${number}.bin`;
}
