import type { BucketFault } from '../../bucket/faults.ts';
import { lifecycleText } from '../../bucket/lifecycle.ts';
import type { SettingsChanges } from '../../lifecycle/operation/operating.ts';
import { printable } from '../../values/names.ts';
import { formatDuration } from '../../values/units.ts';

/** Settings as a scenario writes them: `retention 7d`, `sharing entity`. */
export function settingTexts(changes: SettingsChanges): readonly string[] {
  const { env = [], bucket = {}, retentionSeconds, gcEverySeconds, abandonAfterSeconds, ...words } = changes;
  const durations = {
    retention: retentionSeconds,
    gcEvery: gcEverySeconds,
    abandonAfter: abandonAfterSeconds,
  };
  return [
    ...Object.entries(words).map(([setting, value]) => `${setting} ${value}`),
    ...env.map(({ name, value }) => `${printable(name, 60)}="${printable(value, 60)}"`),
    ...Object.entries(bucket).map(
      ([setting, value]) => `${setting} ${Array.isArray(value) ? lifecycleText(value) : value}`,
    ),
    ...Object.entries(durations).flatMap(([setting, length]) =>
      length === undefined ? [] : [`${setting} ${formatDuration(length)}`],
    ),
  ];
}

/** Faults in words: `delete fails, 2 times`. */
export function faultTexts(faults: readonly BucketFault[]): readonly string[] {
  return faults.map(({ call, fault, times }) => `${call} ${fault}${times === 1 ? '' : `, ${times} times`}`);
}
