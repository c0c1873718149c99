import type { BucketFault } from '../../bucket/faults.ts';
import type { RuleId } from '../../rules/rules.ts';
import type { FileEntry } from '../../store/manifest.ts';
import type { People } from '../../store/people.ts';
import type { Settings } from '../../store/settings.ts';
import { emptyStore, type Store } from '../../store/store.ts';
import type { UnixTime } from '../../values/dates.ts';
import type { ProjectName } from '../../values/names.ts';
import type { Position } from '../yaml/diagnostic.ts';
import type { PathPart, YamlTree } from '../yaml/yaml-tree.ts';
import type { StoryClaim } from './schema-expect.ts';
import type { Step } from './schema-steps.ts';

/** A parsed scenario file. */
export interface Scenario {
  /** The name of the file, as the caller gave it. */
  readonly file: string;
  readonly title: string;
  readonly rules: readonly RuleId[];
  readonly about: string | null;
  /** The store that it starts from, with its settings and people; null for an empty store. */
  readonly from: Store | null;
  /** The real time of day 0, or null. */
  readonly begins: UnixTime | null;
  readonly settings: Settings;
  readonly people: People;
  /** The names of the registries, of which `people` has only the keys. */
  readonly registries: readonly ProjectName[];
  readonly bucketFaults: readonly BucketFault[];
  readonly given: readonly Step[];
  readonly steps: readonly Step[];
  /** Concurrent actors, whose steps can interleave in any order; empty without a `together` block. */
  readonly together: readonly TogetherActor[];
  /** How many crashes of the collector the exploration tries. */
  readonly crashes: number;
  /** What the exploration checks in addition to the properties of every store. */
  readonly claims: readonly StoryClaim[];
  /** The real folders that its steps read files from, with the place in the file that names each. */
  readonly folders: readonly FolderReference[];
}

/**
 * An actor of a `together` block. Its steps keep their order; steps of other actors can come in between. Only an actor
 * that is alone may have an `expect`.
 */
export interface TogetherActor {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** A real folder that a step names; its path is relative to the scenario. */
export interface FolderReference extends Position {
  readonly path: string;
}

/** The content of real folders, by the path that the scenario uses. */
export type Folders = ReadonlyMap<string, readonly FileEntry[]>;

/** The store in which a scenario begins. */
export function beginningOf({ from, begins, settings, people, bucketFaults }: Scenario): Store {
  if (from === null) return emptyStore(settings, people, bucketFaults, begins);
  // An exploration can override the settings of the story.
  return settings === from.settings ? from : Object.freeze({ ...from, settings });
}

/** For scenarios that name no real folders. */
export const NO_FOLDERS: Folders = new Map();

/** A step and its place in the file. */
export interface PlacedStep {
  readonly step: Step;
  readonly path: readonly PathPart[];
  readonly tree: YamlTree;
}
