import type { Brand } from './brand.ts';
import { formatUnixTime, isUnixTime, type UnixTime } from './dates.ts';
import { type Parsed, parsed, unparsed } from './result.ts';

/** A size in bytes: a whole number from 0 to 2^53 - 1, so that every sum of the store stays exact. */
export type Bytes = Brand<number, 'Bytes'>;
/** A length of time in whole seconds. */
export type Seconds = Brand<number, 'Seconds'>;
/** A point in simulated time: whole seconds since the story began. */
export type Instant = Brand<number, 'Instant'>;

/** The largest size, duration or sum that is still exact: 2^53 - 1. */
export const LARGEST_EXACT = Number.MAX_SAFE_INTEGER;
/** Zero bytes. */
export const NO_BYTES = 0 as Bytes;
/** The instant at which every store starts. */
export const DAY_ZERO = 0 as Instant;

const SIZE_UNITS = new Map<string, bigint>([
  ['B', 1n],
  ['KB', 1_000n],
  ['MB', 1_000_000n],
  ['GB', 1_000_000_000n],
  ['TB', 1_000_000_000_000n],
  ['PB', 1_000_000_000_000_000n],
  ['KiB', 1n << 10n],
  ['MiB', 1n << 20n],
  ['GiB', 1n << 30n],
  ['TiB', 1n << 40n],
  ['PiB', 1n << 50n],
]);
const DURATION_UNITS = new Map<string, bigint>([
  ['s', 1n],
  ['m', 60n],
  ['h', 3_600n],
  ['d', 86_400n],
  ['w', 604_800n],
]);
const QUANTITY = /^(\d{1,30})(?:\.(\d{1,30}))? ?([A-Za-z]+)$/;

/** What `parseSize` accepts, for editors; it also refuses fractions of a byte, and more than is exact. */
export const SIZE_PATTERN = /^\d{1,30}(\.\d{1,30})? ?([KMGTP]i?)?B$/;
/** What `parseDuration` accepts, for editors; it also refuses fractions of a second, and more than is exact. */
export const DURATION_PATTERN = /^\d{1,30}(\.\d{1,30})? ?[smhdw]$/;
/** The durations of `DURATION_PATTERN` that are longer than 0s. */
export const POSITIVE_DURATION_PATTERN = /^(?=[\d.]*[1-9])\d{1,30}(\.\d{1,30})? ?[smhdw]$/;

/** A number of bytes. Throws if it is not a whole number from 0, which is a bug of the caller. */
export function bytes(count: number): Bytes {
  if (!Number.isSafeInteger(count) || count < 0) throw new Error(`not a number of bytes: ${count}`);
  return count as Bytes;
}

/** A number of seconds. Throws if it is not a whole number from 0, which is a bug of the caller. */
export function seconds(count: number): Seconds {
  if (!Number.isSafeInteger(count) || count < 0) throw new Error(`not a number of seconds: ${count}`);
  return count as Seconds;
}

/** The instant `duration` after `instant`. */
export function later(instant: Instant, duration: Seconds): Instant {
  return (instant + duration) as Instant;
}

/** Parses `512B`, `10KB`, `1.5GiB`, … A number without a unit is refused. */
export function parseSize(text: string): Parsed<Bytes> {
  const amount = parseQuantity(text, SIZE_UNITS, 'a size such as 512B, 10KB, 2MB or 1GiB', 'bytes');
  return amount.ok ? parsed(amount.value as Bytes) : amount;
}

/** Parses `90s`, `15m`, `6h`, `8d`, or `2w`. A number without a unit is refused. */
export function parseDuration(text: string): Parsed<Seconds> {
  const amount = parseQuantity(text, DURATION_UNITS, 'a duration such as 90s, 15m, 6h, 8d or 2w', 'seconds');
  return amount.ok ? parsed(amount.value as Seconds) : amount;
}

