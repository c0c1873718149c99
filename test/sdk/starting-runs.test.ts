import { describe, expect, test } from 'vitest';
import { CommError, type RunOptions, Simulator, timedelta, ValueError } from '../../src/sdk/index.ts';
import { draftOf, failure, logged, namesOf, refusal } from './scene.ts';

const LONG = 'x'.repeat(10_000);

describe('starting a run (RUN-1)', () => {
  test('twice with one name starts two runs', async () => {
    const simulator = new Simulator();
    const runs = [simulator.init({ name: 'train' }), simulator.init({ name: 'train' })];
    expect(runs.map(({ id, name }) => [id, name])).toEqual([
      ['run-1', 'train'],
      ['run-2', 'train'],
    ]);
    for (const [at, run] of runs.entries()) {
      await run.logArtifact(draftOf(`animals-${at}`, { cat: '1MB' }));
      await run.finish();
    }
    await runs[1]?.delete({ deleteArtifacts: true });
    expect(await simulator.api().artifactExists('animals-0')).toBe(true);
    expect(await simulator.api().artifactExists('animals-1')).toBe(false);
    expect((await simulator.api().run('run-1')).name).toBe('train');
    await refusal(simulator.api().run('run-2'), CommError, 'not-found');
    await refusal(simulator.api().run('train'), CommError, 'not-found');
  });

  test('twice with one id at once shows what both calls said, once they have their turns', async () => {
    const simulator = new Simulator();
    simulator.init({ id: 'train', name: 'night', config: { rate: 0.1 } });
    const second = simulator.init({ id: 'train', tags: ['again'] });
    await second.finish();
    expect(second).toMatchObject({ name: 'night', config: { rate: 0.1 }, tags: ['again'] });
  });

  test('twice with one id resumes the run, which keeps its facts', async () => {
    const simulator = new Simulator();
    await simulator
      .init({ id: 'r', name: 'train', tags: ['a'], config: { rate: 1 } })
      .finish({ exitCode: 1 });
    const again = simulator.init({ id: 'r', tags: ['b'] });
    const facts = { id: 'r', name: 'train', tags: ['b'], config: { rate: 1 }, state: 'running' };
    expect(again).toMatchObject(facts);
    expect(await simulator.api().run('r')).toMatchObject(facts);
    expect(simulator.store.runs.size).toBe(1);
  });

  test('says when it started first, and when it was last known to run', async () => {
    const simulator = new Simulator();
    await simulator.advance('1d');
    const run = simulator.init({ id: 'r' });
    await simulator.advance('1d');
    const running = await simulator.api().run('r');
    await run.finish();
    await simulator.advance('1d');
    const finished = await simulator.api().run('r');
    const again = simulator.init({ id: 'r' });
    const times = [run, running, finished, again].map(({ createdAt, heartbeatAt }) => [
      createdAt,
      heartbeatAt,
    ]);
    const [day1, day2, day3] = [1, 2, 3].map((days) => timedelta({ days }));
    expect(times).toEqual([
      [day1, day1],
      [day1, day2],
      [day1, day2],
      [day1, day3],
    ]);
  });

  test('started when its turn came, even if the clock moved since the call', async () => {
    const turns: (() => void)[] = [];
    const simulator = new Simulator({
      schedule: (_label, turn) => new Promise((resolve) => turns.push(() => resolve(turn()))),
    });
    const run = simulator.init();
    const moved = simulator.advance('1d');
    for (const turn of turns.reverse()) turn();
    await moved;
    expect([run.createdAt, run.heartbeatAt]).toEqual([simulator.now, simulator.now]);
  });

  test('that is running, as it is, leaves no trace in the history', async () => {
    const simulator = new Simulator();
    for (let times = 0; times < 2; times += 1) simulator.init({ id: 'r' });
    await simulator.api().run('r');
    expect(simulator.history.map(({ label }) => label)).toEqual(['start the run r']);
    expect(simulator.undo()).toBe(true);
    await refusal(simulator.api().run('r'), CommError, 'not-found');
  });

  test('with the id of a deleted run is refused, and so is every call of it (RUN-2)', async () => {
    const simulator = new Simulator();
    await logged(simulator, 'animals', { cat: '1MB' }, { run: 'train' });
    await (await simulator.api().run('train')).delete();
    const run = simulator.init({ id: 'train' });
    const error = await refusal(run.logArtifact(draftOf('ckpt', { net: '1MB' })), CommError, 'run-deleted');
    expect(error.refusal?.rule).toBe('RUN-2');
    await refusal(run.useArtifact('animals'), CommError, 'run-deleted');
    await refusal(run.finish(), CommError, 'run-deleted');
    await refusal(run.delete(), CommError, 'not-found');
    expect(namesOf(await simulator.api().artifacts('dataset', 'animals').all())).toEqual(['animals:v0']);
  });

  test('that is refused breaks nothing if nobody calls anything of it', async () => {
    const simulator = new Simulator({ team: { members: { vera: 'viewer' } } });
    const run = simulator.init({ id: 'r', as: 'vera' });
    await refusal(simulator.api().run('r'), CommError, 'not-found');
    await refusal(run.finish(), CommError, 'forbidden');
  });

  test('without an id takes none that was ever used, not even by a deleted run', async () => {
    const simulator = new Simulator();
    await simulator.init().delete();
    expect(simulator.init().id).toBe('run-2');
    const other = new Simulator();
    for (const action of simulator.history.flatMap(({ actions }) => actions)) await other.dispatch(action);
    expect(other.init().id).toBe('run-2');
  });

  test.each(['__proto__', 'constructor', '😀', LONG, '', 'a/b:c', 'two\nlines', '\0', '$& {name}'])(
    'can be with the name %j',
    async (name) => {
      const simulator = new Simulator();
      const run = simulator.init({ id: 'r', name, tags: [name, name] });
      expect(run).toMatchObject({ id: 'r', name, tags: [name, name] });
      await run.finish();
      expect(await simulator.api().run('r')).toMatchObject({ name, tags: [name, name] });
      const again = Simulator.fromScenario(simulator.toScenario());
      expect((await again.api().run('r')).name).toBe(name);
      expect(again.digest).toBe(simulator.digest);
    },
  );

  test('keeps any key of a config that is a Map, and what JSON makes of an object', async () => {
    const simulator = new Simulator();
    const config = new Map<string, unknown>([
      ['__proto__', new Map([['__proto__', 1]])],
      ['layers', [64, { constructor: null }]],
      ['7', '😀'],
    ]);
    await simulator.init({ id: 'r', config }).finish();
    const read = await simulator.api().run('r');
    const text = '{"7":"😀","__proto__":{"__proto__":1},"layers":[64,{"constructor":null}]}';
    expect(JSON.stringify(read.config)).toBe(text);
    expect(Object.getPrototypeOf(read.config)).toBe(Object.prototype);
    expect(read.summary).toEqual({});
    const own = simulator.init({ id: 'other', config: JSON.parse(text) });
    expect(JSON.stringify(own.config)).toBe(text);
    config.set('layers', 'changed later');
    expect(JSON.stringify((await simulator.api().run('r')).config)).toBe(text);
    const again = Simulator.fromScenario(simulator.toScenario());
    expect(again.digest).toBe(simulator.digest);
  });

  test.each<readonly [unknown, new (...given: never[]) => Error]>([
    [{ config: [1] }, ValueError],
    [{ config: 'rate' }, ValueError],
    [{ config: { at: new Date(0) } }, ValueError],
    [{ config: { rate: Number.NaN } }, ValueError],
    [{ config: new Map([[1, 2]]) }, ValueError],
    [{ config: null }, ValueError],
    [{ tags: 'a' }, TypeError],
    [{ tags: [1] }, TypeError],
    [{ name: 1 }, TypeError],
    [{ id: 1 }, TypeError],
    [{ id: 'a/b' }, ValueError],
    [{ id: '' }, ValueError],
    ['train', TypeError],
  ])('throws for %j, and starts nothing', async (options, kind) => {
    const simulator = new Simulator();
    await failure(() => simulator.init(options as RunOptions), kind);
    await simulator.advance('1s');
    expect(simulator.store.runs.size).toBe(0);
  });
});

