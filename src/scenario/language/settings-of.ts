import type { z } from 'zod';
import type { BucketFault } from '../../bucket/faults.ts';
import type { BucketPolicy } from '../../bucket/policy.ts';
import { type SettingsChanges, startingSettings as startingWith } from '../../lifecycle/operating.ts';
import type { Settings } from '../../store/settings.ts';
import type { server } from './schema-server.ts';

/** The switches of a `server` block or step, as they were read. */
export type Switches = z.output<typeof server>;

/** The switches that a `server` block or step names. */
export function settingsOf(switches: Switches): SettingsChanges {
  const { retention, gcEvery, abandonAfter, env, bucket, deployment, sharing, latestAfterDelete, collector } =
    switches;
  return {
    ...(deployment === undefined ? {} : { deployment }),
    ...(env === undefined ? {} : { env: env.map(([name, value]) => ({ name, value })) }),
    ...(bucket === undefined ? {} : { bucket: named(bucket) }),
    ...(retention === undefined ? {} : { retentionSeconds: retention }),
    ...(gcEvery === undefined ? {} : { gcEverySeconds: gcEvery }),
    ...(abandonAfter === undefined ? {} : { abandonAfterSeconds: abandonAfter }),
    ...(sharing === undefined ? {} : { sharing }),
    ...(latestAfterDelete === undefined ? {} : { latestAfterDelete }),
    ...(collector === undefined ? {} : { collector }),
  };
}

/** The switches with which a story begins: what it does not name has its default. */
export function startingSettings(switches: Switches): Settings {
  return startingWith(settingsOf(switches));
}

/** The faults that a `server` block or step plans, or undefined where it plans none. */
export function faultsOf(switches: Switches): readonly BucketFault[] | undefined {
  return switches['bucket faults']?.map(({ call, fault, times = 1 }) => ({ call, fault, times }));
}

// A key that the file leaves out must not stand for "undefined".
function named(bucket: NonNullable<Switches['bucket']>): Partial<BucketPolicy> {
  return Object.fromEntries(
    Object.entries(bucket).filter(([, value]) => value !== undefined),
  ) as Partial<BucketPolicy>;
}
