import { describe, expect, test } from 'vitest';
import { canonicalStore } from '../../src/explore/fingerprint.ts';
import { type BucketFault, CommError, Simulator, timedelta, ValueError } from '../../src/sdk/index.ts';
import { plain, unfrozen } from '../support/stores/plain.ts';
import { draftOf, failure, logged, loggedMany, refusal } from './scene.ts';

/** A simulator in which v0 is deleted and its retention is over, without any job having run. */
async function ripe(options: ConstructorParameters<typeof Simulator>[0] = {}): Promise<Simulator> {
  const simulator = new Simulator(options);
  await loggedMany(simulator, 'animals', 2);
  await (await simulator.api().artifact('animals:v0')).delete();
  await simulator.dispatch({ type: 'moveClock', bySeconds: timedelta({ days: 7 }) });
  return simulator;
}

describe('the beginning', () => {
  test.each([
    ['2026-01-31T08:00:00Z', '2026-01-31T08:00:00Z'],
    ['2026-01-31', '2026-01-31T00:00:00Z'],
  ])('is a real time, %s', async (begins, exact) => {
    const simulator = new Simulator({ begins });
    expect(simulator.begins).toBe(exact);
    await logged(simulator, 'animals');
    await simulator.advance('8d');
    expect((await logged(simulator, 'plants')).createdAt).toBe(timedelta({ days: 8 }));
    expect(simulator.toScenario()).toContain(`begins: "${exact}"\n`);
    const again = Simulator.fromScenario(simulator.toScenario());
    expect([again.begins, again.digest]).toEqual([exact, simulator.digest]);
  });

  test('is unknown if it is not given, and tells two simulators apart', () => {
    expect(new Simulator().begins).toBeNull();
    expect(new Simulator({ begins: '2026-01-31' }).digest).not.toBe(new Simulator().digest);
    expect(new Simulator().toScenario()).not.toContain('begins');
  });

  test.each([
    ['tomorrow', ValueError],
    ['2026-02-30', ValueError],
    ['2026-01-31T08:00:00+01:00', ValueError],
    [new Date(0), TypeError],
    [0, TypeError],
    [null, TypeError],
  ])('is not %s', async (begins, kind) => {
    await failure(() => new Simulator({ begins: begins as string }), kind);
  });
});

describe('time', () => {
  test('passes with all its jobs, and says what was freed', async () => {
    const simulator = new Simulator();
    await loggedMany(simulator, 'animals', 2);
    await (await simulator.api().artifact('animals:v0')).delete();
    expect(await simulator.advance(timedelta({ days: 6 }))).toMatchObject({ freedBytes: 0, deleted: [] });
    expect(await simulator.advance('1d')).toMatchObject({
      freedBytes: 1_000_000,
      deleted: ['team/demo/animals:v0'],
    });
    expect(simulator.now).toBe(timedelta({ weeks: 1 }));
  });

  test.each(['8', '', '-1d', '1 fortnight'])('does not pass for "%s"', async (duration) => {
    await failure(new Simulator().advance(duration), ValueError);
  });

  test.each([
    [-1, ValueError],
    [1.5, ValueError],
    [Number.NaN, ValueError],
    [null, TypeError],
    [undefined, TypeError],
  ])('does not pass for %s', async (duration, expected) => {
    await failure(new Simulator().advance(duration as unknown as string), expected);
  });

  test('does not pass beyond what can be counted', async () => {
    const simulator = new Simulator();
    await simulator.advance('1d');
    await refusal(simulator.advance(timedelta({ seconds: Number.MAX_SAFE_INTEGER })), CommError, 'too-large');
  });
});

describe('collecting garbage', () => {
  test('frees what is ripe now', async () => {
    const simulator = await ripe();
    expect(await simulator.collect()).toMatchObject({
      freedBytes: 1_000_000,
      deleted: ['team/demo/animals:v0'],
    });
    expect(await simulator.collect()).toEqual({ events: [], freedBytes: 0, deleted: [] });
  });

  test('is refused if a requirement is missing (GC-6)', async () => {
    const simulator = new Simulator({ settings: { deployment: 'self-managed' } });
    const error = await refusal(simulator.collect(), CommError, 'gc-not-enabled');
    expect(error.message).toContain('GORILLA_ARTIFACT_GC_ENABLED');
  });

  test.each([0, 1, 2, 3, 4, 5])(
    'crashes after %d steps where that was planned, and is taken up again',
    async (afterSteps) => {
      const simulator = await ripe();
      const whole = await ripe();
      await simulator.dispatch({ type: 'planCrash', afterSteps });
      const { events } = await simulator.collect();
      expect(events.at(-1)?.type).toBe(afterSteps === 5 ? 'crashForgotten' : 'garbageCollectionCrashed');
      await simulator.collect();
      await whole.collect();
      expect(plain(simulator.store)).toEqual(plain(whole.store));
    },
  );

  test('stops at a call of the bucket that fails, and is taken up again', async () => {
    const bucketFaults: readonly BucketFault[] = [{ call: 'delete', fault: 'fails', times: 1 }];
    const simulator = await ripe({ bucketFaults });
    const { events, deleted } = await simulator.collect();
    expect([events.at(-1)?.type, deleted]).toEqual(['bucketCallFaulted', []]);
    expect((await simulator.collect()).deleted).toEqual(['team/demo/animals:v0']);
  });

  test('takes each step in its own turn, so that an upload can come between (GC-9)', async () => {
    const simulator = await ripe();
    const collecting = simulator.collect();
    const artifact = draftOf('animals', { 'file-0': '1MB' });
    await simulator.init().logArtifact(artifact);
    await artifact.wait();
    await collecting;
    await artifact.verify();
    const labels = simulator.history.map(({ label }) => label.split(' ')[0]);
    expect(labels.slice(-4)).not.toEqual(['collect', 'collect', 'begin', 'commit']);
    expect(labels.lastIndexOf('collect')).toBeGreaterThan(labels.lastIndexOf('begin'));
  });
});