describe('finishing a run', () => {
  test('makes it finished, or failed with another exit code than 0', async () => {
    const simulator = new Simulator();
    const states: (readonly [number | undefined, string])[] = [];
    for (const exitCode of [undefined, 0, 1, -1, 255]) {
      const run = simulator.init();
      await run.finish(exitCode === undefined ? {} : { exitCode });
      states.push([exitCode, (await simulator.api().run(run.id)).state]);
      expect(run.state).toBe('running');
    }
    expect(states).toEqual([
      [undefined, 'finished'],
      [0, 'finished'],
      [1, 'failed'],
      [-1, 'failed'],
      [255, 'failed'],
    ]);
  });

  test('throws for an exit code that is not a whole number, and leaves it running', async () => {
    const simulator = new Simulator();
    const run = simulator.init({ id: 'r' });
    for (const exitCode of [Number.NaN, 0.5, '1' as never])
      await failure(run.finish({ exitCode }), ValueError);
    await failure(run.finish(1 as never), TypeError);
    expect((await simulator.api().run('r')).state).toBe('running');
  });

  test('logs its history if the server does so (DEL-17)', async () => {
    const simulator = new Simulator({ settings: { runHistoryArtifacts: true } });
    const run = simulator.init({ id: 'train' });
    await run.finish();
    expect(namesOf(await run.loggedArtifacts().all())).toEqual(['run-train-history:v0']);
    await run.delete({ deleteArtifacts: true });
    const history = await simulator.api().artifact('run-train-history:v0');
    await refusal(history.delete({ deleteAliases: true }), CommError, 'system-managed');
  });
});

test('what a run logged without creating it is listed, and stays when the run is deleted (RUN-3)', async () => {
  const simulator = new Simulator();
  await logged(simulator, 'animals', { cat: '1MB' }, { run: 'night-1' });
  const artifact = await logged(simulator, 'animals', { cat: '1MB' }, { run: 'night-2' });
  expect((await artifact.loggedBy())?.id).toBe('night-1');
  const night = await simulator.api().run('night-2');
  expect(namesOf(await night.loggedArtifacts().all())).toEqual(['animals:v0']);
  await night.delete({ deleteArtifacts: true });
  expect(await simulator.api().artifactExists('animals:v0')).toBe(true);
  await (await simulator.api().run('night-1')).delete({ deleteArtifacts: true });
  expect(await simulator.api().artifactExists('animals:v0')).toBe(false);
});
