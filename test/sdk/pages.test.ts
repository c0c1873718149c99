import { describe, expect, test } from 'vitest';
import {
  type Artifact,
  CommError,
  Simulator,
  type SimulatorOptions,
  type SizedPages,
  ValueError,
} from '../../src/sdk/index.ts';
import { failure, logged, loggedMany, namesOf, refusal } from './scene.ts';

async function animals(count: number, perPage: number, options: SimulatorOptions = {}) {
  const simulator = new Simulator(options);
  await loggedMany(simulator, 'animals', count);
  const pages = simulator.api().artifacts('dataset', 'animals', { perPage });
  return { simulator, pages };
}

/** Deletes every artifact as it comes. */
async function deleteEach(pages: SizedPages<Artifact>): Promise<readonly string[]> {
  const seen: string[] = [];
  for await (const artifact of pages) {
    seen.push(artifact.version);
    await artifact.delete({ deleteAliases: true });
  }
  return seen;
}

describe('pages', () => {
  test('give every result once, the newest first', async () => {
    const { pages } = await animals(5, 2);
    const seen: Artifact[] = [];
    for await (const artifact of pages) seen.push(artifact);
    expect(namesOf(seen)).toEqual(['animals:v4', 'animals:v3', 'animals:v2', 'animals:v1', 'animals:v0']);
    expect(namesOf(await pages.all())).toEqual(namesOf(seen));
  });

  test('are fetched one by one, and only when they are needed', async () => {
    const { simulator, pages } = await animals(4, 2);
    await pages.at(0);
    await (await simulator.api().artifact('animals:v1')).delete();
    await (await simulator.api().artifact('animals:v2')).delete();
    await logged(simulator, 'animals', { late: '1MB' });
    expect(namesOf(await pages.all())).toEqual(['animals:v3', 'animals:v2', 'animals:v0']);
  });

  test('give what was fetched again as it was', async () => {
    const { simulator, pages } = await animals(2, 5);
    const [first] = await pages.all();
    await (await simulator.api().artifact('animals:v1')).delete({ deleteAliases: true });
    const again: Artifact[] = [];
    for await (const artifact of pages) again.push(artifact);
    expect(again[0]).toBe(first);
    expect(again).toHaveLength(2);
  });

  test('can be taken by hand', async () => {
    const { pages } = await animals(3, 2);
    expect(namesOf(await pages.nextPage())).toEqual(['animals:v2', 'animals:v1']);
    expect(namesOf(await pages.nextPage())).toEqual(['animals:v0']);
    expect(await pages.nextPage()).toEqual([]);
    expect((await pages.at(2))?.name).toBe('animals:v0');
    expect(await pages.at(3)).toBeUndefined();
  });

  test('fetch a page once, even for concurrent requests', async () => {
    const { pages } = await animals(3, 2);
    const [one, other] = await Promise.all([pages.nextPage(), pages.nextPage()]);
    expect(one).toBe(other);
    expect(await pages.all()).toHaveLength(3);
  });

  test('know how many there were when the last one was fetched', async () => {
    const { simulator, pages } = await animals(3, 2);
    expect(await pages.length()).toBe(3);
    await (await simulator.api().artifact('animals:v0')).delete();
    expect(await pages.length()).toBe(3);
    await pages.nextPage();
    expect(await pages.length()).toBe(2);
  });

  test('have 50 results by default, and 100 for a run', async () => {
    const simulator = new Simulator();
    await logged(simulator, 'animals');
    const api = simulator.api();
    expect(api.artifacts('dataset', 'animals').perPage).toBe(50);
    expect((await api.run('train-1')).loggedArtifacts().perPage).toBe(100);
  });

  test.each([0, -1, 1.5, Number.NaN])('cannot have %d results', async (perPage) => {
    await failure(() => new Simulator().api().artifacts('dataset', 'animals', { perPage }), ValueError);
  });

  test('of something that does not exist are refused when they are fetched', async () => {
    const pages = new Simulator().api().artifacts('dataset', 'animals');
    await refusal(pages.all(), CommError, 'not-found');
    await refusal(pages.length(), CommError, 'not-found');
  });

  test('of something that was deleted in between are refused, too', async () => {
    const { simulator, pages } = await animals(3, 2);
    await pages.nextPage();
    await (await simulator.api().artifactCollection('dataset', 'animals')).delete();
    await refusal(pages.nextPage(), CommError, 'not-found');
  });

  test('leave out what does not have every tag, and go on behind it', async () => {
    const simulator = new Simulator();
    const tags = [['raw'], [], [], ['raw', 'big'], []];
    for (const [at, tagged] of tags.entries())
      await logged(simulator, 'animals', { [`${at}`]: '1MB' }, { tags: tagged });
    const named = async (...asked: readonly string[]) =>
      namesOf(await simulator.api().artifacts('dataset', 'animals', { perPage: 2, tags: asked }).all());
    expect(await named('raw')).toEqual(['animals:v3', 'animals:v0']);
    expect(await named('raw', 'big')).toEqual(['animals:v3']);
    expect(await named('none')).toEqual([]);
  });

  test('count what has not every tag, and can be empty for it, as in the Python SDK', async () => {
    const simulator = new Simulator();
    const tags = [['raw'], [], [], ['raw'], []];
    for (const [at, tagged] of tags.entries())
      await logged(simulator, 'animals', { [`${at}`]: '1MB' }, { tags: tagged });
    const pages = simulator.api().artifacts('dataset', 'animals', { perPage: 1, tags: ['raw'] });
    expect(await pages.length()).toBe(5);
    const sizes: number[] = [];
    for (let page = 1; page < 5; page += 1) sizes.push((await pages.nextPage()).length);
    expect(sizes).toEqual([1, 0, 0, 1]);
    expect(namesOf(await pages.all())).toEqual(['animals:v3', 'animals:v0']);
    expect(await pages.length()).toBe(5);
  });
});

describe('deleting while iterating', () => {
  test('skips nothing where pages go on behind the last result', async () => {
    const { pages } = await animals(7, 2);
    expect(await deleteEach(pages)).toEqual(['v6', 'v5', 'v4', 'v3', 'v2', 'v1', 'v0']);
  });

  test('skips as many as were deleted before where pages are counted', async () => {
    const { simulator, pages } = await animals(7, 2, { paging: 'offset' });
    expect(await deleteEach(pages)).toEqual(['v6', 'v5', 'v2', 'v1']);
    expect(namesOf(await simulator.api().artifacts('dataset', 'animals').all())).toEqual([
      'animals:v4',
      'animals:v3',
      'animals:v0',
    ]);
  });

  test('is refused for versions that were deleted after their page was fetched', async () => {
    const { simulator, pages } = await animals(2, 2);
    const [, old] = await pages.all();
    await (await simulator.api().artifact('animals:v0')).delete();
    expect(old?.state).toBe('COMMITTED');
    await refusal(old?.delete() ?? Promise.resolve(), CommError, 'not-committed');
  });
});
