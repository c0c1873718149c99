/** So many of something, in words: `1 version`, `2 versions`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** The first things of a list that may be long, a line each, and how many more there are. */
export function cut<Thing>(
  things: readonly Thing[],
  most: number,
  line: (thing: Thing) => string,
): readonly string[] {
  const rest = things.length - most;
  const lines = things.slice(0, most).map(line);
  return rest > 0 ? [...lines, `  … and ${rest} more; --all shows them`] : lines;
}
