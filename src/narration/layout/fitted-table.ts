import { printable } from '../../values/names.ts';
import { hanging } from './hanging-lines.ts';
import { type Column, textTable } from './text-table.ts';
import { columnsOf } from './wrap.ts';

/**
 * A table of at most so many columns of a terminal. Where it does not fit, each row is told in words instead: its first
 * cell, and below it the others, each behind its heading.
 */
export function fittedTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  const table = textTable(columns, rows);
  if (table.split('\n').every((line) => columnsOf(line) <= width)) return table;
  const lines = rows.flatMap(([first = '', ...cells]) => {
    const described = cells.flatMap((cell, at) =>
      cell === '' ? [] : [`${columns[at + 1]?.heading} ${cell}`],
    );
    return [
      ...hanging(printable(first, 400), width),
      ...hanging(`  ${printable(described.join(', '), 1_000)}`, width),
    ];
  });
  return lines.join('\n');
}
