/** So many of something, in words: `1 version`, `2 versions`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** The first lines of a list that may be long, and how many more there are. */
export function cut(lines: readonly string[], most: number): readonly string[] {
  const rest = lines.length - most;
  return rest > 0 ? [...lines.slice(0, most), `  … and ${rest} more; --all shows them`] : lines;
}
