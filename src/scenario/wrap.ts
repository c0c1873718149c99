import wrapAnsi from 'wrap-ansi';

/** Lines of at most so many columns. What fits stays as it is; what does not is broken between its words. */
export function wrap(text: string, columns: number): readonly string[] {
  return text.split('\n').flatMap((line) =>
    wrapAnsi(line, Math.max(20, columns), { hard: true, trim: line.length > columns })
      .split('\n')
      .map((part) => part.trimEnd()),
  );
}
