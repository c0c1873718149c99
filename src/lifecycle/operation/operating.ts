import { trimCopies } from '../../bucket/bucket.ts';
import type { BucketFault } from '../../bucket/faults.ts';
import { flavorOf } from '../../bucket/flavor-of.ts';
import { type BucketPolicy, providerName } from '../../bucket/policy.ts';
import { DEFAULT_SETTINGS, isBrought, type Settings, type Variable } from '../../store/settings.ts';
import type { Evolvers, Store } from '../../store/store.ts';
import { byCodePoint } from '../../values/order.ts';
import { formatDuration, type Instant, LARGEST_EXACT, later, type Seconds } from '../../values/units.ts';
import { accepted, type Decision, type Refused, refused } from '../decision.ts';
import { wrongFaults, wrongSettings } from './setting-checks.ts';

/** Changes the settings that it names, as an operator would; the others stay. */
export interface ChangeSettings {
  readonly type: 'changeSettings';
  readonly changes: SettingsChanges;
}

/** Changes of settings; of the bucket and the environment, only what is named changes. */
export type SettingsChanges = Partial<
  Omit<Settings, 'bucket'> & {
    /** Only the named settings of the bucket change. */
    readonly bucket: Partial<BucketPolicy>;
  }
>;

/** Plans the faults of the next calls to the bucket, replacing those planned before. */
export interface PlanBucketFaults {
  readonly type: 'planBucketFaults';
  readonly faults: readonly BucketFault[];
}

/** Moves only the clock; scheduled jobs are separate commands. */
export interface MoveClock {
  readonly type: 'moveClock';
  readonly bySeconds: Seconds;
}

/** The commands of this chapter. */
export type OperatingCommand = ChangeSettings | PlanBucketFaults | MoveClock;

/** ServerInput of the server changed. */
export interface SettingsChanged {
  readonly type: 'settingsChanged';
  readonly changes: SettingsChanges;
}

/** The faults of the next calls to the bucket were planned. */
export interface BucketFaultsPlanned {
  readonly type: 'bucketFaultsPlanned';
  readonly faults: readonly BucketFault[];
}

/** The clock moved. */
export interface ClockMoved {
  readonly type: 'clockMoved';
  readonly to: Instant;
}

/** The events of this chapter. */
export type OperatingEvent = SettingsChanged | BucketFaultsPlanned | ClockMoved;

/**
 * Decides what an operator does. Refuses with `too-large` if the clock could no longer count seconds exactly;
 * `bad-setting` for unknown or invalid settings and faults, and for settings that a bucket cannot have (GC-7, BKT-2,
 * BKT-4).
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

/** The settings at the start of a store, with defaults. A bucket that the operator brings is on AWS by default. */
export function startingSettings(changes: SettingsChanges): Settings {
  const settings = withChanges(DEFAULT_SETTINGS, changes);
  return isBrought(settings.deployment) && changes.bucket?.provider === undefined
    ? withChanges(settings, { bucket: { provider: 'aws' } })
    : settings;
}

/** The settings after a change; a named environment variable replaces the old one. */
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
 * Refuses with `bad-setting` what a bucket cannot have: versioning outside AWS, GCP, and MinIO, soft delete outside
 * Azure (GC-7), settings of the service's own bucket, or a managed bucket where the operator brings one.
 */
export function wrongBucket({ deployment, bucket }: Settings): Refused | undefined {
  const name = providerName(bucket.provider);
  if (bucket.versioning && (bucket.provider === 'azure' || bucket.provider === 'managed')) {
    return refused('noVersioning', { provider: name });
  }
  if (bucket.softDelete && bucket.provider !== 'azure') return refused('noSoftDelete', { provider: name });
  return isBrought(deployment) && bucket.provider === 'managed'
    ? refused('noManagedBucket', { deployment })
    : undefined;
}

function isSame<Plan extends Settings | readonly BucketFault[]>(left: Plan, right: Plan): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** The evolvers of this chapter. */
export const EVOLVE_OPERATING: Evolvers<OperatingEvent> = {
  settingsChanged: (store, { changes }) => {
    const before = store.settings;
    const after = withChanges(before, changes);
    store.settings = after;
    // A lifecycle rule that became stricter also applies to existing copies, as in a real bucket.
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
