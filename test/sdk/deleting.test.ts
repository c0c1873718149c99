import { describe, expect, test } from 'vitest';
import { CommError, Simulator, ValueError } from '../../src/sdk/index.ts';
import { parseVersionName } from '../../src/values/names.ts';
import { read } from '../support/stores/names.ts';
import { failure, logged, namesOf, refusal } from './scene.ts';

describe('deleting a version', () => {
  test('is soft (DEL-1), and the object says so', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals');
    await artifact.delete({ deleteAliases: true });
    expect(artifact).toMatchObject({ state: 'PENDING_DELETION', aliases: [], name: 'animals:v0' });
    expect(simulator.store.bucket.storedBytes).toBe(1_000_000);
    const { freedBytes, deleted } = await simulator.advance('8d');
    expect({ freedBytes, deleted }).toEqual({ freedBytes: 1_000_000, deleted: ['team/demo/animals:v0'] });
  });

  test('that has aliases is refused, saying what to do (DEL-2)', async () => {
    const artifact = await logged(new Simulator(), 'animals', { cat: '1MB' }, { aliases: ['best'] });
    const error = await refusal(artifact.delete(), CommError, 'has-aliases');
    expect(error.refusal).toMatchObject({ rule: 'DEL-2', blockers: ['best', 'latest'] });
    expect(error.message).toBe(
      'animals:v0 has the aliases best, latest. Try: await (await api.artifact("team/demo/animals:v0")).delete({ deleteAliases: true })',
    );
    expect(artifact.state).toBe('COMMITTED');
  });

  test('that has none goes through', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals');
    await logged(simulator, 'animals', { dog: '1MB' });
    await (await simulator.api().artifact('animals:v0')).delete();
    await refusal(artifact.delete(), CommError, 'not-committed');
  });

  test('twice is refused, saying its state (DEL-4)', async () => {
    const artifact = await logged(new Simulator(), 'animals');
    await artifact.delete({ deleteAliases: true });
    const error = await refusal(artifact.delete({ deleteAliases: true }), CommError, 'not-committed');
    expect(error.message).toContain('PENDING_DELETION');
  });

  test('means that version, whatever its aliases name by then', async () => {
    const simulator = new Simulator();
    await logged(simulator, 'animals', { cat: '1MB' }, { aliases: ['best'] });
    const best = await simulator.api().artifact('animals:best');
    await logged(simulator, 'animals', { dog: '1MB' }, { aliases: ['best'] });
    await best.delete();
    expect(await simulator.api().artifactExists('animals:v0')).toBe(false);
    expect((await simulator.api().artifact('animals:best')).version).toBe('v1');
  });
});

describe('a flag', () => {
  test('is given by its name, as true or false', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals');
    const run = await simulator.api().run('train-1');
    const wrong: readonly never[] = [true, null, ['deleteAliases'], { deleteAliases: 'yes' }] as never[];
    for (const options of wrong) await failure(artifact.delete(options), TypeError);
    const error = await failure(run.delete(true as never), TypeError);
    expect(error.message).toContain('{ deleteArtifacts: true }');
    await failure(() => artifact.files(null, 5 as never), TypeError);
    expect(artifact.state).toBe('COMMITTED');
  });
});

