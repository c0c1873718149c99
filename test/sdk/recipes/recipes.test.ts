import { beforeEach, describe, expect, test } from 'vitest';
import { CommError, Simulator } from '../../../src/sdk/index.ts';
import { logged, refusal } from '../scene.ts';
import { deleteACollection } from './delete-a-collection.ts';
import { deleteAtVersions } from './delete-at-versions.ts';
import { deleteWhatARunLogged } from './delete-what-a-run-logged.ts';
import { deleteWithAliases } from './delete-with-aliases.ts';
import { deleteWithAnAlias } from './delete-with-an-alias.ts';
import { deleteWithoutAliases } from './delete-without-aliases.ts';
import { expireAllButTheBest } from './expire-all-but-the-best.ts';
import { keepTheLast } from './keep-the-last.ts';
import { checkpoints } from './stages.ts';
import { freedLater, left, versions } from './what-came-of-it.ts';

const MB = 1_000_000;

let simulator: Simulator;

beforeEach(() => {
  simulator = new Simulator();
});

describe('the recipe that deletes every artifact that a run logged', () => {
  test('stops at the first that has an alias; what it deleted before is freed', async () => {
    await checkpoints(simulator);
    const script = deleteWhatARunLogged(simulator.api(), 'train-1');
    const error = await refusal(script, CommError, 'has-aliases');
    expect(error.refusal?.blockers).toEqual(['diverged']);
    expect(await left(simulator, 'model', 'checkpoints')).toEqual(
      ['v1', 'v2', 'v3', 'v4'].map((version) => `checkpoints:${version}`),
    );
    expect(await freedLater(simulator)).toEqual({
      freedBytes: 100 * MB,
      deleted: versions('checkpoints', 0),
    });
  });

  test('succeeds if no version has an alias, not even latest', async () => {
    await checkpoints(simulator);
    for await (const artifact of simulator.api().artifacts('model', 'checkpoints')) {
      artifact.aliases = [];
      await artifact.save();
    }
    await deleteWhatARunLogged(simulator.api(), 'team/demo/train-1');
    expect(await left(simulator, 'model', 'checkpoints')).toEqual([]);
    expect((await freedLater(simulator)).freedBytes).toBe(510 * MB);
  });

  test('is refused for a run that has logged and used nothing', async () => {
    await refusal(deleteWhatARunLogged(simulator.api(), 'train-7'), CommError, 'not-found');
  });
});

describe('the same with aliases', () => {
  test('deletes everything that the run logged, and nothing that it used', async () => {
    await checkpoints(simulator);
    await deleteWithAliases(simulator.api(), 'train-1');
    expect(await left(simulator, 'model', 'checkpoints')).toEqual([]);
    expect(await left(simulator, 'dataset', 'texts')).toEqual(['texts:v0']);
    expect(await freedLater(simulator)).toEqual({
      freedBytes: 510 * MB,
      deleted: versions('checkpoints', 0, 1, 2, 3, 4),
    });
    expect(simulator.store.bucket.storedBytes).toBe(50 * MB);
  });

  test('finds nothing more to delete when it runs again', async () => {
    await checkpoints(simulator);
    await deleteWithAliases(simulator.api(), 'train-1');
    const { store } = simulator;
    await deleteWithAliases(simulator.api(), 'train-1');
    expect(simulator.store).toBe(store);
  });
});

describe('the recipe for certain versions', () => {
  test('deletes these and no others, aliases and all', async () => {
    await checkpoints(simulator);
    await deleteAtVersions(simulator.api(), 'train-1', ['v1', 'v2']);
    expect(await left(simulator, 'model', 'checkpoints')).toEqual([
      'checkpoints:v0',
      'checkpoints:v3',
      'checkpoints:v4',
    ]);
    expect(await simulator.api().artifactExists('checkpoints:diverged')).toBe(false);
    expect(await freedLater(simulator)).toEqual({
      freedBytes: 200 * MB,
      deleted: versions('checkpoints', 1, 2),
    });
  });

  test('does not take v12 for v2', async () => {
    for (let at = 0; at < 13; at += 1) await logged(simulator, 'animals', { [`file-${at}`]: '1MB' });
    await deleteAtVersions(simulator.api(), 'train-1', ['v2']);
    expect(await simulator.api().artifactExists('animals:v2')).toBe(false);
    expect(await simulator.api().artifactExists('animals:v12')).toBe(true);
  });
});

