import type { z } from 'zod';
import type { BucketFault } from '../../bucket/faults.ts';
import type { BucketPolicy, LifecycleRule } from '../../bucket/policy.ts';
import {
  type SettingsChanges,
  startingSettings as startingWith,
} from '../../lifecycle/operation/operating.ts';
import type { Settings } from '../../store/settings.ts';
import { present } from '../../values/present.ts';
import type { server } from './schema-server.ts';

/** A parsed `server` block or step. */
export type ServerInput = z.output<typeof server>;

/** The settings that a `server` block or step changes. */
export function settingsOf(input: ServerInput): SettingsChanges {
  const { retention, gcEvery, abandonAfter, env, bucket, 'bucket faults': _faults, ...others } = input;
  return present<SettingsChanges>({
    ...others,
    env: env?.map(([name, value]) => ({ name, value })),
    bucket:
      bucket &&
      present<Partial<BucketPolicy>>({
        ...bucket,
        lifecycle: bucket.lifecycle?.map((rule) => present<LifecycleRule>(rule)),
      }),
    retentionSeconds: retention,
    gcEverySeconds: gcEvery,
    abandonAfterSeconds: abandonAfter,
  });
}

/** The settings in which a story begins: those of its `server` block, and defaults. */
export function startingSettings(input: ServerInput): Settings {
  return startingWith(settingsOf(input));
}

/** The faults that a `server` block or step plans; undefined if it plans none. */
export function faultsOf(input: ServerInput): readonly BucketFault[] | undefined {
  return input['bucket faults']?.map(({ call, fault, times = 1 }) => ({ call, fault, times }));
}
