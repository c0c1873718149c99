import { wrap } from './wrap.ts';

/** A line of at most so many columns. What does not fit goes on below, where the line is one of a list further in than it. */
export function hanging(line: string, columns: number): readonly string[] {
  const text = line.trimStart();
  const indent = ' '.repeat(line.length - text.length);
  if (indent === '') return wrap(line, columns);
  return wrap(text, columns - indent.length - 2).map((part, at) =>
    at === 0 ? `${indent}${part}` : `${indent}  ${part}`,
  );
}
