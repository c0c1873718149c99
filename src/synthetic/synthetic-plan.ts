import { LARGEST_EXACT } from '../values/units.ts';
import { SHAPE_NAMES, SHAPES, type ShapeName } from './shapes.ts';

/** The parameters of a synthetic store. */
export interface SyntheticPlan {
  readonly collections: number;
  /** Versions in each artifact collection. */
  readonly versions: number;
  /** Files in each version. */
  readonly files: number;
  /** The share of files that are new in each version, from 0 to 1; at least one file is. */
  readonly churn: number;
  /** From 0 to 2^31 - 1; different seeds give different stores. */
  readonly seed: number;
  /** The shape of all artifact collections, or `mixed` for all shapes in turn. */
  readonly shape: ShapeName | 'mixed';
}

/** The size of the resulting store. */
export interface SyntheticCounts {
  readonly versions: number;
  /** The paths of all versions together. */
  readonly entries: number;
  /** The distinct files, each stored once. */
  readonly objects: number;
  /** An upper bound of the sum of all versions in bytes. */
  readonly mostBytes: number;
}

/** How many files of a version are new. Without a new file there would be no version (LOG-3). */
export function changedFiles({ files, churn }: Pick<SyntheticPlan, 'files' | 'churn'>): number {
  return Math.min(files, Math.max(1, Math.round(files * churn)));
}

/** The size of a planned store, computed in advance. */
export function syntheticCounts(plan: SyntheticPlan): SyntheticCounts {
  const { collections, versions, files } = plan;
  const changed = changedFiles(plan);
  const mostOfVersion = (plan.shape === 'mixed' ? SHAPE_NAMES : [plan.shape]).map((name) => {
    const { changing, staying } = SHAPES[name];
    return changed * changing.most + (files - changed) * staying.most;
  });
  return {
    versions: collections * versions,
    entries: collections * versions * files,
    objects: collections * (files + (versions - 1) * changed),
    mostBytes: collections * versions * Math.max(...mostOfVersion),
  };
}

/** Whether every sum of such a store stays exact, with room for as much again. */
export function staysExact({ mostBytes }: SyntheticCounts): boolean {
  return mostBytes <= LARGEST_EXACT / 2;
}
