import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { byCodePoint } from '../values/order.ts';

// This file lies as deep below the package's root as the packed command line does, so that both find the same files.
/** The folder of the stories that come with the package. */
export const SHIPPED_SCENARIOS = fileURLToPath(new URL('../../scenarios', import.meta.url));

/** The files of the stories that come with the package, in reading order; none where they were not installed. */
export async function shippedScenarios(): Promise<readonly string[]> {
  const names = await readdir(SHIPPED_SCENARIOS, { recursive: true }).catch((): string[] => []);
  return names
    .filter((name) => name.endsWith('.yaml'))
    .sort((left, right) => Number.parseInt(left, 10) - Number.parseInt(right, 10) || byCodePoint(left, right))
    .map((name) => path.join(SHIPPED_SCENARIOS, name));
}

/** The version of the package. */
export function packageVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  const contents: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const version = typeof contents === 'object' && contents !== null && Reflect.get(contents, 'version');
  return String(version);
}
