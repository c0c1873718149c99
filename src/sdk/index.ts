export type { BucketFault } from '../bucket/faults.ts';
export type { Command } from '../decider/command.ts';
export type { StoreEvent } from '../decider/event.ts';
export type { Plan } from '../insight/plan/plan.ts';
export type { Why } from '../insight/why.ts';
export type { Refusal } from '../lifecycle/decision.ts';
export type { SettingsChanges } from '../lifecycle/operation/operating.ts';
export type { RefusalCode } from '../rules/refusals.ts';
export type { RuleId } from '../rules/rules.ts';
export type { Paging } from '../service/paging.ts';
export type { HistoryEntry, Schedule } from '../service/turns.ts';
export type { Action } from '../simulator/action.ts';
export type { Role } from '../store/people.ts';
export type { Settings } from '../store/settings.ts';
export type { Store } from '../store/store.ts';
export type { VersionStateName } from '../store/version.ts';
export type { Bytes, Instant, Seconds } from '../values/units.ts';
export { Api } from './api.ts';
export { Artifact, type ArtifactConstructor } from './artifact/artifact.ts';
export type { Content, ReferenceDetails, Size, SyntheticContent } from './artifact/content.ts';
export {
  ApiError,
  ArtifactFinalizedError,
  ArtifactNotLoggedError,
  ArtifactStatusError,
  CommError,
  ValueError,
} from './errors.ts';
export type { Registries, Roles, Team } from './input/settings.ts';
export { ArtifactTTL, type Timedelta, type TimedeltaParts, timedelta } from './input/timedelta.ts';
export type {
  ArtifactManifest,
  ArtifactManifestEntry,
  DownloadedFile,
  File,
  NewFile,
} from './public/files.ts';
export type { Pages, PerPage, SizedPages } from './public/pages.ts';
export type { ArtifactCollection, ArtifactType, Run } from './public/types.ts';
export type { RunOptions } from './run.ts';
export { type Effects, type Perspective, Simulator, type SimulatorOptions } from './simulator.ts';
