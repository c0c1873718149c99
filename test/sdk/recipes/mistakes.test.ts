import { beforeEach, describe, expect, test } from 'vitest';
import { CommError, Simulator } from '../../../src/sdk/index.ts';
import { restore } from '../../support/stores/builders.ts';
import { refusal } from '../scene.ts';
import { deleteAnotherName, deleteTheSameName } from './mistake-another-name.ts';
import { deleteWhatWasCounted, deleteWhileCounting } from './mistake-counted-pages.ts';
import { deleteWhatHasNoAlias, deleteWhatNobodyNamed } from './mistake-latest-keeps-all.ts';
import { deleteTheirSources, deleteThroughLinks } from './mistake-through-a-link.ts';
import { builds, checkpoints, registry, sweep } from './stages.ts';
import { freedLater, left, versions } from './what-came-of-it.ts';

const MB = 1_000_000;

let simulator: Simulator;

beforeEach(() => {
  simulator = new Simulator();
});

describe('the loop that looks at one artifact and deletes another', () => {
  test('deletes the newest version for the first that was meant, and is refused at the second', async () => {
    await checkpoints(simulator);
    const printed: string[] = [];
    const script = deleteAnotherName(simulator.api(), 'train-1', ['v0', 'v1'], (line) => printed.push(line));
    await refusal(script, CommError, 'not-committed');
    expect(printed).toHaveLength(5);
    expect(await left(simulator, 'model', 'checkpoints')).toEqual(
      ['v0', 'v1', 'v2', 'v3'].map((version) => `checkpoints:${version}`),
    );
    expect(await freedLater(simulator)).toEqual({
      freedBytes: 100 * MB,
      deleted: versions('checkpoints', 4),
    });
  });

  test('raises no error at all where one version was meant', async () => {
    await checkpoints(simulator);
    await deleteAnotherName(simulator.api(), 'train-1', ['v0'], () => {});
    expect(await simulator.api().artifactExists('checkpoints:v0')).toBe(true);
    expect(await simulator.api().artifactExists('checkpoints:v4')).toBe(false);
  });

  test('does as it was meant with the right name, after what was deleted was restored', async () => {
    await checkpoints(simulator);
    await deleteAnotherName(simulator.api(), 'train-1', ['v0'], () => {});
    await simulator.dispatch(restore('checkpoints:v4'));
    await deleteTheSameName(simulator.api(), 'train-1', ['v0', 'v1'], () => {});
    expect(await left(simulator, 'model', 'checkpoints')).toEqual([
      'checkpoints:v2',
      'checkpoints:v3',
      'checkpoints:v4',
    ]);
    expect(await freedLater(simulator)).toEqual({
      freedBytes: 200 * MB,
      deleted: versions('checkpoints', 0, 1),
    });
  });
});

describe('the loop that deletes while it iterates over pages', () => {
  test('passes by as many as it deleted, where the next page is found by counting, and raises no error', async () => {
    simulator = new Simulator({ paging: 'offset' });
    await builds(simulator);
    await deleteWhileCounting(simulator.api(), 'dataset', 'builds', 2);
    expect(await left(simulator, 'dataset', 'builds')).toEqual(['builds:v2', 'builds:v3']);
    expect((await freedLater(simulator)).freedBytes).toBe(80 * MB);
  });

  test('skips none if a page begins after the previous one, or if all are on one page', async () => {
    await builds(simulator);
    await deleteWhileCounting(simulator.api(), 'dataset', 'builds', 2);
    expect(await left(simulator, 'dataset', 'builds')).toEqual([]);
    simulator = new Simulator({ paging: 'offset' });
    await builds(simulator);
    await deleteWhileCounting(simulator.api(), 'dataset', 'builds', 6);
    expect(await left(simulator, 'dataset', 'builds')).toEqual([]);
  });

  test.each(['offset', 'cursor'] as const)(
    'deletes everything where every page is fetched first, by %s',
    async (paging) => {
      simulator = new Simulator({ paging });
      await builds(simulator);
      await deleteWhatWasCounted(simulator.api(), 'dataset', 'builds', 2);
      expect(await left(simulator, 'dataset', 'builds')).toEqual([]);
      expect((await freedLater(simulator)).freedBytes).toBe(120 * MB);
    },
  );
});

describe('the script that keeps what has an alias', () => {
  test('keeps everything where each artifact collection has one version, which is latest', async () => {
    await sweep(simulator);
    const { store } = simulator;
    await deleteWhatHasNoAlias(simulator.api(), 'model');
    expect(simulator.store).toBe(store);
    expect(await freedLater(simulator)).toEqual({ freedBytes: 0, deleted: [] });
  });

  test('keeps only named versions if latest does not count', async () => {
    await sweep(simulator);
    await deleteWhatNobodyNamed(simulator.api(), 'model');
    expect(await left(simulator, 'model', 'trial-2')).toEqual(['trial-2:v0']);
    expect(await freedLater(simulator)).toEqual({
      freedBytes: 80 * MB,
      deleted: [...versions('trial-1', 0), ...versions('trial-3', 0)],
    });
  });
});

describe('the script that deletes what a registry lists', () => {
  beforeEach(async () => {
    simulator = new Simulator({ registries: { models: {} } });
    await registry(simulator);
  });

  test('takes the link away, and frees nothing', async () => {
    await deleteThroughLinks(simulator.api(), 'model', 'models/old-rankers');
    expect(await left(simulator, 'model', 'models/old-rankers')).toEqual([]);
    expect(await left(simulator, 'model', 'ranker')).toEqual(['ranker:v0', 'ranker:v1']);
    expect(await freedLater(simulator)).toEqual({ freedBytes: 0, deleted: [] });
  });

  test('frees the linked files if it deletes the source, and the link is deleted too', async () => {
    await deleteTheirSources(simulator.api(), 'model', 'models/old-rankers');
    expect(await left(simulator, 'model', 'models/old-rankers')).toEqual([]);
    expect(await left(simulator, 'model', 'ranker')).toEqual(['ranker:v1']);
    expect(await freedLater(simulator)).toEqual({ freedBytes: 250 * MB, deleted: versions('ranker', 0) });
  });
});
