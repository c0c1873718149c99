import type { z } from 'zod';
import type { Settings } from '../store/settings.ts';
import { formatDuration } from '../values/units.ts';
import type { server } from './schema-steps.ts';

/** The switches that a `server` block or step names. */
export function settingsOf(switches: z.output<typeof server>): Partial<Settings> {
  return {
    ...(switches.retention === undefined ? {} : { retentionSeconds: switches.retention }),
    ...(switches.gcEvery === undefined ? {} : { gcEverySeconds: switches.gcEvery }),
    ...(switches.abandonAfter === undefined ? {} : { abandonAfterSeconds: switches.abandonAfter }),
    ...(switches.sharing === undefined ? {} : { sharing: switches.sharing }),
    ...(switches.latestAfterDelete === undefined ? {} : { latestAfterDelete: switches.latestAfterDelete }),
  };
}

/** Switches as a scenario writes them: `retention 7d`, `sharing entity`. */
export function switchTexts(settings: Partial<Settings>): readonly string[] {
  const { retentionSeconds, gcEverySeconds, abandonAfterSeconds, sharing, latestAfterDelete } = settings;
  return [
    ...(retentionSeconds === undefined ? [] : [`retention ${formatDuration(retentionSeconds)}`]),
    ...(gcEverySeconds === undefined ? [] : [`gcEvery ${formatDuration(gcEverySeconds)}`]),
    ...(abandonAfterSeconds === undefined ? [] : [`abandonAfter ${formatDuration(abandonAfterSeconds)}`]),
    ...(sharing === undefined ? [] : [`sharing ${sharing}`]),
    ...(latestAfterDelete === undefined ? [] : [`latestAfterDelete ${latestAfterDelete}`]),
  ];
}
