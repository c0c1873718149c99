import { describe, expect, test } from 'vitest';
import {
  Artifact,
  ArtifactFinalizedError,
  ArtifactNotLoggedError,
  CommError,
  Simulator,
  ValueError,
} from '../../src/sdk/index.ts';
import { draftOf, failure, logged, namesOf, refusal } from './scene.ts';

describe('logging', () => {
  test('begins an upload, which is committed before anything that is asked later', async () => {
    const simulator = new Simulator();
    const artifact = draftOf('animals', { cat: '1MB' });
    const run = simulator.init({ id: 'train-1' });
    expect(await run.logArtifact(artifact)).toBe(artifact);
    await failure(() => artifact.version, ArtifactNotLoggedError);
    expect(artifact.isDraft()).toBe(true);
    expect(await artifact.wait()).toBe(artifact);
    expect(artifact).toMatchObject({ name: 'animals:v0', state: 'COMMITTED' });
    expect(simulator.history.map(({ label }) => label)).toEqual([
      'start the run train-1',
      'begin animals of the run train-1',
      'commit animals of the run train-1',
    ]);
  });

  test('leaves a version PENDING between the two (LOG-5)', async () => {
    const simulator = new Simulator();
    const logging = simulator.init().logArtifact(draftOf('animals', { cat: '1MB' }));
    const looking = simulator.api().artifact('animals:v0');
    await refusal(looking, CommError, 'not-found');
    await logging;
    expect(await simulator.api().artifactExists('animals:v0')).toBe(true);
  });

  test('can be waited for before it has begun', async () => {
    const artifact = draftOf('animals', { cat: '1MB' });
    const logging = new Simulator().init().logArtifact(artifact);
    expect((await artifact.wait()).version).toBe('v0');
    await logging;
  });

  test('the same content again creates no version, and moves aliases (LOG-3)', async () => {
    const simulator = new Simulator();
    await logged(simulator, 'animals', { cat: '1MB' });
    const again = await logged(simulator, 'animals', { cat: '1MB' }, { aliases: ['best'] });
    expect(again).toMatchObject({ version: 'v0', aliases: ['best', 'latest'] });
  });

  test('goes to the project of the run', async () => {
    const artifact = draftOf('animals', { cat: '1MB' });
    const run = new Simulator().init({ entity: 'org', project: 'vision', id: 'train-1' });
    await run.logArtifact(artifact);
    await run.finish();
    expect(artifact.qualifiedName).toBe('org/vision/animals:v0');
  });

  test('another type under a name is refused, and the draft can be used for something else (LOG-4)', async () => {
    const simulator = new Simulator();
    await logged(simulator, 'animals');
    const draft = draftOf('animals', { w: '1GB' }, 'model');
    const error = await refusal(simulator.init().logArtifact(draft), ValueError, 'type-mismatch');
    expect(error.refusal?.rule).toBe('LOG-4');
    await failure(draft.wait(), ArtifactNotLoggedError);
    draft.addFile('x', '1');
    await simulator.init({ project: 'other' }).logArtifact(draft);
    expect((await draft.wait()).version).toBe('v0');
  });

  test('an artifact twice is refused, also while it is being uploaded', async () => {
    const simulator = new Simulator();
    const draft = draftOf('animals', { cat: '1MB' });
    const first = simulator.init().logArtifact(draft);
    await failure(() => draft.addFile('dog', '1'), ArtifactFinalizedError);
    await failure(simulator.init().logArtifact(draft), ArtifactFinalizedError);
    await first;
    await draft.wait();
    await failure(simulator.init().logArtifact(draft), ArtifactFinalizedError);
  });

  test('reports a failed upload to those who wait for it', async () => {
    const simulator = new Simulator();
    await logged(simulator, 'animals');
    const collection = await simulator.api().artifactCollection('dataset', 'animals');
    const [run, draft] = [simulator.init(), draftOf('animals', { dog: '1MB' })];
    const logging = run.logArtifact(draft);
    const deleting = collection.delete();
    await logging;
    await deleting;
    await refusal(draft.wait(), CommError, 'not-pending');
    await refusal(run.finish(), CommError, 'not-pending');
    expect(draft.isDraft()).toBe(true);
  });

  test('is refused with bad aliases, and with one content of two sizes', async () => {
    const simulator = new Simulator();
    const run = simulator.init();
    const aliased = run.logArtifact(draftOf('animals', { cat: '1MB' }), { aliases: ['v1'] });
    await refusal(aliased, ValueError, 'bad-alias');
    await logged(simulator, 'animals', { cat: '1MB of fur' });
    await refusal(run.logArtifact(draftOf('animals', { cat: '2MB of fur' })), CommError, 'content-conflict');
  });

  test('takes artifacts of this simulator only, and lists of texts', async () => {
    const run = new Simulator().init();
    await failure(run.logArtifact({} as Artifact), TypeError);
    await failure(run.useArtifact(7 as unknown as Artifact), TypeError);
    const draft = draftOf('animals', {});
    await failure(run.logArtifact(draft, { aliases: 'best' as unknown as string[] }), TypeError);
    await failure(run.logArtifact(draft, { tags: [1] as unknown as string[] }), TypeError);
  });
});

