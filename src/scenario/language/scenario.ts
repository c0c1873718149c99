import type { BucketFault } from '../../bucket/faults.ts';
import type { RuleId } from '../../rules/rules.ts';
import type { FileEntry } from '../../store/manifest.ts';
import type { People } from '../../store/people.ts';
import type { Settings } from '../../store/settings.ts';
import { emptyStore, type Store } from '../../store/store.ts';
import type { Position } from '../yaml/diagnostic.ts';
import type { PathPart, YamlTree } from '../yaml/yaml-tree.ts';
import type { DoingStep, Step } from './schema-steps.ts';

/** A scenario file as it was read: a story that can be played. */
export interface Scenario {
  /** The name of the file, as whoever read it gave it. */
  readonly file: string;
  readonly title: string;
  readonly rules: readonly RuleId[];
  readonly about: string | null;
  /** The store that it goes on from, with its switches and people; null where it begins with an empty one. */
  readonly from: Store | null;
  readonly settings: Settings;
  readonly people: People;
  readonly bucketFaults: readonly BucketFault[];
  readonly given: readonly Step[];
  readonly steps: readonly Step[];
  /** Several actors at once, whose steps may come in any order; none where the story is told by its steps alone. */
  readonly together: readonly TogetherActor[];
  /** How many times the collector may crash when the story is explored. */
  readonly crashes: number;
  /** The real folders that its steps take their files from, with the place that names each. */
  readonly folders: readonly FolderReference[];
}

/** An actor of a `together` block: its steps come in their order, and those of the others in between. */
export interface TogetherActor {
  readonly name: string;
  readonly steps: readonly DoingStep[];
}

/** A real folder that a step names, relative to the scenario. */
export interface FolderReference extends Position {
  readonly path: string;
}

/** What the real folders contain, by the path that names each in the scenario. */
export type Folders = ReadonlyMap<string, readonly FileEntry[]>;

/** The store that a scenario begins with. */
export function beginningOf({ from, settings, people, bucketFaults }: Scenario): Store {
  if (from === null) return emptyStore(settings, people, bucketFaults);
  // Whoever explores a story may do so under other switches than its own.
  return settings === from.settings ? from : Object.freeze({ ...from, settings });
}

/** No real folders, for scenarios that name none. */
export const NO_FOLDERS: Folders = new Map();

/** A step with its place in the file, from which the place of each of its parts is found. */
export interface PlacedStep {
  readonly step: Step;
  readonly path: readonly PathPart[];
  readonly tree: YamlTree;
}
