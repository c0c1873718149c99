import { type BucketPolicy, MANAGED_BUCKET } from '../bucket/policy.ts';
import { type Seconds, seconds } from '../values/units.ts';

/** The scope within which equal content is stored once (LOG-7): one sequence, or everything an entity owns. */
export const SHARINGS = ['collection', 'entity'] as const;
/** A value of the setting `sharing`. */
export type Sharing = (typeof SHARINGS)[number];

/** What `latest` resolves to after its version was deleted (ALI-6): nothing, or the newest version. */
export const LATEST_AFTER_DELETE = ['absent', 'resolve-newest'] as const;
/** A value of the setting `latestAfterDelete`. */
export type LatestAfterDelete = (typeof LATEST_AFTER_DELETE)[number];

/** What happens to references to a version that is to be deleted (DEL-18): they dangle, or they hold it. */
export const ARTIFACT_REFERENCES = ['dangle', 'hold'] as const;
/** A value of the setting `artifactReferences`. */
export type ArtifactReferencesSetting = (typeof ARTIFACT_REFERENCES)[number];

/** How the service is deployed, which decides whether garbage collection runs (GC-6). */
export const DEPLOYMENTS = [
  'shared-cloud',
  'dedicated-cloud',
  'bring-your-own-bucket',
  'self-managed',
] as const;
/** A value of the setting `deployment`. */
export type Deployment = (typeof DEPLOYMENTS)[number];

/** Whether the operator, not the service, provides the bucket (GC-6). */
export function isBrought(deployment: Deployment): boolean {
  return deployment === 'bring-your-own-bucket' || deployment === 'self-managed';
}

/** The garbage collectors: two correct ones, and others that are flawed on purpose. */
export const COLLECTOR_NAMES = [
  'reference-counting',
  'mark-and-sweep',
  'deletes-at-once',
  'asks-neighbors-only',
  'forgets-uploads',
  'counts-at-review',
  'not-resumable',
  'ignores-restore',
] as const;
/** A value of the setting `collector`. */
export type CollectorName = (typeof COLLECTOR_NAMES)[number];

const CORRECT_COLLECTORS: ReadonlySet<CollectorName> = new Set(['reference-counting', 'mark-and-sweep']);

/** Whether a collector keeps the rules. Invariants do not hold under a flawed one. */
export function isCorrect(collector: CollectorName): boolean {
  return CORRECT_COLLECTORS.has(collector);
}

/** An environment variable of the server. Users choose its name, so it is never a key of an object. */
export interface Variable {
  readonly name: string;
  readonly value: string;
}

/** The settings of the simulated server. */
export interface Settings {
  /** How the service is deployed (GC-6). */
  readonly deployment: Deployment;
  /** The environment variables, each name once, in code-point order. */
  readonly env: readonly Variable[];
  /** The configuration of the bucket (BKT-1 to BKT-4, GC-7). */
  readonly bucket: BucketPolicy;
  /** How long a soft-deleted version is guaranteed to keep its files, in seconds (DEL-15, GC-1). */
  readonly retentionSeconds: Seconds;
  /** Scheduled jobs run at each multiple of this many seconds, at least 1 (GC-1). */
  readonly gcEverySeconds: Seconds;
  /** The age in seconds at which an uncommitted upload is abandoned, at the next scheduled run (LOG-8). */
  readonly abandonAfterSeconds: Seconds;
  /** The scope within which equal content is stored once (LOG-7). */
  readonly sharing: Sharing;
  /** What `latest` resolves to after its version was deleted (ALI-6). */
  readonly latestAfterDelete: LatestAfterDelete;
  /** Whether each run that ends logs its history as an artifact, as the service does (DEL-17). */
  readonly runHistoryArtifacts: boolean;
  /** What happens to references when the version that they point to is to be deleted (DEL-18). */
  readonly artifactReferences: ArtifactReferencesSetting;
  /** The garbage collector (GC-2). */
  readonly collector: CollectorName;
}

/** The default settings. */
export const DEFAULT_SETTINGS: Settings = Object.freeze({
  deployment: 'shared-cloud',
  env: Object.freeze([]),
  bucket: MANAGED_BUCKET,
  retentionSeconds: seconds(7 * 86_400),
  gcEverySeconds: seconds(6 * 3_600),
  abandonAfterSeconds: seconds(7 * 86_400),
  sharing: 'collection',
  latestAfterDelete: 'absent',
  runHistoryArtifacts: false,
  artifactReferences: 'dangle',
  collector: 'reference-counting',
});