function parseQuantity(
  text: string,
  units: ReadonlyMap<string, bigint>,
  example: string,
  whole: 'bytes' | 'seconds',
): Parsed<number> {
  if (/^-/.test(text)) return unparsed(`${example}; a negative one does not exist`);
  if (/^\d+(\.\d+)?$/.test(text)) return unparsed(`${example}; a bare number has no unit`);
  const [, integer, fraction = '', unitName = ''] = QUANTITY.exec(text) ?? [];
  const unit = units.get(unitName);
  if (integer === undefined || unit === undefined) return unparsed(example);
  // Decimal digits and a power of ten keep "1.1GB" exact, unlike a floating-point product.
  const scale = 10n ** BigInt(fraction.length);
  const scaled = BigInt(integer + fraction) * unit;
  if (scaled % scale !== 0n) return unparsed(`${example}; this is not a whole number of ${whole}`);
  const amount = scaled / scale;
  if (amount > BigInt(LARGEST_EXACT)) {
    return unparsed(`${example}; this is more than ${LARGEST_EXACT} ${whole}, the largest exact number`);
  }
  return parsed(Number(amount));
}

/** Formats bytes in the largest decimal unit, exactly: `6MB`, `1.048576MB`, `0B`. `parseSize` reads it back. */
export function formatSize(size: number): string {
  const sign = size < 0 ? '-' : '';
  const amount = Math.abs(size);
  let exponent = 0;
  while (exponent < 5 && amount >= 1_000 ** (exponent + 1)) exponent += 1;
  const digits = String(amount).padStart(exponent * 3 + 1, '0');
  const point = digits.length - exponent * 3;
  const fraction = digits.slice(point).replace(/0+$/, '');
  const unit = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'][exponent] ?? 'B';
  return `${sign}${digits.slice(0, point)}${fraction === '' ? '' : `.${fraction}`}${unit}`;
}

const CLOCK_UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
] as const;

/** Formats seconds, exactly: `8d`, `1d 6h`, `0s`. */
export function formatDuration(duration: number): string {
  return splitClock(duration)
    .map(([amount, unit]) => `${amount}${unit}`)
    .join(' ');
}

/** Formats seconds in the largest unit that divides them: `36h`, `30d`, `0s`. `parseDuration` reads it back. */
export function formatWholeDuration(duration: number): string {
  const [unit, length] = CLOCK_UNITS.find(([, seconds]) => duration !== 0 && duration % seconds === 0) ?? [
    's',
    1,
  ];
  return `${duration / length}${unit}`;
}

/** The real time of an instant of a story that begins at `begins`; null without that, and from the year 10000 on. */
export function unixTimeAt(instant: Instant, begins: UnixTime | null): UnixTime | null {
  const time = (begins ?? 0) + instant;
  return begins !== null && isUnixTime(time) ? time : null;
}

/**
 * Formats an instant for people, exactly: `day 7`, within a day `day 7 06:00` or `day 7 06:00:30`. If it is known when
 * the story begins, as a date in UTC: `2026-03-01`, `2026-03-01 06:00`.
 */
export function formatDay(instant: Instant, begins: UnixTime | null): string {
  const time = unixTimeAt(instant, begins);
  if (time !== null)
    return formatUnixTime(time)
      .replace(/(T00:00)?(:00)?Z$/, '')
      .replace('T', ' ');
  const day = Math.floor(instant / 86_400);
  const [hours, minutes, seconds] = [3_600, 60, 1].map((unit) => Math.floor((instant % 86_400) / unit) % 60);
  const parts = seconds === 0 ? [hours, minutes] : [hours, minutes, seconds];
  const clock = parts.map((part) => String(part).padStart(2, '0')).join(':');
  return instant % 86_400 === 0 ? `day ${day}` : `day ${day} ${clock}`;
}

/** Formats an instant as the ISO 8601 duration since the story began: `P8D`, `P1DT6H`, `PT0S`. */
export function formatInstant(instant: Instant): string {
  return formatPeriod(instant);
}

/** Formats seconds as an ISO 8601 duration: `P30D`. */
export function formatPeriod(duration: number): string {
  const parts = splitClock(duration).map(([amount, unit]) => [amount, unit.toUpperCase()] as const);
  const days = parts.filter(([, unit]) => unit === 'D').map((part) => part.join(''));
  const time = parts.filter(([, unit]) => unit !== 'D').map((part) => part.join(''));
  return `P${days.join('')}${time.length > 0 ? `T${time.join('')}` : ''}`;
}

function splitClock(duration: number): (readonly [number, string])[] {
  const parts: (readonly [number, string])[] = [];
  let rest = duration;
  for (const [unit, length] of CLOCK_UNITS) {
    const amount = Math.floor(rest / length);
    rest -= amount * length;
    if (amount > 0) parts.push([amount, unit]);
  }
  return parts.length > 0 ? parts : [[0, 's']];
}
