import { LARGEST_EXACT, type Seconds } from '../values/units.ts';
import { ValueError } from './errors.ts';

/** A length of time in whole seconds. Python: `datetime.timedelta`. */
export type Timedelta = Seconds;

/** The parts of a length of time; those that are left out are 0. */
export interface TimedeltaParts {
  readonly weeks?: number;
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
}

const SECONDS_IN = { weeks: 604_800, days: 86_400, hours: 3_600, minutes: 60, seconds: 1 } as const;

/**
 * A length of time: `timedelta({ days: 30 })`. Python: `datetime.timedelta(days=30)`. Throws `ValueError` for what is not
 * a whole number of seconds, or negative, or too large to be counted exactly.
 */
export function timedelta(parts: TimedeltaParts): Timedelta {
  const names = Object.keys(SECONDS_IN) as (keyof TimedeltaParts)[];
  const total = names.reduce((sum, name) => sum + (parts[name] ?? 0) * SECONDS_IN[name], 0);
  if (!Number.isInteger(total) || total < 0 || total > LARGEST_EXACT) {
    throw new ValueError(`a timedelta is a whole number of seconds, 0 or more, and not ${total}`);
  }
  return total as Timedelta;
}

/** What a TTL can be set to beside a duration and null. Python: `wandb.ArtifactTTL`. */
export const ArtifactTTL = Object.freeze({
  /** The team's default, whatever it is at the time (TTL-3; basis: doc). */
  INHERIT: 'inherit',
} as const);
/** One of them. */
export type ArtifactTTL = (typeof ArtifactTTL)[keyof typeof ArtifactTTL];
