import type { Block } from '../block.ts';
import type { Paint } from './paint.ts';
import { sentenceText } from './plain-text.ts';
import { fittedTable } from './table.ts';
import { hanging } from './wrap.ts';

/** A terminal: so many columns, in these colors. */
export interface Look {
  readonly width: number;
  readonly paint: Paint;
}

/** An answer as a terminal shows it: its blocks, with an empty line between them. */
export function renderBlocks(blocks: readonly Block[], look: Look): string {
  return blocks.map((block) => blockLines(block, look).join('\n')).join('\n\n');
}

function blockLines({ table, lines }: Block, { width, paint }: Look): readonly string[] {
  const rows = table?.rows.map((row) => row.map(sentenceText)) ?? [];
  return [
    ...(table === null ? [] : fittedTable(table.columns, rows, width)),
    ...lines.flatMap(({ head, sentence, style }) => {
      // Items of a list stay apart where they are broken.
      const further = head !== '' && head.trim() === '' ? 2 : 0;
      const texts = hanging(head, sentenceText(sentence), width, { further });
      return style === null ? texts : texts.map(paint[style]);
    }),
  ];
}
