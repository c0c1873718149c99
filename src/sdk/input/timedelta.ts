import { printable } from '../../values/names.ts';
import type { Seconds } from '../../values/units.ts';
import { kindOf, noSeconds, optionsIn, secondsIn } from './arguments.ts';

/** A duration in whole seconds. Python: `datetime.timedelta`. */
export type Timedelta = Seconds;

/** The parts of a duration; parts left out are 0. */
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
 * A duration: `timedelta({ days: 30 })`. Python: `datetime.timedelta(days=30)`; both round the sum to microseconds.
 * Throws `ValueError` unless the sum is then a whole, non-negative and exact number of seconds, and `TypeError` for an
 * unknown part or one that is not a number.
 */
export function timedelta(parts: TimedeltaParts): Timedelta {
  const given = Object.entries(optionsIn(parts, 'days: 30')).map(([name, part]) => partIn(name, part));
  const whole = given.reduce((sum, { amount, unit }) => sum + Math.trunc(amount) * unit, 0);
  // Add up the fractions separately, so that large whole numbers do not swallow them.
  const rest = given.reduce((sum, { amount, unit }) => sum + (amount % 1) * unit * MICROSECONDS, 0);
  const seconds = Math.round(rest / MICROSECONDS);
  if (Math.abs(rest - seconds * MICROSECONDS) <= 0.5) return secondsIn(whole + seconds);
  throw noSeconds(whole + rest / MICROSECONDS);
}

/** A value for a TTL besides durations and null. Python: `wandb.ArtifactTTL`. */
export const ArtifactTTL = Object.freeze({
  /** The team's current default (TTL-3; basis: doc). */
  INHERIT: 'inherit',
} as const);
/** A value of `ArtifactTTL`. */
export type ArtifactTTL = (typeof ArtifactTTL)[keyof typeof ArtifactTTL];

function partIn(name: string, given: unknown): { readonly amount: number; readonly unit: number } {
  const unit = SECONDS_IN.get(name);
  if (unit === undefined) {
    const names = [...SECONDS_IN.keys()].join(', ');
    throw new TypeError(`Unknown part "${printable(name)}" of a timedelta: use ${names}`);
  }
  if (given !== undefined && typeof given !== 'number')
    throw new TypeError(`${name} must be a number, not ${kindOf(given)}`);
  return { amount: given ?? 0, unit };
}
