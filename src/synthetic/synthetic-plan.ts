import { LARGEST_EXACT } from '../values/units.ts';
import { SHAPE_NAMES, SHAPES, type ShapeName } from './shapes.ts';

/** What a synthetic store is to be like. */
export interface SyntheticPlan {
  readonly collections: number;
  /** How many versions each artifact collection has. */
  readonly versions: number;
  /** How many files each version has. */
  readonly files: number;
  /** The share of a version's files that the one before it has not, from 0 to 1; at least one file is new. */
  readonly churn: number;
  /** From 0 to 2^31 - 1; another seed gives another store. */
  readonly seed: number;
  /** The shape of all artifact collections, or `mixed` for one after the other. */
  readonly shape: ShapeName | 'mixed';
}

/** What a plan comes to. */
export interface SyntheticCounts {
  readonly versions: number;
  /** How many paths all versions have together. */
  readonly entries: number;
  /** How many different files there are, each stored once. */
  readonly objects: number;
  /** More than the sum of all versions in bytes. */
  readonly mostBytes: number;
}

/** How many files of a version are new. A version without a new one would be none (LOG-3). */
export function changedFiles({ files, churn }: Pick<SyntheticPlan, 'files' | 'churn'>): number {
  return Math.min(files, Math.max(1, Math.round(files * churn)));
}

/** What a plan comes to, before anything of it is made. */
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

/** Whether every sum of such a store stays exact, and leaves room for as much again. */
export function staysExact({ mostBytes }: SyntheticCounts): boolean {
  return mostBytes <= LARGEST_EXACT / 2;
}
