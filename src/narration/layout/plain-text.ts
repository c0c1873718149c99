import type { Block, Column } from '../block.ts';
import type { Sentence } from '../sentence.ts';

/** A sentence as text: its references by their names. */
export function sentenceText(sentence: Sentence): string {
  return sentence.map((part) => (typeof part === 'string' ? part : part.text)).join('');
}

/** An answer as plain text: lines as long as they are, rows of tables in words, and an empty line between blocks. */
export function plainText(blocks: readonly Block[]): string {
  return blocks.map((block) => plainLines(block).join('\n')).join('\n\n');
}

/** The lines of a block as plain text. */
export function plainLines({ table, lines }: Block): readonly string[] {
  return [
    ...(table?.rows ?? []).map((row) => {
      const [first = '', ...cells] = row.map(sentenceText);
      return `${first}: ${cellsInWords(table?.columns ?? [], cells)}`;
    }),
    ...lines.map(({ head, sentence }) => `${head}${sentenceText(sentence)}`),
  ];
}

/** The cells of a row after the first one in words, each after its heading; an empty cell is left out. */
export function cellsInWords(columns: readonly Column[], cells: readonly string[]): string {
  const words = cells.flatMap((cell, at) => (cell === '' ? [] : [`${columns[at + 1]?.heading} ${cell}`]));
  return words.join(', ');
}
