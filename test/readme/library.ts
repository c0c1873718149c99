import { readFileSync } from 'node:fs';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** The blocks of the README whose opening fence ends in `run=NAME` or `output=NAME`, by that name. */
function blocks(word: string): ReadonlyMap<string, string> {
  const found = readme.matchAll(new RegExp(`^\`\`\`\\w+ ${word}=(\\S+)\\n([\\s\\S]*?)^\`\`\`$`, 'gm'));
  return new Map([...found].map(([, name = '', text = '']) => [name, text]));
}

/** The files of the README's library section, in the order in which it shows them, by name. */
export const LIBRARY_FILES: ReadonlyMap<string, string> = blocks('run');

/** What a file of the library section prints, by the README; null where it says nothing of that. */
export function outputOf(name: string): string | null {
  return blocks('output').get(name) ?? null;
}

/** The opening fences of code that is in no such file, and so is never tried. */
export const UNTRIED: readonly string[] = [...readme.matchAll(/^```(?:ts|typescript|js|javascript)\b.*$/gm)]
  .map(([fence]) => fence)
  .filter((fence) => !/ run=\S+$/.test(fence));
