import { describe, expect, test } from 'vitest';
import { Artifact, CommError, Simulator, ValueError } from '../../src/sdk/index.ts';
import { manifestOf } from '../../src/store/manifest.ts';
import { INHERITED } from '../../src/store/time-to-live.ts';
import { failure, logged, namesOf, refusal } from './scene.ts';

describe('the names that an api takes', () => {
  test('leave out what is its own', async () => {
    const simulator = new Simulator();
    const run = simulator.init({ entity: 'org', project: 'vision', id: 'train-1' });
    const artifact = new Artifact('animals', 'dataset');
    await run.logArtifact(artifact);
    await artifact.wait();
    expect(artifact.qualifiedName).toBe('org/vision/animals:v0');
    const api = simulator.api({ entity: 'org', project: 'vision' });
    for (const name of ['animals', 'animals:latest', 'vision/animals:v0', 'org/vision/animals:v0']) {
      expect((await api.artifact(name)).qualifiedName).toBe('org/vision/animals:v0');
    }
    expect((await api.run('train-1')).path).toEqual(['org', 'vision', 'train-1']);
    expect((await simulator.api().run('org/vision/train-1')).path).toEqual(['org', 'vision', 'train-1']);
    expect(await simulator.api().artifactExists('animals')).toBe(false);
    expect(await simulator.api({ entity: 'org' }).artifactExists('vision/animals')).toBe(true);
  });

  test('of the simulator are those of all its apis', async () => {
    const simulator = new Simulator({ entity: 'org', project: 'vision' });
    expect((await logged(simulator, 'animals')).qualifiedName).toBe('org/vision/animals:v0');
    expect(await simulator.api().artifactExists('animals')).toBe(true);
  });

  test('that are invalid differ from those of nothing', async () => {
    const api = new Simulator().api();
    await failure(api.artifact('a/b/c/d:v0'), ValueError);
    await failure(api.artifactCollection('dataset', 'animals:v0'), ValueError);
    await failure(api.run('a/b/c/d'), ValueError);
    await refusal(api.artifact('animals:v0'), CommError, 'not-found');
    await refusal(api.artifact('animals:v0/cat'), CommError, 'not-found');
    expect(await api.artifactExists('a/b/c/d:v0')).toBe(false);
  });

  test.each([undefined, null, 7, {}, ['animals']])('are texts, and not %j', async (name) => {
    const api = new Simulator().api();
    const given = name as unknown as string;
    await failure(api.artifact(given), TypeError);
    await failure(api.artifactExists(given), TypeError);
    await failure(() => api.artifacts('dataset', given), TypeError);
    await failure(api.run(given), TypeError);
  });

  test.each(['', 'a/b', 'a:b', 'a\nb'])('cannot be within an entity or a project "%s"', async (name) => {
    await refusal(() => new Simulator({ entity: name }), ValueError, 'bad-name');
    await refusal(() => new Simulator().api({ project: name }), ValueError, 'bad-name');
    await refusal(() => new Simulator().init({ id: name }), ValueError, 'bad-name');
  });
});

describe('fetching one artifact', () => {
  test('says why it fails (DEL-3, ALI-6)', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals');
    await artifact.delete({ deleteAliases: true });
    const gone = await refusal(simulator.api().artifact('animals:v0'), CommError, 'not-found');
    expect(gone.message).toContain('PENDING_DELETION');
    const absent = await refusal(simulator.api().artifact('animals'), CommError, 'not-found');
    expect(absent.refusal?.rule).toBe('ALI-6');
  });

  test('may name the type that it must have', async () => {
    const simulator = new Simulator();
    await logged(simulator, 'animals');
    const api = simulator.api();
    expect((await api.artifact('animals:v0', 'dataset')).type).toBe('dataset');
    await refusal(api.artifact('animals:v0', 'model'), ValueError, 'type-mismatch');
    expect(await api.artifactExists('animals:v0', 'model')).toBe(false);
    expect(await api.artifactExists('animals:v0', 'dataset')).toBe(true);
  });

  test('may name no type, as Python does with None', async () => {
    const simulator = new Simulator();
    await logged(simulator, 'animals');
    const api = simulator.api();
    expect((await api.artifact('animals:v0', null)).type).toBe('dataset');
    expect(await api.artifactExists('animals:v0', null)).toBe(true);
  });

  test.each([
    [7, 'a number'],
    [{}, 'an object'],
    [['dataset'], 'a list'],
  ])('takes no %j for a type', async (type, kind) => {
    const simulator = new Simulator();
    await logged(simulator, 'animals');
    const api = simulator.api();
    const given = type as unknown as string;
    const error = await failure(api.artifact('animals:v0', given), TypeError);
    expect(error.message).toBe(`the name of a type must be a string, not ${kind}`);
    await failure(api.artifactExists('animals:v0', given), TypeError);
  });
});