describe('the recipe for an alias', () => {
  test('deletes the one version that it names', async () => {
    await checkpoints(simulator);
    await deleteWithAnAlias(simulator.api(), 'train-1', 'diverged');
    expect(await left(simulator, 'model', 'checkpoints')).toEqual(
      ['v0', 'v2', 'v3', 'v4'].map((version) => `checkpoints:${version}`),
    );
    expect(await freedLater(simulator)).toEqual({
      freedBytes: 100 * MB,
      deleted: versions('checkpoints', 1),
    });
  });

  test('deletes nothing if no version has the alias', async () => {
    await checkpoints(simulator);
    const { store } = simulator;
    await deleteWithAnAlias(simulator.api(), 'train-1', 'v1');
    expect(simulator.store).toBe(store);
  });
});

describe('the recipe for all versions without an alias', () => {
  test('keeps the named versions, and the newest, which has latest', async () => {
    await checkpoints(simulator);
    await deleteWithoutAliases(simulator.api(), 'model', 'checkpoints');
    expect(await left(simulator, 'model', 'checkpoints')).toEqual([
      'checkpoints:v1',
      'checkpoints:v3',
      'checkpoints:v4',
    ]);
    expect(await freedLater(simulator)).toEqual({
      freedBytes: 200 * MB,
      deleted: versions('checkpoints', 0, 2),
    });
  });

  test('finds nothing more to delete when it runs again', async () => {
    await checkpoints(simulator);
    await deleteWithoutAliases(simulator.api(), 'model', 'checkpoints');
    const { store } = simulator;
    await deleteWithoutAliases(simulator.api(), 'model', 'checkpoints');
    expect(simulator.store).toBe(store);
  });
});

describe('the recipe for a whole artifact collection', () => {
  test('deletes every version, aliases and all, and the name', async () => {
    await checkpoints(simulator);
    await deleteACollection(simulator.api(), 'model', 'checkpoints');
    expect(await simulator.api().artifactCollectionExists('checkpoints', 'model')).toBe(false);
    expect(await freedLater(simulator)).toEqual({
      freedBytes: 510 * MB,
      deleted: versions('checkpoints', 0, 1, 2, 3, 4),
    });
  });
});

describe('the recipe that keeps the last few', () => {
  test.each([
    [0, []],
    [1, ['checkpoints:v4']],
    [2, ['checkpoints:v3', 'checkpoints:v4']],
  ])('leaves the newest %d, whatever aliases the older ones have', async (count, expected) => {
    await checkpoints(simulator);
    await keepTheLast(simulator.api(), 'model', 'checkpoints', count);
    expect(await left(simulator, 'model', 'checkpoints')).toEqual(expected);
  });

  test('frees what the older ones alone held', async () => {
    await checkpoints(simulator);
    await keepTheLast(simulator.api(), 'model', 'checkpoints', 2);
    expect(await freedLater(simulator)).toEqual({
      freedBytes: 300 * MB,
      deleted: versions('checkpoints', 0, 1, 2),
    });
  });

  test('deletes nothing if there are no more', async () => {
    await checkpoints(simulator);
    const { store } = simulator;
    await keepTheLast(simulator.api(), 'model', 'checkpoints', 5);
    expect(simulator.store).toBe(store);
  });
});

describe('the recipe that sets a TTL on all but the best', () => {
  test('deletes nothing itself; a month later the best alone is left, and a week later the bytes are freed', async () => {
    await checkpoints(simulator);
    await expireAllButTheBest(simulator.api(), 'model', 'checkpoints', 30);
    expect(await left(simulator, 'model', 'checkpoints')).toHaveLength(5);
    const month = await simulator.advance('30d');
    expect(await left(simulator, 'model', 'checkpoints')).toEqual(['checkpoints:v3']);
    expect(await simulator.api().artifactExists('checkpoints:latest')).toBe(false);
    expect(month.freedBytes).toBe(0);
    const week = await simulator.advance('7d');
    expect(week.freedBytes).toBe(400 * MB);
    expect(week.deleted).toEqual(versions('checkpoints', 0, 1, 2, 4));
  });
});
