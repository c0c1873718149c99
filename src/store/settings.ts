import { type BucketPolicy, MANAGED_BUCKET } from '../bucket/policy.ts';
import { type Seconds, seconds } from '../values/units.ts';

/** Within what equal content is stored once (LOG-7): one sequence, or everything that an entity owns. */
export const SHARINGS = ['collection', 'entity'] as const;
/** One of them. */
export type Sharing = (typeof SHARINGS)[number];

/** What a look-up of `latest` finds after its version was deleted (ALI-6): nothing, or the newest version. */
export const LATEST_AFTER_DELETE = ['absent', 'resolve-newest'] as const;
/** One of them. */
export type LatestAfterDelete = (typeof LATEST_AFTER_DELETE)[number];

/** How the service is run, on which it depends whether garbage collection runs at all (GC-6). */
export const DEPLOYMENTS = [
  'shared-cloud',
  'dedicated-cloud',
  'bring-your-own-bucket',
  'self-managed',
] as const;
/** One of them. */
export type Deployment = (typeof DEPLOYMENTS)[number];

/** Whether the operator brings the bucket, and not the service (GC-6). */
export function isBrought(deployment: Deployment): boolean {
  return deployment === 'bring-your-own-bucket' || deployment === 'self-managed';
}

/** How garbage is collected: by one of the two right collectors, or by one that is wrong on purpose. */
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
/** One of them. */
export type CollectorName = (typeof COLLECTOR_NAMES)[number];

const RIGHT_COLLECTORS: ReadonlySet<CollectorName> = new Set(['reference-counting', 'mark-and-sweep']);

/** Whether a collector is meant to keep the rules; of one that is wrong on purpose, nothing can be taken for granted. */
export function isRight(collector: CollectorName): boolean {
  return RIGHT_COLLECTORS.has(collector);
}

/** A variable of the server's environment. Its name is chosen by a user, and so no key of an object. */
export interface Variable {
  readonly name: string;
  readonly value: string;
}

/** The switches of the simulated server. */
export interface Settings {
  /** How the service is run (GC-6). */
  readonly deployment: Deployment;
  /** The server's environment, each name once, in code-point order. */
  readonly env: readonly Variable[];
  /** How the bucket is configured (BKT-1 to BKT-4, GC-7). */
  readonly bucket: BucketPolicy;
  /** For how long a soft-deleted version surely keeps its files, in seconds (DEL-15, GC-1). */
  readonly retentionSeconds: Seconds;
  /** Garbage collection runs at each multiple of this many seconds, at least 1 (GC-1). */
  readonly gcEverySeconds: Seconds;
  /** After how many seconds an upload that nobody commits is given up, at the next scheduled run (LOG-8). */
  readonly abandonAfterSeconds: Seconds;
  /** Within what equal content is stored once (LOG-7). */
  readonly sharing: Sharing;
  /** What a look-up of `latest` finds after its version was deleted (ALI-6). */
  readonly latestAfterDelete: LatestAfterDelete;
  /** How garbage is collected (GC-2). */
  readonly collector: CollectorName;
}

/** The switches of a server that nobody has touched. */
export const DEFAULT_SETTINGS: Settings = Object.freeze({
  deployment: 'shared-cloud',
  env: Object.freeze([]),
  bucket: MANAGED_BUCKET,
  retentionSeconds: seconds(7 * 86_400),
  gcEverySeconds: seconds(6 * 3_600),
  abandonAfterSeconds: seconds(7 * 86_400),
  sharing: 'collection',
  latestAfterDelete: 'absent',
  collector: 'reference-counting',
});
