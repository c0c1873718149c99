import assert from 'node:assert/strict';
import { describe, expect, test } from 'vitest';
import { Simulator, timedelta } from '../../src/sdk/index.ts';
import { draftOf, logged } from './scene.ts';

/** Neither Vitest nor Node takes the two for equal. */
function distinguished(left: unknown, right: unknown): void {
  expect(left).not.toEqual(right);
  expect(left).not.toStrictEqual(right);
  assert.notDeepStrictEqual(left, right);
}

/** Both Vitest and Node take the two for equal. */
function takenForEqual(left: unknown, right: unknown): void {
  expect(left).toStrictEqual(right);
  assert.deepStrictEqual(left, right);
}

describe('artifacts are compared', () => {
  test('by their names and content while they are drafts', () => {
    distinguished(draftOf('cats', { cat: '1MB' }), draftOf('dogs', { cat: '1MB' }));
    distinguished(draftOf('cats', { cat: '1MB' }), draftOf('cats', { cat: '2MB' }));
    takenForEqual(draftOf('cats', { cat: '1MB' }), draftOf('cats', { cat: '1MB' }));
  });

  test('by their versions, places, states and aliases', async () => {
    const simulator = new Simulator();
    const first = await logged(simulator, 'animals', { cat: '1MB' });
    const second = await logged(simulator, 'animals', { dog: '1MB' });
    const api = simulator.api();
    distinguished(first, second);
    distinguished(first, await api.artifact('animals:v0'));
    takenForEqual(second, await api.artifact('animals:v1'));
    distinguished(await second.link('models/animals'), await second.link('best/animals'));
    const deleted = await api.artifact('animals:v0');
    await deleted.delete();
    distinguished(first, deleted);
  });

  test('after they were logged as before, by their current attributes', async () => {
    const [draft, artifact] = [draftOf('animals', { cat: '1MB' }), draftOf('animals', { cat: '1MB' })];
    await new Simulator().init().logArtifact(artifact);
    await artifact.wait();
    distinguished(draft, artifact);
  });

  test('and say as JSON what they are', async () => {
    const artifact = await logged(new Simulator(), 'animals', { cat: '1MB' });
    expect(JSON.parse(JSON.stringify(artifact))).toEqual({
      type: 'dataset',
      name: 'animals:v0',
      id: artifact.id,
      state: 'COMMITTED',
      size: 1_000_000,
      digest: artifact.digest,
      qualifiedName: 'team/demo/animals:v0',
      aliases: ['latest'],
    });
  });

  test('by read-only attributes, and by the aliases', async () => {
    const artifact = await logged(new Simulator(), 'animals');
    expect(() => Object.assign(artifact, { name: 'plants' })).toThrow(TypeError);
    artifact.aliases = ['best'];
    expect(artifact.aliases).toEqual(['best']);
  });
});

describe('simulators are compared', () => {
  test('by the content of their stores', async () => {
    const [left, right] = [new Simulator(), new Simulator()];
    takenForEqual(left, right);
    await logged(left, 'animals', { cat: '1MB' });
    distinguished(left, right);
    await logged(right, 'animals', { cat: '2MB' });
    distinguished(left, right);
    left.undo();
    await logged(left, 'animals', { cat: '2MB' });
    takenForEqual(left, right);
  });

  test('by their options, too', () => {
    distinguished(new Simulator(), new Simulator({ entity: 'org' }));
    distinguished(new Simulator(), new Simulator({ settings: { retentionSeconds: timedelta({ days: 1 }) } }));
    distinguished(new Simulator(), new Simulator({ team: { members: { bob: 'member' } } }));
  });
});

describe('types of artifacts are compared', () => {
  test('by their projects too', async () => {
    const simulator = new Simulator();
    await logged(simulator, 'animals');
    const run = simulator.init({ project: 'other' });
    await run.logArtifact(draftOf('animals', {}));
    await run.finish();
    const api = simulator.api();
    distinguished(await api.artifactType('dataset'), await api.artifactType('dataset', 'other'));
  });
});
