import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** What a synthetic artifact collection may look like. */
export const SHAPE_NAMES = ['checkpoints', 'dataset', 'tables'] as const;
/** One of them. */
export type ShapeName = (typeof SHAPE_NAMES)[number];

/** Sizes in bytes, from the least to the greatest. */
export interface SizeRange {
  readonly least: number;
  readonly most: number;
}

/** How the versions of one artifact collection look, and how they differ from each other. */
export interface Shape {
  readonly artifactType: string;
  readonly project: string;
  /** The name of an artifact collection of this shape, by its number. */
  readonly collection: (number: number) => string;
  /** The name of the run that logs its versions; null where no run is noted. */
  readonly run: ((number: number) => string) | null;
  /** The path of a file, by its number; the first ones are those that change where always the same ones do. */
  readonly path: (file: number) => string;
  /** Whether the files that a version changes are the first ones, or any. */
  readonly changes: 'the first' | 'any';
  /** How large the files are that change, and those that stay where always the same ones change. */
  readonly changing: SizeRange;
  readonly staying: SizeRange;
  /** The aliases that a version gets beside `latest`, by its index. */
  readonly aliases: (index: number, random: RandomGenerator) => readonly string[];
  readonly tags: (index: number) => readonly string[];
  /** One version of so many gets a time to live; 0 where none does. */
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
    // Of many trials the last is the best one with a chance of one in their number.
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
    // The service generates tables itself: they take no TTL (DEL-17).
    oneInWithTtl: 0,
  },
};

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}
