import { printable } from '../../values/names.ts';
import type { Block, Table } from '../block.ts';
import type { Paint } from './paint.ts';
import { cellsInWords, sentenceText } from './plain-text.ts';
import { textTable } from './table.ts';
import { columnsOf, hanging } from './wrap.ts';

/** The width of a terminal in columns, and its colors. */
export interface Look {
  readonly width: number;
  readonly paint: Paint;
}

/** Renders an answer for a terminal: its blocks, with an empty line between them. */
export function renderBlocks(blocks: readonly Block[], look: Look): string {
  return blocks.map((block) => blockLines(block, look).join('\n')).join('\n\n');
}

function blockLines({ table, lines }: Block, { width, paint }: Look): readonly string[] {
  return [
    ...(table === null ? [] : fittedTable(table, width)),
    ...lines.flatMap(({ head, sentence, style }) => {
      // Indent the further lines of an item, so that items stay apart.
      const further = head !== '' && head.trim() === '' ? 2 : 0;
      const texts = hanging(head, sentenceText(sentence), width, { further });
      return style === null ? texts : texts.map(paint[style]);
    }),
  ];
}

// Where a table does not fit, each row becomes a list: its first cell, and below it the others, each after its heading.
function fittedTable({ columns, rows }: Table, width: number): readonly string[] {
  const texts = rows.map((row) => row.map(sentenceText));
  const table = textTable(columns, texts).split('\n');
  if (table.every((line) => columnsOf(line) <= width)) return table;
  return texts.flatMap(([first = '', ...cells]) => [
    ...hanging('', printable(first, 400), width),
    ...hanging('  ', printable(cellsInWords(columns, cells), 1_000), width, { further: 2 }),
  ]);
}
