import fc from 'fast-check';
import type { BucketFault } from '../../src/bucket/faults.ts';
import type { Filter } from '../../src/lifecycle/filter.ts';
import type { SettingsChanges } from '../../src/lifecycle/operating.ts';
import type { ManifestEntry } from '../../src/store/manifest.ts';
import { NOBODY, type People, type Who } from '../../src/store/people.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../src/store/settings.ts';
import type { RequestedTtl } from '../../src/store/time-to-live.ts';
import type { CollectionName, ProjectName, RunName } from '../../src/values/names.ts';
import type { Seconds } from '../../src/values/units.ts';
import { tellHistory } from './tell-history.ts';

/** A number that picks one of what there is when the step is played: modulo how many there are. */
export type Nth = number;

/** Picks a version, and one of the names that it has then. */
export interface VersionPick {
  /**
   * The COMMITTED ones; those with links, named through one; those that a protected alias holds; those that were
   * deleted; those of whose files the bucket has only copies left; every one there ever was, where there is no other.
   */
  readonly among: 'committed' | 'linked' | 'protected' | 'deleted' | 'lacking' | 'ever';
  readonly at: Nth;
  /** Its index, one of its aliases, or one of its links. */
  readonly via: Nth;
}

/** Picks an artifact collection that stands, or names any. */
export type CollectionPick = { readonly at: Nth } | { readonly name: CollectionName };

/** Picks a run that stands, or names any. */
export type RunPick = { readonly at: Nth } | { readonly name: RunName };

/** Picks a version whose content is logged again. */
export interface Again {
  readonly at: Nth;
  /**
   * Those that are soft-deleted, best one that garbage collection has begun with; those of whose files the bucket has
   * only copies left; any, and where there is no other.
   */
  readonly among: 'deleted' | 'lacking' | 'ever';
  /** To its own sequence, whatever the step names. */
  readonly home: boolean;
}

/** What every way of logging gives beside the files. */
export interface Details {
  readonly aliases: readonly string[];
  readonly tags: readonly string[];
  readonly run: RunName | null;
  readonly ttl: RequestedTtl;
}

/** One step of a random history, and who takes it. Time, and garbage collection, pass whoever there is. */
export type Step = Action & { readonly by: Who };

/** What a step does. It says as little as it can in names of what exists, so that it shrinks well. */
export type Action =
  | {
      readonly kind: 'log';
      readonly committed: boolean;
      readonly collection: CollectionName;
      readonly artifactType: string | null;
      readonly entries: readonly ManifestEntry[];
      /** The content of a version that exists, in place of the entries. */
      readonly again: Again | null;
      readonly details: Details;
    }
  | {
      readonly kind: 'draft';
      readonly base: VersionPick;
      readonly add: readonly ManifestEntry[];
      readonly remove: readonly Nth[];
      readonly removeStrange: string | null;
      readonly details: Details;
    }
  | { readonly kind: 'end upload'; readonly how: 'commitVersion' | 'abandonVersion'; readonly at: Nth }
  | {
      readonly kind: 'alias';
      readonly version: VersionPick;
      readonly add: readonly string[];
      readonly remove: readonly string[];
      /** Aliases that it bears. */
      readonly removeBorne: readonly Nth[];
      readonly protect: readonly string[];
    }
  | {
      readonly kind: 'link';
      readonly version: VersionPick;
      readonly to: CollectionName;
      readonly aliases: readonly string[];
      /** Aliases that are protected as soon as it is linked. */
      readonly protect: readonly string[];
    }
  | { readonly kind: 'unlink'; readonly at: Nth }
  | { readonly kind: 'use'; readonly version: VersionPick; readonly run: RunName }
  | {
      readonly kind: 'delete';
      readonly version: VersionPick;
      readonly byId: boolean;
      readonly deleteAliases: boolean;
    }
  | { readonly kind: 'delete collection'; readonly collection: CollectionPick }
  | {
      readonly kind: 'delete run';
      readonly run: RunPick;
      readonly artifacts: boolean;
      /** Whether its owner deletes it, whoever takes the step. */
      readonly byOwner: boolean;
    }
  | { readonly kind: 'delete project'; readonly project: ProjectName }
  | {
      readonly kind: 'delete all';
      readonly collection: CollectionPick;
      readonly where: Filter;
      readonly deleteAliases: boolean;
    }
  | { readonly kind: 'restore' | 'recover'; readonly version: VersionPick }
  | { readonly kind: 'ttl'; readonly version: VersionPick; readonly ttl: RequestedTtl }
  | { readonly kind: 'team ttl'; readonly ttl: RequestedTtl; readonly membersMaySetTtl: boolean | null }
  | {
      readonly kind: 'bucket delete' | 'bucket undelete';
      readonly version: VersionPick;
      /** One of its files. */
      readonly file: Nth;
    }
  | { readonly kind: 'wait'; readonly duration: Seconds; readonly withJobs: boolean }
  | {
      readonly kind: 'collect';
      /** Whether the clock moves first, without its jobs, so that everything deleted so far is due. */
      readonly whenDue: boolean;
      /** After how many of its steps it crashes, run by run; without any, it runs to its end. */
      readonly crashes: readonly number[];
      /** What happens next, while what a crash left behind still waits. */
      readonly meanwhile: Step | null;
    }
  | { readonly kind: 'plan crash'; readonly afterSteps: number }
  | { readonly kind: 'change switches'; readonly changes: SettingsChanges }
  | { readonly kind: 'plan bucket faults'; readonly faults: readonly BucketFault[] }
  | ({ readonly kind: 'stray' } & Stray);

/** A step of garbage collection that nobody planned, at something whose turn it may not be at all (GC-8). */
export interface Stray {
  readonly what: StrayCommand;
  readonly at: Nth;
}

/** What can come astray. */
export type StrayCommand =
  | 'reviewVersions'
  | 'releaseHolds'
  | 'sweepObject'
  | 'closeVersion'
  | 'crashGarbageCollection'
  | 'forgetCrash';

/** With what a history begins: the switches of the server, who there is, and what will go wrong with the bucket. */
export interface Beginning {
  readonly settings: Settings;
  readonly people: People;
  readonly bucketFaults: readonly BucketFault[];
}

/** A server that nobody has touched, a team of nobody, and a bucket that does as it is told. */
export const PLAIN_BEGINNING: Beginning = { settings: DEFAULT_SETTINGS, people: NOBODY, bucketFaults: [] };

/** How a history begins, and what is done then. A counterexample tells it, a line each step. */
export class History {
  readonly beginning: Beginning;
  readonly steps: readonly Step[];

  constructor(beginning: Beginning, steps: readonly Step[]) {
    this.beginning = beginning;
    this.steps = steps;
  }

  [fc.toStringMethod](): string {
    return tellHistory(this);
  }
}
