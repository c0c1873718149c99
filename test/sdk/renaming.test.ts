import { expect, test } from 'vitest';
import { Simulator } from '../../src/sdk/index.ts';
import { rename } from '../support/stores/builders.ts';
import { logged } from './scene.ts';

// The former name leads to another artifact collection by now.
async function replaced(simulator: Simulator): Promise<void> {
  await simulator.dispatch(rename('animals', 'beasts'));
  await logged(simulator, 'animals');
}

test('an artifact that was fetched is the same after its collection was renamed (COL-1)', async () => {
  const simulator = new Simulator();
  const api = simulator.api();
  const artifact = await logged(simulator, 'animals');
  await replaced(simulator);
  artifact.aliases.push('best');
  artifact.description = 'mine';
  await artifact.save();
  expect(artifact.name).toBe('beasts:v0');
  expect((await api.artifact('beasts:best')).description).toBe('mine');
  expect((await api.artifact('animals:v0')).aliases).toEqual(['latest']);
  const link = await artifact.link('prod');
  await simulator.dispatch(rename('prod', 'stage'));
  await simulator.init({ id: 'train' }).useArtifact(artifact);
  expect((await (await api.artifact('beasts:v0')).usedBy()).map(({ id }) => id)).toEqual(['train']);
  await link.unlink();
  await artifact.delete({ deleteAliases: true });
  expect(await api.artifactExists('beasts:v0')).toBe(false);
  expect(await api.artifactExists('animals:v0')).toBe(true);
});

test('an artifact collection that was fetched is deleted under its new name, and no other is (COL-1)', async () => {
  const simulator = new Simulator();
  const api = simulator.api();
  const { type } = await logged(simulator, 'animals');
  const collection = await api.artifactCollection(type, 'animals');
  await replaced(simulator);
  expect((await collection.artifacts().all()).map(({ name }) => name)).toEqual(['beasts:v0']);
  await collection.delete();
  expect(await api.artifactExists('beasts:v0')).toBe(false);
  expect(await api.artifactExists('animals:v0')).toBe(true);
});
