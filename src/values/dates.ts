import type { Brand } from './brand.ts';
import { type Parsed, parsed, unparsed } from './result.ts';

/** A point in real time: whole seconds since 1970-01-01T00:00:00Z, before the year 10000. */
export type UnixTime = Brand<number, 'UnixTime'>;

/** What `parseUnixTime` accepts, for messages. */
export const UNIX_TIME = 'a date and time in UTC such as 2026-01-31T08:00:00Z, or a date such as 2026-01-31';
/** What `parseUnixTime` accepts, as a regular expression for editors. */
export const UNIX_TIME_PATTERN = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}Z)?$/;

const DAY = 86_400;
const FIRST_YEAR = 1970;
const LAST_YEAR = 9999;

/** Parses `2026-01-31T08:00:00Z`, or `2026-01-31` for its midnight. Local times and impossible dates are refused. */
export function parseUnixTime(text: string): Parsed<UnixTime> {
  if (!UNIX_TIME_PATTERN.test(text)) {
    const isLocal = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(text);
    return unparsed(isLocal ? `${UNIX_TIME}; a time ends in Z, for UTC, and has no other offset` : UNIX_TIME);
  }
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = text
    .split(/[^\d]/)
    .filter((part) => part !== '')
    .map(Number);
  if (year < FIRST_YEAR) return unparsed(`${UNIX_TIME}, from ${FIRST_YEAR} on`);
  const time = daysUntil(year, month, day) * DAY + hours * 3_600 + minutes * 60 + seconds;
  const exact = formatUnixTime(time as UnixTime);
  // An impossible date is another one when it is written again: 2026-02-30 is 2026-03-02.
  return exact.startsWith(text)
    ? parsed(time as UnixTime)
    : unparsed(`${UNIX_TIME}; this one does not exist`);
}

/** Whether a number is a time that `formatUnixTime` can write. */
export function isUnixTime(time: number): time is UnixTime {
  return Number.isSafeInteger(time) && time >= 0 && time < daysUntil(LAST_YEAR + 1, 1, 1) * DAY;
}

/** Formats a time in ISO 8601: `2026-01-31T08:00:00Z`. */
export function formatUnixTime(time: UnixTime): string {
  const [year, month, day] = civilDate(Math.floor(time / DAY));
  const clock = [3_600, 60, 1].map((unit) => digits(Math.floor((time % DAY) / unit) % 60, 2));
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}T${clock.join(':')}Z`;
}

// Years are counted from March here, so that the leap day is the last day of a year: then 5 months have 153 days.
function daysUntil(year: number, month: number, day: number): number {
  const ofMarch = month > 2 ? year : year - 1;
  const months = (month + 9) % 12;
  const leapDays = Math.floor(ofMarch / 4) - Math.floor(ofMarch / 100) + Math.floor(ofMarch / 400);
  return ofMarch * 365 + leapDays + Math.floor((months * 153 + 2) / 5) + day - 1 - EPOCH;
}

const EPOCH = 719_468;

function civilDate(days: number): readonly [year: number, month: number, day: number] {
  let ofMarch = Math.floor((days + EPOCH) / 365.2425) + 1;
  while (daysUntil(ofMarch, 3, 1) > days) ofMarch -= 1;
  const rest = days - daysUntil(ofMarch, 3, 1);
  const months = Math.floor((rest * 5 + 2) / 153);
  const month = ((months + 2) % 12) + 1;
  return [month > 2 ? ofMarch : ofMarch + 1, month, rest - Math.floor((months * 153 + 2) / 5) + 1];
}

function digits(number: number, count: number): string {
  return String(number).padStart(count, '0');
}
