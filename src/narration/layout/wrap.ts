import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/** Lines of at most so many columns. What fits stays as it is; what does not is broken between its words. */
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

/** How many columns of a terminal a text takes. Most texts are plain, and need no look at each character. */
export function columnsOf(text: string): number {
  return PRINTABLE_ASCII.test(text) ? text.length : stringWidth(text);
}

/** Where the further lines of a text begin that hangs below its head, and what stays free at the end of each line. */
export interface Hang {
  readonly further?: number;
  readonly reserved?: number;
}

/** A text behind a head, such as a mark or a number, in lines of at most `width` columns, each below the first. */
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
