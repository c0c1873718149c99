import {
  type Moment,
  onlyInstant,
  type Span,
  shownSpans,
  type Timeline,
  type VersionTimeline,
} from '../../insight/timeline.ts';
import type { VersionStateName } from '../../store/version.ts';
import { formatUnixTime, type UnixTime } from '../../values/dates.ts';
import { printable } from '../../values/names.ts';
import { formatDay, formatDuration, unixTimeAt } from '../../values/units.ts';
import { counted } from '../sentence.ts';

/** The date that stands for day 0 if it has none: Mermaid has no relative dates, and none after the year 9999. */
const NEW_YEAR = 978_307_200 as UnixTime;
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

/** Positions on the axis, in seconds after its first date, and the format of its marks. */
interface Axis {
  readonly first: UnixTime;
  readonly place: (moment: Moment) => number;
  readonly format: string;
  readonly note: string;
}

function axisOf(timeline: Timeline): Axis {
  const only = onlyInstant(timeline);
  const first = NEW_YEAR;
  // If no time passes at all, show only the order.
  if (only !== null) {
    const note = ` (everything on ${formatDay(only, timeline.begins)}, in this order)`;
    return { first, place: ({ order }) => order * 60, format: '·', note };
  }
  const { at: last } = timeline.end;
  const isShort = last < 2 * DAY;
  if (timeline.begins !== null && unixTimeAt(last, timeline.begins) !== null) {
    const format = isShort ? '%Y-%m-%d %H:%M' : '%Y-%m-%d';
    return { first: timeline.begins, place: ({ at }) => at, format, note: '' };
  }
  let scale = 1;
  while (last / scale > LAST_SECOND) scale *= 10;
  const place = ({ at }: Moment) => Math.floor(at / scale);
  if (scale > 1) return { first, place, format: '·', note: ` (the axis is ${formatDuration(last)} long)` };
  if (isShort) return { first, place, format: 'day %j, %H:%M', note: '' };
  return { first, place, format: last < 365 * DAY ? 'day %j' : '%Y-%m-%d', note: '' };
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
  const [start, end] = [from, to].map((moment) =>
    formatUnixTime((axis.first + axis.place(moment)) as UnixTime).slice(0, -1),
  );
  return `${start}, ${end}`;
}

// Letters and emoji stay; every character that could be syntax becomes an entity code.
function escaped(text: string): string {
  const safe = text.replace(/[!-~]/g, (character) =>
    /[A-Za-z0-9_./,()+-]/.test(character) ? character : `#${character.charCodeAt(0)};`,
  );
  return safe.trim() === '' ? '#34;#34;' : safe;
}
