import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** The names of the shapes of synthetic artifact collections. */
export const SHAPE_NAMES = ['checkpoints', 'dataset', 'tables'] as const;
/** The name of a shape. */
export type ShapeName = (typeof SHAPE_NAMES)[number];

/** A range of sizes in bytes. */
export interface SizeRange {
  readonly least: number;
  readonly most: number;
}

/** How the versions of an artifact collection look and change. */
export interface Shape {
  readonly artifactType: string;
  readonly project: string;
  /** The name of an artifact collection of this shape, by its number. */
  readonly collection: (number: number) => string;
  /** The name of the run that logs its versions, or null. */
  readonly run: ((number: number) => string) | null;
  /** The path of a file by its number. If always the same files change, they come first. */
  readonly path: (file: number) => string;
  /** Whether always the first files change, or random ones. */
  readonly changes: 'the first' | 'any';
  /** The sizes of files that change, and of files that stay if always the same ones change. */
  readonly changing: SizeRange;
  readonly staying: SizeRange;
  /** The aliases of a version besides `latest`, by its index. */
  readonly aliases: (index: number, random: RandomGenerator) => readonly string[];
  readonly tags: (index: number) => readonly string[];
  /** One version in this many gets a TTL; 0 for none. */
  readonly oneInWithTtl: number;
}

/** The shapes: checkpoints of a training run, a data set with small daily changes, and many tiny tables. */
export const SHAPES: Readonly<Record<ShapeName, Shape>> = {
  checkpoints: {
    artifactType: 'model',
    project: 'training',
    collection: (number) => `checkpoint-${number}`,
    run: (number) => `train-${number}`,
    path: (file) => `weights-${padded(file, 5)}.safetensors`,
    changes: 'the first',
    changing: { least: 80_000_000, most: 200_000_000 },
    staying: { least: 1_000, most: 2_000_000 },
    // The last of n trials is the best one with probability 1/n.
    aliases: (index, random) => (uniformInt(random, 0, index) === 0 ? ['best'] : []),
    tags: (index) => (index % 10 === 9 ? ['milestone'] : []),
    oneInWithTtl: 4,
  },
  dataset: {
    artifactType: 'dataset',
    project: 'data',
    collection: (number) => `dataset-${number}`,
    run: null,
    path: (file) => `part-${padded(file, 5)}.parquet`,
    changes: 'any',
    changing: { least: 1_000_000, most: 50_000_000 },
    staying: { least: 1_000_000, most: 50_000_000 },
    aliases: (index) => (index % 7 === 6 ? ['weekly'] : []),
    tags: (index) => (index % 30 === 29 ? ['monthly'] : []),
    oneInWithTtl: 10,
  },
  tables: {
    artifactType: 'run_table',
    project: 'evaluation',
    collection: (number) => `table-${number}`,
    run: (number) => `evaluate-${number}`,
    path: (file) => `media/table/${padded(file, 5)}.table.json`,
    changes: 'any',
    changing: { least: 100, most: 20_000 },
    staying: { least: 100, most: 20_000 },
    aliases: () => [],
    tags: () => [],
    // The service generates tables itself, so they take no TTL (DEL-17).
    oneInWithTtl: 0,
  },
};

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}
