import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { unknownWord } from '../scenario/yaml/nearest-word.ts';
import { byCodePoint } from '../values/order.ts';
import { InputError } from './input-error.ts';

// This file is as deep below the root of the package as the bundled command line, so both find the same folder.
/** The folder of the stories that come with the package. */
export const SHIPPED_SCENARIOS = fileURLToPath(new URL('../../scenarios', import.meta.url));

/** The files of the shipped stories in reading order; none if they were not installed. */
export async function shippedScenarios(): Promise<readonly string[]> {
  const names = await readdir(SHIPPED_SCENARIOS, { recursive: true }).catch((): string[] => []);
  return names
    .filter((name) => name.endsWith('.yaml'))
    .sort((left, right) => Number.parseInt(left, 10) - Number.parseInt(right, 10) || byCodePoint(left, right))
    .map((name) => path.join(SHIPPED_SCENARIOS, name));
}

/** A folder of shipped stories. */
export interface Chapter {
  readonly number: number;
  /** The name of the folder without its number: `garbage-collection`. */
  readonly name: string;
  /** Its files, in reading order. */
  readonly files: readonly string[];
}

/** The story for newcomers, as `shippedName` names it. */
export const CANONICAL_STORY = 'scenarios/3-deleting/02-deleting-the-first-version.yaml';

/** The name of a shipped file, the same wherever the package is installed. */
export function shippedName(file: string): string {
  return path.relative(path.dirname(SHIPPED_SCENARIOS), file).replaceAll('\\', '/');
}

/** The shipped stories by chapter, in reading order. */
export async function shippedChapters(): Promise<readonly Chapter[]> {
  const chapters = new Map<string, string[]>();
  for (const file of await shippedScenarios()) {
    const folder = path.basename(path.dirname(file));
    chapters.set(folder, [...(chapters.get(folder) ?? []), file]);
  }
  return Array.from(chapters, ([folder, files]) => {
    const [number = '', ...words] = folder.split('-');
    return { number: Number(number), name: words.join('-'), files };
  });
}

/** Finds a chapter by its number, its name or the beginning of its name. Throws `InputError` if there is none. */
export function chapterNamed(named: string, chapters: readonly Chapter[]): Chapter {
  const isNamed = ({ number, name }: Chapter) =>
    named === String(number) || named === `${number}-${name}` || (named !== '' && name.startsWith(named));
  const found = chapters.find(isNamed);
  if (found !== undefined) return found;
  if (chapters.length === 0) throw InputError.of(`${SHIPPED_SCENARIOS}: the stories were not installed`);
  const names = chapters.map(({ name }) => name);
  throw InputError.of(unknownWord('chapter', named, names));
}

/** The version of the package. */
export function packageVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  const contents: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const version = typeof contents === 'object' && contents !== null && Reflect.get(contents, 'version');
  return String(version);
}
