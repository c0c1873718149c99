import { applyLifecycle, copiesDue } from '../../bucket/bucket.ts';
import type { BucketFault } from '../../bucket/faults.ts';
import { type BucketPolicy, providerName, softDeletesByDefault } from '../../bucket/policy.ts';
import { DEFAULT_SETTINGS, isBrought, type Settings, type Variable } from '../../store/settings.ts';
import type { Evolvers, Store } from '../../store/store.ts';
import { byCodePoint } from '../../values/order.ts';
import { formatDuration, type Instant, LARGEST_EXACT, later, type Seconds } from '../../values/units.ts';
import { accepted, type Decision, type Refused, refused } from '../decision.ts';
import type { CopiesDropped } from '../expiry/copy-expiry.ts';
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
 * `bad-setting` for unknown or invalid settings and faults, and for settings that a bucket cannot have (BKT-2, BKT-4,
 * GC-6).
 */
export function decideOperating(
  command: OperatingCommand,
  store: Store,
): Decision<OperatingEvent | CopiesDropped> {
  switch (command.type) {
    case 'changeSettings': {
      const odd = wrongSettings(command.changes);
      if (odd !== undefined) return odd;
      const settings = withChanges(store.settings, command.changes);
      const wrong = wrongBucket(settings);
      if (wrong !== undefined) return wrong;
      if (isSame(settings, store.settings)) return accepted([]);
      return accepted([
        { type: 'settingsChanged', changes: command.changes },
        ...copiesDropped(store, settings),
      ]);
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

// What changed lifecycle rules remove at once (BKT-3).
function copiesDropped(store: Store, { bucket: policy }: Settings): readonly CopiesDropped[] {
  if (policy.lifecycle === store.settings.bucket.lifecycle) return [];
  const bucket = { ...store.bucket };
  applyLifecycle(bucket, policy);
  const dropped = copiesDue(bucket, policy, store.now);
  return dropped.length === 0 ? [] : [{ type: 'copiesDropped', dropped }];
}

/** The settings at the start of a store, with defaults. A bucket that the operator brings is on AWS by default. */
export function startingSettings(changes: SettingsChanges): Settings {
  const settings = withChanges(DEFAULT_SETTINGS, changes);
  return isBrought(settings.deployment) && changes.bucket?.provider === undefined
    ? withChanges(settings, { bucket: { provider: 'aws' } })
    : settings;
}

/**
 * The settings after a change; a named environment variable replaces the old one. A bucket of another provider starts
 * with that provider's soft delete (BKT-4).
 */
export function withChanges(settings: Settings, changes: SettingsChanges): Settings {
  const { bucket, env, ...others } = changes;
  const provider = bucket?.provider ?? settings.bucket.provider;
  const isMoved = provider !== settings.bucket.provider;
  const softDelete = isMoved ? softDeletesByDefault(provider) : settings.bucket.softDelete;
  return {
    ...settings,
    ...others,
    bucket: { ...settings.bucket, softDelete, ...bucket },
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
 * Refuses with `bad-setting` what a bucket cannot have: versioning outside AWS, GCP, and MinIO (BKT-2), soft delete
 * outside Azure and GCP or for too few or too many days on GCP (BKT-4), or a managed bucket where the operator brings one.
 */
export function wrongBucket({ deployment, bucket }: Settings): Refused | undefined {
  const name = providerName(bucket.provider);
  if (bucket.versioning && (bucket.provider === 'azure' || bucket.provider === 'managed')) {
    return refused('noVersioning', { provider: name });
  }
  if (bucket.softDelete && bucket.provider === 'gcp') {
    const { softDeleteDays: days } = bucket;
    if (days < 7 || days > 90)
      return refused('softDeleteDaysOnGcp', { days: String(days) }, ['softDeleteDays']);
  } else if (bucket.softDelete && bucket.provider !== 'azure') {
    return refused('noSoftDelete', { provider: name });
  }
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
    const after = withChanges(store.settings, changes);
    store.settings = after;
    // Changed lifecycle rules also apply to existing copies, as in a real bucket.
    if (changes.bucket?.lifecycle !== undefined) applyLifecycle(store.bucket, after.bucket);
  },
  bucketFaultsPlanned: (store, event) => {
    store.bucketFaults = [...event.faults];
  },
  clockMoved: (store, event) => {
    store.now = event.to;
  },
};
