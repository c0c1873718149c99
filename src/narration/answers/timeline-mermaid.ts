import {
  type Moment,
  onlyInstant,
  type Span,
  shownSpans,
  type Timeline,
  type VersionTimeline,
} from '../../insight/timeline.ts';
import type { VersionStateName } from '../../store/version.ts';
import { printable } from '../../values/names.ts';
import { formatDay, formatDuration, type Instant } from '../../values/units.ts';
import { counted } from '../sentence.ts';

/** The date that stands for day 0: Mermaid has no relative dates, and none after the year 9999. */
const FIRST_YEAR = 2001;
const LAST_SECOND = 7_900 * 365 * 86_400;
const DAY = 86_400;

// The color that Mermaid gives each state: DELETED is gray, PENDING_DELETION is red.
const TAGS: Readonly<Record<VersionStateName, readonly string[]>> = {
  PENDING: [],
  COMMITTED: ['active'],
  PENDING_DELETION: ['crit'],
  DELETED: ['done'],
};

/**
 * A timeline as a Mermaid Gantt diagram: a section for each of the first `most` versions, a bar for each state, a
 * diamond for each instant. User-chosen names are escaped for Mermaid.
 */
export function timelineMermaid(timeline: Timeline, title: string, most = Number.POSITIVE_INFINITY): string {
  const shown = timeline.versions.slice(0, most);
  const rest = timeline.versions.length - shown.length;
  const axis = axisOf(timeline);
  const lines = [
    `title ${escaped(printable(title, 200))}${axis.note}`,
    'dateFormat YYYY-MM-DDTHH:mm:ss',
    `axisFormat ${axis.format}`,
    'todayMarker off',
    ...shown.flatMap((version) => section(version, timeline.end, axis)),
    ...(timeline.versions.length === 0 ? ['%% no versions'] : []),
    ...(rest > 0 ? [`%% and ${counted(rest, 'more version')}`] : []),
  ];
  return [...settings(shown), 'gantt', ...lines.map((line) => `    ${line}`), ''].join('\n');
}

// Mermaid reserves little space for section names.
function settings(shown: readonly VersionTimeline[]): readonly string[] {
  const longest = Math.max(0, ...shown.map(({ version }) => version.length));
  return ['---', 'config:', '  gantt:', `    leftPadding: ${Math.min(400, 30 + longest * 7)}`, '---'];
}

/** Positions on the axis, in seconds, and the format of its marks. */
interface Axis {
  readonly place: (moment: Moment) => number;
  readonly format: string;
  readonly note: string;
}

function axisOf(timeline: Timeline): Axis {
  const only = onlyInstant(timeline);
  if (only !== null) return axisOfOrder(only);
  const { at: last } = timeline.end;
  let scale = 1;
  while (last / scale > LAST_SECOND) scale *= 10;
  const place = ({ at }: Moment) => Math.floor(at / scale);
  if (scale > 1) return { place, format: '·', note: ` (the axis is ${formatDuration(last)} long)` };
  if (last < 2 * DAY) return { place, format: 'day %j, %H:%M', note: '' };
  return { place, format: last < 365 * DAY ? 'day %j' : '%Y-%m-%d', note: '' };
}

// If no time passes at all, show only the order.
function axisOfOrder(only: Instant): Axis {
  const note = ` (everything on ${formatDay(only)}, in this order)`;
  return { place: ({ order }) => order * 60, format: '·', note };
}

function section(version: VersionTimeline, end: Moment, axis: Axis): readonly string[] {
  const spans = shownSpans(version);
  const begun = new Set(spans.map(({ from }) => from.order));
  const bars = spans.map((span) => bar(span, version, end, axis));
  const diamonds = version.marks
    .filter(({ order }) => !begun.has(order))
    .map((mark) => `${mark.kind} :milestone, ${period(mark, mark, axis)}`);
  return [`section ${escaped(printable(version.version, 400))}`, ...bars, ...diamonds];
}

function bar({ state, from, to }: Span, { marks }: VersionTimeline, end: Moment, axis: Axis): string {
  const mark = marks.find(({ order }) => order === from.order);
  const text = mark === undefined ? state : `${state} (${mark.kind})`;
  const until = to ?? end;
  const tags = axis.place(from) === axis.place(until) ? ['milestone', ...TAGS[state]] : TAGS[state];
  return `${text} :${[...tags, period(from, until, axis)].join(', ')}`;
}

function period(from: Moment, to: Moment, axis: Axis): string {
  return `${dateText(axis.place(from))}, ${dateText(axis.place(to))}`;
}

// Letters and emoji stay; every character that could be syntax becomes an entity code.
function escaped(text: string): string {
  const safe = text.replace(/[!-~]/g, (character) =>
    /[A-Za-z0-9_./,()+-]/.test(character) ? character : `#${character.charCodeAt(0)};`,
  );
  return safe.trim() === '' ? '#34;#34;' : safe;
}

function dateText(second: number): string {
  const time = second % DAY;
  const parts = [Math.floor(time / 3_600), Math.floor((time % 3_600) / 60), time % 60];
  return `${dayText(Math.floor(second / DAY))}T${parts.map(twoDigits).join(':')}`;
}

// Dates repeat every 400 years, so 2001 can stand for any year that is a multiple of 400 later.
function dayText(day: number): string {
  let rest = day % 146_097;
  let year = FIRST_YEAR + Math.floor(day / 146_097) * 400;
  for (; rest >= daysIn(year); year += 1) rest -= daysIn(year);
  const lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  let month = 0;
  for (; rest >= (lengths[month] ?? 31); month += 1) rest -= lengths[month] ?? 31;
  return `${year}-${twoDigits(month + 1)}-${twoDigits(rest + 1)}`;
}

function daysIn(year: number): number {
  return isLeap(year) ? 366 : 365;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
