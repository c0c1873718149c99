/** The place in a partially typed step where the next character goes. */
export interface LinePlace {
  /** The enclosing keys, outermost first; within a value, its own key is the last. */
  readonly keys: readonly string[];
  readonly expects: 'key' | 'value';
  /** The typed part of the key or value. */
  readonly typed: string;
  /** The keys that the enclosing mapping already has. */
  readonly siblings: readonly string[];
  /** The scalar values of the step so far, by key. */
  readonly values: ReadonlyMap<string, string>;
}

interface Level {
  readonly isList: boolean;
  key: string | null;
  readonly keys: string[];
}

/** The place after the last character of a line, which may be incomplete: `log: animals, fi`. */
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
