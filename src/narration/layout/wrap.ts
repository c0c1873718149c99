import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/** Wraps text at this many columns, between words where possible. */
export function wrap(text: string, columns: number): readonly string[] {
  const most = Math.max(20, columns);
  return text.split('\n').flatMap((line) =>
    columnsOf(line) <= most
      ? [line.trimEnd()]
      : wrapAnsi(line, most, { hard: true, trim: true })
          .split('\n')
          .map((part) => part.trimEnd()),
  );
}

/** The width of a text on a terminal, in columns. Printable ASCII, the usual case, needs no look at each character. */
export function columnsOf(text: string): number {
  return PRINTABLE_ASCII.test(text) ? text.length : stringWidth(text);
}

/** How far the lines after the first are indented below the head, and how many columns stay free on the right. */
export interface Hang {
  readonly further?: number;
  readonly reserved?: number;
}

/** Wraps text after a head, such as a mark or a number, at `width` columns, with a hanging indent. */
export function hanging(
  head: string,
  text: string,
  width: number,
  { further = 0, reserved = 0 }: Hang = {},
): readonly string[] {
  const indent = columnsOf(head) + further;
  const lines = wrap(text, width - indent - reserved);
  return lines.map((line, at) => `${at === 0 ? head : ' '.repeat(indent)}${line}`.trimEnd());
}