describe('deleting through a link', () => {
  test('takes the link only, whatever the flag says (DEL-5)', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals');
    const link = await artifact.link('models/best', ['prod']);
    await link.delete();
    expect(link).toMatchObject({ name: 'best:v0', state: 'COMMITTED', aliases: [] });
    expect((await simulator.api().artifact('animals:v0')).aliases).toEqual(['latest']);
    expect(await artifact.linkedArtifacts()).toEqual([]);
    await refusal(link.delete(), CommError, 'not-found');
  });

  test('does the same as unlink, which is refused for anything but a link, naming the right call (DEL-6)', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals');
    const link = await artifact.link('models/best');
    await link.unlink();
    expect(await simulator.api().artifactExists('models/best:v0')).toBe(false);
    const error = await refusal(artifact.unlink(), ValueError, 'not-a-link');
    expect(error.message).toContain(
      '(await api.artifact("team/demo/animals:v0")).delete({ deleteAliases: true })',
    );
  });

  test('is refused for a protected alias unless an admin does it; deleting its source is for everybody (ALI-7)', async () => {
    const simulator = new Simulator({ registries: { models: { ann: 'admin', mel: 'member' } } });
    const artifact = await logged(simulator, 'animals');
    await artifact.link('models/best');
    const version = read(parseVersionName('models/best:v0'), 'models/best:v0');
    await simulator.dispatch({ type: 'editAliases', version, add: [], remove: [], protect: ['prod'] });
    await refusal(artifact.delete({ deleteAliases: true }), CommError, 'protected-alias');
    const seenBy = (person: string) => simulator.api({ as: person }).artifact('models/best:v0');
    await refusal((await seenBy('mel')).delete(), CommError, 'forbidden');
    await (await seenBy('ann')).delete();
    await artifact.delete({ deleteAliases: true });
  });

  test('names the portfolio relative to where the source was born', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals');
    const links = [
      await artifact.link('best'),
      await artifact.link('models/best'),
      await artifact.link('org/models/best'),
    ];
    expect(links.map(({ qualifiedName }) => qualifiedName)).toEqual([
      'team/demo/best:v0',
      'team/models/best:v0',
      'org/models/best:v0',
    ]);
    const again = await links[1]?.link('models/best', ['again']);
    expect(again).toMatchObject({ qualifiedName: 'team/models/best:v0', aliases: ['again', 'latest'] });
  });
});

describe('deleting more at once', () => {
  test('a sequence goes with all its versions and the links to them (DEL-7)', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals');
    await artifact.link('models/best');
    const collection = await artifact.collection();
    await collection.delete();
    const api = simulator.api();
    expect(await api.artifactCollectionExists('animals', 'dataset')).toBe(false);
    expect(await api.artifactExists('models/best:v0')).toBe(false);
    expect(await api.artifactCollectionExists('models/best', 'dataset')).toBe(true);
    await refusal(collection.delete(), CommError, 'not-found');
    await refusal(artifact.collection(), CommError, 'not-found');
  });

  test('a portfolio goes with its links only (DEL-8)', async () => {
    const simulator = new Simulator();
    const link = await (await logged(simulator, 'animals')).link('models/best');
    await (await link.collection()).delete();
    expect(await simulator.api().artifactExists('animals:v0')).toBe(true);
  });

  test('a run leaves what it logged, unless it is to take it along (DEL-10)', async () => {
    const simulator = new Simulator();
    for (const [name, run] of [
      ['cats', 'train-1'],
      ['dogs', 'train-2'],
    ] as const) {
      await logged(simulator, name, { cat: '1MB' }, { run });
    }
    const api = simulator.api();
    await (await api.run('train-1')).delete();
    await (await api.run('train-2')).delete({ deleteArtifacts: true });
    expect([await api.artifactExists('cats'), await api.artifactExists('dogs')]).toEqual([true, false]);
    await refusal(api.run('train-1'), CommError, 'not-found');
  });

  test('is forbidden to who may not (ACL-1, ACL-2)', async () => {
    const simulator = new Simulator({ team: { members: { vera: 'viewer', bob: 'member' } } });
    await logged(simulator, 'animals');
    const [vera, bob] = [simulator.api({ as: 'vera' }), simulator.api({ as: 'bob' })];
    await refusal((await vera.artifact('animals')).delete({ deleteAliases: true }), CommError, 'forbidden');
    await refusal((await vera.artifactCollection('dataset', 'animals')).delete(), CommError, 'forbidden');
    await refusal((await bob.run('train-1')).delete(), CommError, 'forbidden');
    await (await bob.artifact('animals')).delete({ deleteAliases: true });
  });
});

describe('the recipe that deletes what a run logged', () => {
  test('deletes while it iterates, and skips nothing', async () => {
    const simulator = new Simulator();
    for (const name of ['a', 'b', 'c', 'd', 'e']) await logged(simulator, name);
    const run = await simulator.api().run('team/demo/train-1');
    const seen: string[] = [];
    for await (const artifact of run.loggedArtifacts({ perPage: 2 })) {
      seen.push(artifact.name);
      await artifact.delete({ deleteAliases: true });
    }
    expect(seen).toEqual(['a:v0', 'b:v0', 'c:v0', 'd:v0', 'e:v0']);
    expect(namesOf(await run.loggedArtifacts().all())).toEqual([]);
  });
});
