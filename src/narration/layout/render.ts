import type { Block } from '../block.ts';
import type { Paint } from './paint.ts';
import { sentenceText } from './plain-text.ts';
import { fittedTable } from './table.ts';
import { hanging } from './wrap.ts';

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
  const rows = table?.rows.map((row) => row.map(sentenceText)) ?? [];
  return [
    ...(table === null ? [] : fittedTable(table.columns, rows, width)),
    ...lines.flatMap(({ head, sentence, style }) => {
      // Indent the further lines of an item, so that items stay apart.
      const further = head !== '' && head.trim() === '' ? 2 : 0;
      const texts = hanging(head, sentenceText(sentence), width, { further });
      return style === null ? texts : texts.map(paint[style]);
    }),
  ];
}
