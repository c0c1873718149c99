import type { Block, Column } from '../block.ts';
import type { Sentence } from '../sentence.ts';

/** A sentence as text. */
export function sentenceText(sentence: Sentence): string {
  return sentence.map((part) => (typeof part === 'string' ? part : part.text)).join('');
}

/** An answer as plain text: unwrapped lines, table rows in words, and an empty line between blocks. */
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

/** The cells of a row after the first, each after its heading, without the empty ones. */
export function cellsInWords(columns: readonly Column[], cells: readonly string[]): string {
  const words = cells.flatMap((cell, at) => (cell === '' ? [] : [`${columns[at + 1]?.heading} ${cell}`]));
  return words.join(', ');
}