describe('a run', () => {
  test('has the next number as its id by default', () => {
    const simulator = new Simulator();
    const names = [simulator.init(), simulator.init({ id: 'mine' }), simulator.init()].map(
      ({ name }) => name,
    );
    expect(names).toEqual(['run-1', 'mine', 'run-2']);
  });

  test('is given no id that another has', async () => {
    const simulator = new Simulator();
    simulator.init({ id: 'run-1' });
    await logged(simulator, 'animals', { cat: '1MB' }, { run: 'run-3' });
    const other = new Simulator();
    const actions = simulator.history.flatMap(({ actions }) => actions);
    for (const action of actions) await other.dispatch(action);
    expect([simulator.init(), simulator.init()].map(({ name }) => name)).toEqual(['run-2', 'run-4']);
    const names = [other.init(), other.init(), other.init()].map(({ name }) => name);
    expect(names).toEqual(['run-2', 'run-4', 'run-5']);
    expect(simulator.init({ project: 'other', id: 'run-5' }).name).toBe('run-5');
    expect(simulator.init().name).toBe('run-5');
  });

  test('is known to the store from its start on, and not before (RUN-1)', async () => {
    const simulator = new Simulator();
    const early = simulator.api().run('eval-1');
    const run = simulator.init({ id: 'eval-1' });
    await refusal(early, CommError, 'not-found');
    expect((await simulator.api().run('eval-1')).id).toBe('eval-1');
    expect(await run.loggedArtifacts().all()).toEqual([]);
    await run.delete();
    await refusal(simulator.api().run('eval-1'), CommError, 'not-found');
  });

  test('knows what it logged and what it used, of that only what is not deleted', async () => {
    const simulator = new Simulator();
    await logged(simulator, 'cats', { cat: '1MB' });
    const dogs = await logged(simulator, 'dogs', { dog: '1MB' });
    const run = simulator.init({ id: 'train-2' });
    await run.useArtifact(dogs);
    await run.useArtifact('cats:v0');
    await run.logArtifact(new Artifact('net', 'model'));
    await run.finish();
    expect(namesOf(await run.loggedArtifacts().all())).toEqual(['net:v0']);
    expect(namesOf(await run.usedArtifacts().all())).toEqual(['cats:v0', 'dogs:v0']);
    await dogs.delete({ deleteAliases: true });
    const used = (await simulator.api().run('train-2')).usedArtifacts();
    expect([await used.length(), namesOf(await used.all())]).toEqual([1, ['cats:v0']]);
  });

  test('uses what is logged only', async () => {
    const run = new Simulator().init();
    await failure(run.useArtifact(draftOf('animals', {})), ValueError);
    await refusal(run.useArtifact('animals:v0'), CommError, 'not-found');
  });

  test('uses the source of a link', async () => {
    const simulator = new Simulator();
    const link = await (await logged(simulator, 'animals')).link('models/best');
    await simulator.init({ id: 'eval-1' }).useArtifact(link);
    const used = await (await simulator.api().run('eval-1')).usedArtifacts().all();
    expect(used.map(({ qualifiedName }) => qualifiedName)).toEqual(['team/demo/animals:v0']);
  });

  test('belongs to who began it (ACL-2)', async () => {
    const simulator = new Simulator({ team: { members: new Map([['bob', 'member']]) } });
    await logged(simulator, 'animals', { cat: '1MB' }, { as: 'bob', run: 'bobs' });
    await (await simulator.api({ as: 'bob' }).run('bobs')).delete();
    expect(await simulator.api().artifactExists('animals')).toBe(true);
  });
});
