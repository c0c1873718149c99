import type { BucketFault } from '../../bucket/faults.ts';
import type { SettingsChanges } from '../../lifecycle/operating.ts';
import { printable } from '../../values/names.ts';
import { formatDuration } from '../../values/units.ts';

/** Settings as a scenario writes them: `retention 7d`, `sharing entity`. */
export function settingTexts(settings: SettingsChanges): readonly string[] {
  const { retentionSeconds, gcEverySeconds, abandonAfterSeconds, sharing, latestAfterDelete } = settings;
  return [
    ...(settings.deployment === undefined ? [] : [`deployment ${settings.deployment}`]),
    ...(settings.env ?? []).map(({ name, value }) => `${printable(name, 60)}="${printable(value, 60)}"`),
    ...Object.entries(settings.bucket ?? {}).map(([key, value]) => `${key} ${value}`),
    ...(retentionSeconds === undefined ? [] : [`retention ${formatDuration(retentionSeconds)}`]),
    ...(gcEverySeconds === undefined ? [] : [`gcEvery ${formatDuration(gcEverySeconds)}`]),
    ...(abandonAfterSeconds === undefined ? [] : [`abandonAfter ${formatDuration(abandonAfterSeconds)}`]),
    ...(sharing === undefined ? [] : [`sharing ${sharing}`]),
    ...(latestAfterDelete === undefined ? [] : [`latestAfterDelete ${latestAfterDelete}`]),
    ...(settings.collector === undefined ? [] : [`collector ${settings.collector}`]),
  ];
}

/** Faults in words: `delete fails, 2 times`. */
export function faultTexts(faults: readonly BucketFault[]): readonly string[] {
  return faults.map(({ call, fault, times }) => `${call} ${fault}${times === 1 ? '' : `, ${times} times`}`);
}