describe('the history', () => {
  test('keeps every turn that changed the store, and none that did not', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals');
    await simulator.api().artifactExists('animals');
    await artifact.save();
    await refusal(artifact.delete(), CommError, 'has-aliases');
    await artifact.delete({ deleteAliases: true });
    await simulator.advance('1d');
    expect(simulator.history.map(({ actions }) => actions.map(({ type }) => type))).toEqual([
      ['startRun'],
      ['beginVersion'],
      ['commitVersion'],
      ['deleteVersion'],
      ['wait'],
    ]);
    expect(simulator.history.flatMap(({ events }) => events.map(({ type }) => type))).toContain(
      'versionDeleted',
    );
  });

  test('is frozen, and keeps no part of a command that a script may change afterwards', async () => {
    const simulator = new Simulator();
    await logged(simulator, 'animals');
    const collection = { entity: 'team', project: 'demo', collection: 'animals' };
    const version = { collection, selector: { kind: 'index', index: 0 } } as const;
    const add = ['best'];
    const editing = simulator.dispatch({ type: 'editAliases', version, add, remove: [], protect: [] });
    collection.collection = 'plants';
    add[0] = 'worst';
    await editing;
    expect((await simulator.api().artifact('animals:best')).version).toBe('v0');
    add[0] = 'worst';
    expect(simulator.history.at(-1)?.actions).toMatchObject([
      { add: ['best'], version: { collection: { collection: 'animals' } } },
    ]);
    expect(unfrozen(simulator.history)).toEqual([]);
    expect(Object.keys(simulator.history[0] ?? {}).sort()).toEqual(['actions', 'call', 'events', 'label']);
  });

  test('can be undone and done again, call by call', async () => {
    const simulator = new Simulator();
    const stores = [simulator.store];
    const keep = () => stores.push(simulator.store);
    simulator.init({ id: 'train-1' });
    await simulator.api().run('train-1');
    keep();
    const artifact = await logged(simulator, 'animals');
    keep();
    await artifact.delete({ deleteAliases: true });
    keep();
    await simulator.advance('7d');
    keep();
    for (const store of stores.slice(0, -1).reverse()) {
      expect(simulator.undo()).toBe(true);
      expect(canonicalStore(simulator.store)).toBe(canonicalStore(store));
    }
    expect(simulator.undo()).toBe(false);
    for (const store of stores.slice(1)) {
      expect(simulator.redo()).toBe(true);
      expect(canonicalStore(simulator.store)).toBe(canonicalStore(store));
    }
    expect(simulator.redo()).toBe(false);
  });

  test('undoes a whole run of garbage collection', async () => {
    const simulator = await ripe();
    const { store } = simulator;
    await simulator.collect();
    simulator.undo();
    expect(canonicalStore(simulator.store)).toBe(canonicalStore(store));
  });

  test('continues from where it was undone, and forgets the rest', async () => {
    const simulator = new Simulator();
    await loggedMany(simulator, 'animals', 3);
    simulator.undo();
    await simulator.advance('1h');
    expect(simulator.redo()).toBe(false);
    const again = await logged(simulator, 'animals', { other: '1MB' });
    expect(again.version).toBe('v2');
    expect(again.createdAt).toBe(3_600);
  });

  test('does not undo in what was fetched: that is refused, and nothing breaks', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals');
    const link = await artifact.link('models/best');
    const run = await simulator.api().run('train-1');
    simulator.undo();
    for (const call of [link.delete(), link.save(), link.unlink(), link.collection(), link.download()]) {
      await refusal(call, CommError, 'not-found');
    }
    await artifact.save();
    for (const label of ['begin animals of the run train-1', 'start the run train-1']) {
      expect(simulator.history.map((entry) => entry.label)).toContain(label);
      simulator.undo();
    }
    const calls = [
      () => artifact.save(),
      () => artifact.delete(),
      () => artifact.unlink(),
      () => artifact.link('best'),
      () => artifact.download(),
      () => artifact.verify(),
      () => artifact.loggedBy(),
      () => artifact.usedBy(),
      () => artifact.linkedArtifacts(),
      () => artifact.collection(),
      () => artifact.files().all(),
      () => run.loggedArtifacts().all(),
      () => run.delete(),
      () => run.useArtifact(artifact),
    ];
    for (const call of calls) await refusal(call(), CommError, 'not-found');
  });
});

describe('the questions', () => {
  test('why says who holds a file', async () => {
    const simulator = new Simulator();
    await logged(simulator, 'animals', { 'cat.jpg': '2MB' });
    expect(simulator.why('animals:v0/cat.jpg')).toMatchObject({
      kind: 'stored',
      holders: [{ version: 'animals:v0', state: 'COMMITTED' }],
    });
    expect(simulator.why('animals:v1/cat.jpg').kind).toBe('not found');
    await failure(() => simulator.why('animals:v0'), ValueError);
  });

  test('plan says what a deletion would do, and does nothing', async () => {
    const simulator = new Simulator();
    await loggedMany(simulator, 'animals', 2);
    const { store } = simulator;
    const plan = simulator.plan(['animals:v0', 'animals:v1'], { deleteAliases: true });
    expect(plan.objects.map(({ fate }) => fate)).toEqual(['freed', 'freed']);
    expect(simulator.plan(['animals']).refused).toMatchObject([{ refusal: { code: 'has-aliases' } }]);
    expect(canonicalStore(simulator.store)).toBe(canonicalStore(store));
  });
});
