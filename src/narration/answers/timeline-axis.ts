import { formatDuration } from '../../values/units.ts';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
/** Distances between marks that people find round, in seconds; above them, days by 1, 2 and 5 and their tens. */
const ROUND = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 5, 7, 10, 14, 20, 30, 60, 90, 180, 365].map((days) => days * DAY),
];
const GAP = 2;

/**
 * Two lines that say what the columns of a chart stand for: round marks from 0 to `end` seconds, and a ruler. The
 * end is always named; a mark whose text would touch another has none.
 */
export function timeAxis(end: number, columns: number): readonly [string, string] {
  const distance = roundDistance(end, columns);
  const labels = new Line(columns);
  const ruler = new Line(columns);
  ruler.write(0, '─'.repeat(columns));
  labels.fit(0, formatDuration(0));
  labels.fit(columns, formatDuration(end));
  for (const mark of marksUntil(end, distance)) {
    const column = Math.min(columns - 1, columnOf(mark, end, columns));
    ruler.write(column, mark === 0 ? '├' : '┬');
    labels.fit(column, formatDuration(mark));
  }
  ruler.write(columns - 1, '┤');
  return [labels.text, ruler.text];
}

/** The column in which an instant lies, of so many that stand for all the time until `end`. */
export function columnOf(at: number, end: number, columns: number): number {
  return Math.floor((at / end) * columns);
}

function roundDistance(end: number, columns: number): number {
  for (const distance of roundDistances()) {
    const between = (distance / end) * columns;
    if (between <= GAP) continue;
    const widths = marksUntil(end, distance).map((mark) => formatDuration(mark).length);
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

/** A line of characters, each in a column of its own. */
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

  /** Writes a text where it begins at this column or, at the end of the line, ends there, if that is free. */
  fit(column: number, text: string): void {
    const from = Math.max(0, Math.min(column, this.#cells.length - text.length));
    const around = this.#cells.slice(Math.max(0, from - GAP), from + text.length + GAP);
    if (around.every((cell) => cell === ' ')) this.write(from, text);
  }
}