describe('the person who calls', () => {
  test.each([[5], [{}], [['ann']]])('is a person by name, and not %j', async (as) => {
    const given = as as unknown as string;
    const simulator = new Simulator();
    const error = await failure(() => simulator.api({ as: given }), TypeError);
    expect(error.message).toMatch(/^the name of a person must be a string, not /);
    await failure(() => simulator.init({ as: given }), TypeError);
  });
});

describe('listing', () => {
  async function zoo(): Promise<Simulator> {
    const simulator = new Simulator();
    await logged(simulator, 'cats', { a: '1MB' }, { aliases: ['best'] });
    await logged(simulator, 'ants');
    const net = await logged(simulator, 'net', { w: '1GB' }, { type: 'model' });
    await net.link('prod');
    return simulator;
  }

  test('knows the types of a project, by name', async () => {
    const api = (await zoo()).api();
    const types = await api.artifactTypes().all();
    expect(types.map(({ name }) => name)).toEqual(['dataset', 'model']);
    expect((await api.artifactType('model', 'demo')).name).toBe('model');
    await refusal(api.artifactType('table'), CommError, 'not-found');
    await refusal(api.artifactTypes('nowhere').all(), CommError, 'not-found');
  });

  test('knows the artifact collections of a type, portfolios too', async () => {
    const api = (await zoo()).api();
    const collections = await api.artifactCollections('demo', 'dataset').all();
    expect(collections.map(({ name }) => name)).toEqual(['ants', 'cats']);
    const models = await (await api.artifactType('model')).collections({ perPage: 1 }).all();
    expect(models.map((collection) => [collection.name, collection.isSequence()])).toEqual([
      ['net', true],
      ['prod', false],
    ]);
    await refusal(api.artifactCollections('demo', 'table').all(), CommError, 'not-found');
  });

  test('knows one artifact collection, and what is in it', async () => {
    const api = (await zoo()).api();
    const cats = await api.artifactCollection('dataset', 'cats');
    expect(cats).toMatchObject({ entity: 'team', project: 'demo', name: 'cats', type: 'dataset' });
    expect(cats.aliases).toEqual(['best', 'latest']);
    expect(namesOf(await cats.artifacts().all())).toEqual(['cats:v0']);
    expect(namesOf(await cats.versions().all())).toEqual(['cats:v0']);
    const prod = await (await api.artifactType('model')).collection('prod');
    expect((await prod.artifacts().all()).map(({ name, isLink }) => [name, isLink])).toEqual([
      ['prod:v0', true],
    ]);
  });

  test('of another type than it is finds nothing', async () => {
    const api = (await zoo()).api();
    await refusal(api.artifactCollection('model', 'cats'), ValueError, 'type-mismatch');
    expect(await api.artifactCollectionExists('cats', 'model')).toBe(false);
    expect(await api.artifactCollectionExists('cats', 'dataset')).toBe(true);
    expect(await api.artifactCollectionExists('none', 'dataset')).toBe(false);
  });

  test('by the older name is the same', async () => {
    const api = (await zoo()).api();
    expect(namesOf(await api.artifactVersions('dataset', 'cats').all())).toEqual(
      namesOf(await api.artifacts('dataset', 'cats').all()),
    );
  });

  test('leaves uploads out (LOG-5)', async () => {
    const simulator = await zoo();
    await simulator.dispatch({
      type: 'beginVersion',
      collection: { entity: 'team', project: 'demo', collection: 'cats' },
      artifactType: null,
      manifest: manifestOf([]),
      aliases: [],
      tags: [],
      run: null,
      ttl: INHERITED,
    });
    expect(namesOf(await simulator.api().artifacts('dataset', 'cats').all())).toEqual(['cats:v0']);
  });
});
