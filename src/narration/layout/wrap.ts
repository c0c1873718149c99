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
