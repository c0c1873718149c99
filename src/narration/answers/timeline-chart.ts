import {
  type MarkKind,
  type Moment,
  onlyInstant,
  shownSpans,
  type Timeline,
  type VersionTimeline,
} from '../../insight/timeline.ts';
import type { VersionStateName } from '../../store/version.ts';
import { printable } from '../../values/names.ts';
import { formatDay } from '../../values/units.ts';
import type { Style } from '../layout/paint.ts';
import type { Look } from '../layout/render.ts';
import { columnsOf } from '../layout/wrap.ts';
import { counted } from '../sentence.ts';
import { columnOf, timeAxis } from './timeline-axis.ts';

const STATES: Readonly<Record<VersionStateName, { readonly sign: string; readonly style: Style }>> = {
  PENDING: { sign: '░', style: 'step' },
  COMMITTED: { sign: '█', style: 'good' },
  PENDING_DELETION: { sign: '╱', style: 'bad' },
  DELETED: { sign: '·', style: 'quiet' },
};
const MARKS: Readonly<Record<MarkKind, string>> = {
  abandoned: 'A',
  expired: 'E',
  restored: 'R',
  recovered: 'B',
  linked: 'L',
  unlinked: 'U',
};
const MARK_TEXTS: Readonly<Record<MarkKind, string>> = {
  abandoned: 'upload abandoned',
  expired: 'expired',
  restored: 'restored',
  recovered: 'recovered from the bucket',
  linked: 'linked',
  unlinked: 'link removed',
};
const MARK_KINDS = Object.keys(MARKS) as readonly MarkKind[];
const GAP = 2;

/** One column of a row: the state to draw, and a mark if something else happened. */
interface Cell {
  readonly state: VersionStateName | null;
  readonly mark: MarkKind | null;
}

/** A timeline as a chart: a row per version over a time axis, and a legend. Readable without color. */
export function timelineChart(
  timeline: Timeline,
  { paint, width, most }: Look & { readonly most: number },
): readonly string[] {
  const shown = timeline.versions.slice(0, most);
  if (shown.length === 0) return ['no versions'];
  const names = shown.map(({ version }) => shortened(printable(version, 400), Math.floor(width / 3)));
  const nameColumns = Math.max(...names.map(columnsOf));
  const columns = Math.max(10, width - nameColumns - GAP);
  const indent = ' '.repeat(nameColumns + GAP);
  const rows = shown.map((version) => cellsOf(version, timeline, columns));
  const rest = timeline.versions.length - shown.length;
  return [
    ...axis(timeline, columns).map((line) => paint.quiet(`${indent}${line}`)),
    ...rows.map((cells, at) => {
      const name = names[at] ?? '';
      return `${name}${' '.repeat(nameColumns + GAP - columnsOf(name))}${painted(cells, paint)}`;
    }),
    ...(rest > 0 ? [paint.quiet(`… and ${counted(rest, 'more version')}; --all shows them`)] : []),
    '',
    ...legend(rows, width),
  ];
}

function axis(timeline: Timeline, columns: number): readonly string[] {
  const only = onlyInstant(timeline);
  return only === null
    ? timeAxis(timeline.end.at, columns, timeline.begins)
    : [`everything on ${formatDay(only, timeline.begins)}, in this order`, `├${'─'.repeat(columns - 2)}┤`];
}

// Every state gets at least one column, however short it was; later states shift to the right.
function cellsOf(version: VersionTimeline, timeline: Timeline, columns: number): readonly Cell[] {
  const column = columnIn(timeline, columns);
  const spans = shownSpans(version).slice(-columns);
  const starts: number[] = [];
  for (const [at, { from }] of spans.entries()) {
    const earliest = Math.max(column(from), at === 0 ? 0 : (starts[at - 1] ?? 0) + 1);
    starts.push(Math.min(earliest, columns - (spans.length - at)));
  }
  const cells: Cell[] = Array.from({ length: columns }, () => ({ state: null, mark: null }));
  for (const [at, { state, from }] of spans.entries()) {
    const [start = 0, end = columns] = [starts[at], starts[at + 1]];
    cells.fill({ state, mark: null }, start, end);
    const next = spans[at + 1]?.from.order ?? Number.POSITIVE_INFINITY;
    for (const mark of version.marks.filter(({ order }) => order >= from.order && order < next)) {
      const place = mark.order === from.order ? start : freeCell(cells, column(mark), start, end);
      if (place !== undefined) cells[place] = { state, mark: mark.kind };
    }
  }
  return cells;
}

function columnIn(timeline: Timeline, columns: number): (moment: Moment) => number {
  const { at, order } = timeline.end;
  return onlyInstant(timeline) === null
    ? (moment) => columnOf(moment.at, at, columns)
    : (moment) => columnOf(moment.order, order, columns);
}

// A mark goes to its column or to the next free one of its state, which keeps at least one column without a mark.
function freeCell(cells: readonly Cell[], wanted: number, start: number, end: number): number | undefined {
  const free = Array.from({ length: end - start }, (_cell, at) => start + at).filter(
    (at) => cells[at]?.mark === null,
  );
  return free.length < 2 ? undefined : (free.find((at) => at >= wanted) ?? free.at(-1));
}

function painted(cells: readonly Cell[], paint: Look['paint']): string {
  const runs: { text: string; readonly how: Style | null }[] = [];
  for (const { state, mark } of cells) {
    const how = mark !== null ? 'title' : state === null ? null : STATES[state].style;
    const sign = mark !== null ? MARKS[mark] : state === null ? ' ' : STATES[state].sign;
    const last = runs.at(-1);
    if (last?.how === how) last.text += sign;
    else runs.push({ text: sign, how });
  }
  return runs.map(({ text, how }) => (how === null ? text : paint[how](text))).join('');
}

function legend(rows: readonly (readonly Cell[])[], width: number): readonly string[] {
  const marks = new Set(rows.flatMap((cells) => cells.map(({ mark }) => mark)));
  const states = Object.entries(STATES).map(([state, { sign }]) => `${sign} ${state}`);
  const used = MARK_KINDS.filter((kind) => marks.has(kind)).map(
    (kind) => `${MARKS[kind]} ${MARK_TEXTS[kind]}`,
  );
  return [...onFewLines(states, width), ...onFewLines(used, width)];
}

function onFewLines(texts: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const text of texts) {
    const joined = `${lines.at(-1)}   ${text}`;
    if (lines.length > 0 && columnsOf(joined) <= width) lines[lines.length - 1] = joined;
    else lines.push(text);
  }
  return lines;
}

// Cut long names at the beginning, because the index is at the end.
function shortened(name: string, most: number): string {
  if (columnsOf(name) <= most) return name;
  const characters = [...name];
  while (columnsOf(characters.join('')) > most - 1) characters.shift();
  return `…${characters.join('')}`;
}
