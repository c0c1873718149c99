import type { UnixTime } from '../../values/dates.ts';
import { formatDay, formatDuration, type Instant } from '../../values/units.ts';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
/** Round distances between marks, in seconds; longer ones are 1, 2 or 5 times a power of ten days. */
const ROUND = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 5, 7, 10, 14, 20, 30, 60, 90, 180, 365].map((days) => days * DAY),
];
const GAP = 2;

/**
 * The axis of a chart in two lines: labels at round instants from 0 to `end` seconds, and a ruler. The end always has a
 * label; a mark whose label would overlap another has none. Labels are durations, or dates if the beginning is known.
 */
export function timeAxis(
  end: number,
  columns: number,
  begins: UnixTime | null = null,
): readonly [string, string] {
  const label = (at: number) => (begins === null ? formatDuration(at) : formatDay(at as Instant, begins));
  const distance = roundDistance(end, columns, label);
  const labels = new Line(columns);
  const ruler = new Line(columns);
  ruler.write(0, '─'.repeat(columns));
  labels.fit(0, label(0));
  labels.fit(columns, label(end));
  for (const mark of marksUntil(end, distance)) {
    const column = Math.min(columns - 1, columnOf(mark, end, columns));
    ruler.write(column, mark === 0 ? '├' : '┬');
    labels.fit(column, label(mark));
  }
  ruler.write(columns - 1, '┤');
  return [labels.text, ruler.text];
}

/** The column of an instant, if this many columns cover the time until `end`. */
export function columnOf(at: number, end: number, columns: number): number {
  return Math.floor((at / end) * columns);
}

function roundDistance(end: number, columns: number, label: (at: number) => string): number {
  for (const distance of roundDistances()) {
    const between = (distance / end) * columns;
    if (between <= GAP) continue;
    const widths = marksUntil(end, distance).map((mark) => label(mark).length);
    if (between >= Math.max(...widths) + GAP) return distance;
  }
  return end;
}

function marksUntil(end: number, distance: number): readonly number[] {
  return Array.from({ length: Math.floor(end / distance) + 1 }, (_mark, at) => at * distance);
}

function* roundDistances(): Generator<number> {
  yield* ROUND;
  for (let days = 500; days * DAY <= Number.MAX_SAFE_INTEGER; days *= 10) {
    for (const factor of [1, 2, 4]) yield days * factor * DAY;
  }
}

/** A line of characters, one per column. */
class Line {
  readonly #cells: string[];

  constructor(columns: number) {
    this.#cells = Array.from({ length: columns }, () => ' ');
  }

  get text(): string {
    return this.#cells.join('').trimEnd();
  }

  write(from: number, text: string): void {
    for (const [at, character] of [...text].entries()) this.#cells[from + at] = character;
  }

  /** Writes a label at this column, or before it if the line ends, unless it would overlap another. */
  fit(column: number, text: string): void {
    const from = Math.max(0, Math.min(column, this.#cells.length - text.length));
    const around = this.#cells.slice(Math.max(0, from - GAP), from + text.length + GAP);
    if (around.every((cell) => cell === ' ')) this.write(from, text);
  }
}
