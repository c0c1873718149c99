import { trimCopies } from '../bucket/bucket.ts';
import type { BucketFault } from '../bucket/faults.ts';
import { flavorOf } from '../bucket/flavor-of.ts';
import { type BucketPolicy, providerName } from '../bucket/policy.ts';
import { DEFAULT_SETTINGS, isBrought, type Settings, type Variable } from '../store/settings.ts';
import type { Evolvers, Store } from '../store/store.ts';
import { byCodePoint } from '../values/order.ts';
import { formatDuration, type Instant, LARGEST_EXACT, later, type Seconds } from '../values/units.ts';
import { accepted, type Decision, type Refused, refused } from './decision.ts';
import { wrongFaults, wrongSettings } from './setting-checks.ts';

/** Changes the switches that it names, as an operator would; the others stay. */
export interface ChangeSettings {
  readonly type: 'changeSettings';
  readonly changes: SettingsChanges;
}

/** Switches with other values: of the bucket and of the environment only those that are named. */
export type SettingsChanges = Partial<
  Omit<Settings, 'bucket'> & {
    /** Of the bucket only what is named. */
    readonly bucket: Partial<BucketPolicy>;
  }
>;

/** Plans what is to go wrong with the next calls to the bucket, in the place of what was planned before. */
export interface PlanBucketFaults {
  readonly type: 'planBucketFaults';
  readonly faults: readonly BucketFault[];
}

/** Moves the clock, and nothing else: the scheduled jobs are commands of their own. */
export interface MoveClock {
  readonly type: 'moveClock';
  readonly bySeconds: Seconds;
}

/** Everything that can be asked for in this chapter. */
export type OperatingCommand = ChangeSettings | PlanBucketFaults | MoveClock;

/** Some switches of the server have other values. */
export interface SettingsChanged {
  readonly type: 'settingsChanged';
  readonly changes: SettingsChanges;
}

/** The next calls to the bucket will meet these faults. */
export interface BucketFaultsPlanned {
  readonly type: 'bucketFaultsPlanned';
  readonly faults: readonly BucketFault[];
}

/** It is later. */
export interface ClockMoved {
  readonly type: 'clockMoved';
  readonly to: Instant;
}

/** Everything that can happen in this chapter. */
export type OperatingEvent = SettingsChanged | BucketFaultsPlanned | ClockMoved;

/**
 * Decides what the operator does. Refused: `too-large`, for a clock that could no longer count seconds exactly;
 * `bad-setting`, for a setting or a fault that there is not, and for a bucket that is no such bucket (GC-7, BKT-2, BKT-4;
 * basis: doc).
 */
export function decideOperating(command: OperatingCommand, store: Store): Decision<OperatingEvent> {
  switch (command.type) {
    case 'changeSettings': {
      const odd = wrongSettings(command.changes);
      if (odd !== undefined) return odd;
      const settings = withChanges(store.settings, command.changes);
      const wrong = wrongBucket(settings);
      if (wrong !== undefined) return wrong;
      if (isSame(settings, store.settings)) return accepted([]);
      return accepted([{ type: 'settingsChanged', changes: command.changes }]);
    }
    case 'planBucketFaults': {
      const odd = wrongFaults(command.faults);
      if (odd !== undefined) return odd;
      if (isSame(command.faults, store.bucketFaults)) return accepted([]);
      return accepted([{ type: 'bucketFaultsPlanned', faults: command.faults }]);
    }
    case 'moveClock':
      if (command.bySeconds === 0) return accepted([]);
      if (store.now + command.bySeconds > LARGEST_EXACT) {
        return refused('tooLate', { given: formatDuration(command.bySeconds) });
      }
      return accepted([{ type: 'clockMoved', to: later(store.now, command.bySeconds) }]);
  }
}

/**
 * The switches with which a store begins: what is not named has its default. Where the operator brings the bucket and does
 * not say from whom, it is one of AWS (basis: chosen).
 */
export function startingSettings(changes: SettingsChanges): Settings {
  const settings = withChanges(DEFAULT_SETTINGS, changes);
  return isBrought(settings.deployment) && changes.bucket?.provider === undefined
    ? withChanges(settings, { bucket: { provider: 'aws' } })
    : settings;
}

/** The switches after a change: a variable that is named replaces the one of its name. */
export function withChanges(settings: Settings, changes: SettingsChanges): Settings {
  const { bucket, env, ...others } = changes;
  return {
    ...settings,
    ...others,
    bucket: { ...settings.bucket, ...bucket },
    env: env === undefined ? settings.env : mergedEnv(settings.env, env),
  };
}

function mergedEnv(before: readonly Variable[], changed: readonly Variable[]): readonly Variable[] {
  const values = new Map([...before, ...changed].map(({ name, value }) => [name, value]));
  return [...values]
    .map(([name, value]): Variable => ({ name, value }))
    .sort((left, right) => byCodePoint(left.name, right.name));
}

/**
 * Refuses with `bad-setting` what a bucket of its provider does not have: versioning is for AWS, GCP and MinIO, soft
 * delete for Azure (GC-7; basis: doc), and the service's own bucket is not the operator's to set, nor to be had where
 * the operator brings the bucket.
 */
export function wrongBucket({ deployment, bucket }: Settings): Refused | undefined {
  const name = providerName(bucket.provider);
  if (bucket.versioning && (bucket.provider === 'azure' || bucket.provider === 'managed')) {
    return refused('noVersioning', {
      provider: name,
      call: 'server: { bucket: { provider: aws, versioning: true } }',
    });
  }
  if (bucket.softDelete && bucket.provider !== 'azure')
    return refused('noSoftDelete', {
      provider: name,
      call: 'server: { bucket: { provider: azure, softDelete: true } }',
    });
  return isBrought(deployment) && bucket.provider === 'managed'
    ? refused('noManagedBucket', { deployment, call: 'server: { bucket: { provider: aws } }' })
    : undefined;
}

function isSame<Plan extends Settings | readonly BucketFault[]>(left: Plan, right: Plan): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** What the events of this chapter change. */
export const EVOLVE_OPERATING: Evolvers<OperatingEvent> = {
  settingsChanged: (store, { changes }) => {
    const before = store.settings;
    const after = withChanges(before, changes);
    store.settings = after;
    // A lifecycle rule that became stricter applies to the copies that are there, as it would for a real bucket.
    const most = ({ bucket }: Settings) => flavorOf(bucket).mostNoncurrent(bucket);
    if (most(after) < most(before)) trimCopies(store.bucket, after.bucket, store.now);
  },
  bucketFaultsPlanned: (store, event) => {
    store.bucketFaults = [...event.faults];
  },
  clockMoved: (store, event) => {
    store.now = event.to;
  },
};
