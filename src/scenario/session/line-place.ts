/** Where in a step, as far as it is typed, the next letter would stand. */
export interface LinePlace {
  /** The keys around it, from the outermost; in a value, its own key is the last. */
  readonly keys: readonly string[];
  readonly expects: 'key' | 'value';
  /** What of the key or value is typed already. */
  readonly typed: string;
  /** The keys that the mapping around it has already. */
  readonly siblings: readonly string[];
  /** The short values of the step itself, by their keys. */
  readonly values: ReadonlyMap<string, string>;
}

interface Level {
  readonly isList: boolean;
  key: string | null;
  readonly keys: string[];
}

/** Finds the place behind the last letter of a line that need not be whole: `log: animals, fi`. */
export function placeInLine(line: string): LinePlace {
  const levels: [Level, ...Level[]] = [{ isList: false, key: null, keys: [] }];
  const values = new Map<string, string>();
  const text = line.replace(/^\s*(?:- )?\s*\{?/, '');
  let typed = '';
  let quote = '';
  const innermost = () => levels.at(-1) ?? levels[0];
  const endValue = () => {
    const level = innermost();
    if (levels.length === 1 && level.key !== null && typed.trim() !== '') values.set(level.key, bare(typed));
    if (!level.isList) level.key = null;
    typed = '';
  };
  for (const [at, letter] of [...text].entries()) {
    const level = innermost();
    if (quote !== '') {
      if (letter === quote) quote = '';
      typed += letter;
    } else if (typed.trim() === '' && /["']/.test(letter)) {
      quote = letter;
      typed += letter;
    } else if (typed.trim() === '' && /[{[]/.test(letter)) {
      levels.push({ isList: letter === '[', key: null, keys: [] });
      typed = '';
    } else if (/[}\]]/.test(letter)) {
      if (levels.length > 1) levels.pop();
      typed = '';
    } else if (letter === ',') endValue();
    else if (letter === ':' && !level.isList && level.key === null && /^\s?$/.test([...text][at + 1] ?? '')) {
      level.key = bare(typed);
      level.keys.push(level.key);
      typed = '';
    } else typed += letter;
  }
  const level = innermost();
  return {
    keys: levels.flatMap(({ key }) => key ?? []),
    expects: level.isList || level.key !== null ? 'value' : 'key',
    typed: typed.trimStart(),
    siblings: level.keys,
    values,
  };
}

function bare(text: string): string {
  return text.trim().replace(/^(["'])(.*)\1$/s, '$2');
}
