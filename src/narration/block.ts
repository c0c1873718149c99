import type { Style } from './layout/paint.ts';
import { type Part, type Sentence, sentenceOf } from './sentence.ts';

/** One line of an answer. */
export interface Line {
  /** What precedes the sentence: nothing, an indentation, a mark or a number. */
  readonly head: string;
  readonly sentence: Sentence;
  readonly style: Style | null;
}

/** Lines that belong together, after a table if there is one. An answer is a list of blocks. */
export interface Block {
  readonly table: Table | null;
  readonly lines: readonly Line[];
}

/** A column: its heading, and whether its cells are figures, which are right-aligned. */
export interface Column {
  readonly heading: string;
  readonly figures?: boolean;
}

/** A table as data. Each row has one cell per column. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Sentence[])[];
}

/** A block of lines. */
export function paragraph(...lines: readonly Line[]): Block {
  return { table: null, lines };
}

/** A line without indentation. */
export function line(part: Part, style: Style | null = null): Line {
  return { head: '', sentence: sentenceOf([part]), style };
}

/** An item of a list. */
export function item(part: Part, style: Style | null = null): Line {
  return { head: '  ', sentence: sentenceOf([part]), style };
}

/** The first `most` items of a list, and how many more there are. */
export function items<Thing>(
  things: readonly Thing[],
  most: number,
  text: (thing: Thing) => Part,
): readonly Line[] {
  return [...things.slice(0, most).map((thing) => item(text(thing))), ...more(things.length - most)];
}

/** How many more there are; nothing if all are shown. */
export function more(rest: number, what = ''): readonly Line[] {
  return rest > 0 ? [item(`… and ${rest} more${what}; --all shows them`, 'quiet')] : [];
}

/** A table, and how many rows were left out. */
export function tableBlock(
  columns: readonly Column[],
  rows: readonly (readonly Part[])[],
  rest: readonly Line[] = [],
): Block {
  return { table: { columns, rows: rows.map((row) => row.map((cell) => sentenceOf([cell]))) }, lines: rest };
}
