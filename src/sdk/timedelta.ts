import { printable } from '../values/names.ts';
import type { Seconds } from '../values/units.ts';
import { kindOf, noSeconds, optionsIn, secondsIn } from './arguments.ts';

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

const SECONDS_IN: ReadonlyMap<string, number> = new Map(
  Object.entries({ weeks: 604_800, days: 86_400, hours: 3_600, minutes: 60, seconds: 1 }),
);

const MICROSECONDS = 1_000_000;

/**
 * A length of time: `timedelta({ days: 30 })`. Python: `datetime.timedelta(days=30)`, which rounds the sum to microseconds
 * too. Throws `ValueError` for what is not a whole number of seconds then, or negative, or too large to be counted exactly;
 * and `TypeError` for a part that there is none of, or that is no number.
 */
export function timedelta(parts: TimedeltaParts): Timedelta {
  const given = Object.entries(optionsIn(parts, 'days: 30')).map(([name, part]) => partIn(name, part));
  const whole = given.reduce((sum, { amount, unit }) => sum + Math.trunc(amount) * unit, 0);
  // The fractions apart, so that they are not lost beside many whole seconds.
  const rest = given.reduce((sum, { amount, unit }) => sum + (amount % 1) * unit * MICROSECONDS, 0);
  const seconds = Math.round(rest / MICROSECONDS);
  if (Math.abs(rest - seconds * MICROSECONDS) <= 0.5) return secondsIn(whole + seconds);
  throw noSeconds(whole + rest / MICROSECONDS);
}

/** What a TTL can be set to beside a duration and null. Python: `wandb.ArtifactTTL`. */
export const ArtifactTTL = Object.freeze({
  /** The team's default, whatever it is at the time (TTL-3; basis: doc). */
  INHERIT: 'inherit',
} as const);
/** One of them. */
export type ArtifactTTL = (typeof ArtifactTTL)[keyof typeof ArtifactTTL];

function partIn(name: string, given: unknown): { readonly amount: number; readonly unit: number } {
  const unit = SECONDS_IN.get(name);
  if (unit === undefined) {
    const names = [...SECONDS_IN.keys()].join(', ');
    throw new TypeError(`"${printable(name)}" is no part of a timedelta: one is ${names}`);
  }
  if (given !== undefined && typeof given !== 'number')
    throw new TypeError(`${name} is to be a number, and not ${kindOf(given)}`);
  return { amount: given ?? 0, unit };
}
