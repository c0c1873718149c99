import type { Effects, Simulator } from '../../../src/sdk/index.ts';
import { namesOf } from '../scene.ts';

/** The names that an artifact collection lists, the oldest first. */
export async function left(simulator: Simulator, type: string, name: string): Promise<readonly string[]> {
  return namesOf(await simulator.api().artifacts(type, name).all()).toReversed();
}

/** What comes of it in a week and a day, by when whatever was deleted just now is collected. */
export async function freedLater(simulator: Simulator): Promise<Pick<Effects, 'freedBytes' | 'deleted'>> {
  const { freedBytes, deleted } = await simulator.advance('8d');
  return { freedBytes, deleted: deleted.toSorted() };
}

/** The full names of the versions at these indexes. */
export const versions = (name: string, ...indexes: readonly number[]) =>
  indexes.map((index) => `team/demo/${name}:v${index}`);
