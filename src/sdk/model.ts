export type { BucketFault } from '../bucket/faults.ts';
export type { BucketPolicy, LifecycleRule } from '../bucket/policy.ts';
export type { Command, CommandType } from '../decider/command.ts';
export { decide } from '../decider/decide.ts';
export { EVENT_TYPES, type StoreEvent, type StoreEventType } from '../decider/event.ts';
export { evolve } from '../decider/evolve.ts';
export type { Actor, Claim, Exploration, Footprint, Move, Names, State } from '../explore/exploration.ts';
export {
  type Counterexample,
  explore,
  type SearchOptions,
  type SearchResult,
  type Verdict,
} from '../explore/explore.ts';
export { PROPERTIES, type Property } from '../explore/properties.ts';
export type { Choice, Transition } from '../explore/transitions.ts';
export { missingRequirements } from '../gc/requirements.ts';
export { nextStep } from '../gc/steps.ts';
export { type Figures, figuresOf } from '../insight/figures.ts';
export type { DeletionCommand } from '../insight/plan/deletions.ts';
export { type Plan, plan } from '../insight/plan/plan.ts';
export { type Timeline, timelineOf } from '../insight/timeline.ts';
export { type Usage, usage } from '../insight/usage/usage.ts';
export { type Finding, type Verification, verify } from '../insight/verify.ts';
export { type Holder, type Why, why } from '../insight/why.ts';
export type { Decision, Refusal } from '../lifecycle/decision.ts';
export type { Filter } from '../lifecycle/deletion/filter.ts';
export type { SettingsChanges } from '../lifecycle/operation/operating.ts';
export type { Block, Line, Table as AnswerTable } from '../narration/block.ts';
export { plainText } from '../narration/layout/plain-text.ts';
export type { Reference, Sentence } from '../narration/sentence.ts';
export { REFUSAL_CODES, type RefusalCode } from '../rules/refusals.ts';
export { RULES, type Rule, type RuleId, ruleById } from '../rules/rules.ts';
export type { Source } from '../rules/sources.ts';
export { Simulator as StoreShell } from '../simulator/simulator.ts';
export type { ArtifactCollection } from '../store/artifact-collection.ts';
export { holdersOf } from '../store/holders.ts';
export { brokenInvariants } from '../store/invariants/invariants.ts';
export type { Link } from '../store/link.ts';
export { type Found, find, fullNameOfVersion, nameOfVersion, versionAt } from '../store/look-up.ts';
export {
  amendedManifest,
  entryAt,
  type FileEntry,
  type Manifest,
  type ManifestEntry,
  manifestOf,
  type ReferenceEntry,
} from '../store/manifest.ts';
export { type Members, NOBODY, type People, type Role, type Who } from '../store/people.ts';
export type { Project } from '../store/project.ts';
export type { Run } from '../store/run.ts';
export { DEFAULT_SETTINGS, type Settings } from '../store/settings.ts';
export { emptyStore, type Store } from '../store/store.ts';
export type { StoredObject } from '../store/stored-object.ts';
export { parseTtl, type RequestedTtl, type TimeToLive } from '../store/time-to-live.ts';
export type { Version, VersionState, VersionStateName } from '../store/version.ts';
export type { UnixTime } from '../values/dates.ts';
export {
  type ContentDigest,
  type ContentHasher,
  contentHasher,
  digestOfName,
  type ManifestDigest,
} from '../values/digest.ts';
export {
  type Alias,
  type CollectionId,
  type CollectionName,
  type FileName,
  type LinkId,
  type ObjectId,
  type ProjectId,
  type ProjectName,
  parseCollectionName,
  parseFileName,
  parseProjectName,
  parseRunName,
  parseVersionName,
  printable,
  type RunId,
  type RunName,
  type Selector,
  shortVersionName,
  type VersionId,
  type VersionName,
} from '../values/names.ts';
export type { Parsed } from '../values/result.ts';
export { emptySortedTable, type SortedTable } from '../values/sorted-table.ts';
export type { Table } from '../values/table.ts';
export {
  type Bytes,
  bytes,
  formatDuration,
  formatInstant,
  formatSize,
  type Instant,
  parseDuration,
  parseSize,
  type Seconds,
  seconds,
} from '../values/units.ts';
export { describeFindings, describePlan, describeWhy } from './descriptions.ts';
