import Table from 'cli-table3';
import { printable } from '../../values/names.ts';
import type { Column } from '../block.ts';
import { cellsInWords } from './plain-text.ts';
import { columnsOf, hanging } from './wrap.ts';

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
} as const;

/** A table of plain text without borders or trailing spaces. */
export function textTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const table = new Table({
    head: columns.map((column) => column.heading),
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
    colAligns: columns.map((column) => (column.figures === true ? 'right' : 'left')),
  });
  for (const row of rows) table.push(row.map((cell) => printable(cell, 60)));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** A table at most `width` columns wide. If it does not fit, each row becomes a list: its first cell, then the others. */
export function fittedTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly string[] {
  const table = textTable(columns, rows).split('\n');
  if (table.every((line) => columnsOf(line) <= width)) return table;
  return rows.flatMap(([first = '', ...cells]) => [
    ...hanging('', printable(first, 400), width),
    ...hanging('  ', printable(cellsInWords(columns, cells), 1_000), width, { further: 2 }),
  ]);
}
