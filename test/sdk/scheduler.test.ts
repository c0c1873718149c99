import { describe, expect, test } from 'vitest';
import { CommError, Simulator } from '../../src/sdk/index.ts';
import { inOrder } from '../../src/sdk/scheduler.ts';
import type { Schedule } from '../../src/service/turns.ts';
import { draftOf, failure, logged, loggedMany } from './scene.ts';

describe('turns in order', () => {
  test('are taken one by one, in the order of the requests, and never synchronously', async () => {
    const schedule = inOrder();
    const applied: number[] = [];
    const calls = [1, 2, 3].map((number) => schedule('', () => applied.push(number)));
    expect(applied).toEqual([]);
    await Promise.all(calls);
    expect(applied).toEqual([1, 2, 3]);
  });

  test('let two scripts take turns', async () => {
    const schedule = inOrder();
    const applied: string[] = [];
    const script = async (name: string) => {
      for (let at = 0; at < 3; at += 1) await schedule('', () => applied.push(name + at));
    };
    await Promise.all([script('a'), script('b')]);
    expect(applied).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'b2']);
  });

  test('continue after one that fails', async () => {
    const schedule = inOrder();
    const failing = schedule('', () => {
      throw new RangeError('no');
    });
    const going = schedule('', () => 'on');
    await failure(failing, RangeError);
    expect(await going).toBe('on');
  });

  test('are reported if they fail and nobody awaits them', async () => {
    const unhandled: unknown[] = [];
    const listeners = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    process.once('unhandledRejection', (error) => unhandled.push(error));
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals');
    artifact.delete();
    await new Promise((resolve) => setImmediate(resolve));
    process.removeAllListeners('unhandledRejection');
    for (const listener of listeners) process.on('unhandledRejection', listener);
    expect(unhandled).toEqual([expect.any(CommError)]);
  });
});

describe('a custom schedule', () => {
  test('decides when each turn is taken, and gets its label; a call can need several turns', async () => {
    const waiting: { readonly label: string; readonly apply: () => void }[] = [];
    const schedule: Schedule = (label, turn) =>
      new Promise((resolve) => waiting.push({ label, apply: () => resolve(turn()) }));
    const simulator = new Simulator({ schedule });
    const run = simulator.init({ id: 'train-1' });
    expect(waiting.map(({ label }) => label)).toEqual(['start the run train-1']);
    waiting.shift()?.apply();
    const logging = run.logArtifact(draftOf('animals', { cat: '1MB' }));
    const asking = simulator.api().artifactExists('animals:v0');
    expect(waiting.map(({ label }) => label)).toEqual([
      'begin animals of the run train-1',
      'artifact animals:v0',
    ]);
    expect(simulator.history.map(({ label }) => label)).toEqual(['start the run train-1']);
    waiting.shift()?.apply();
    await logging;
    expect(waiting.map(({ label }) => label)).toEqual([
      'artifact animals:v0',
      'commit animals of the run train-1',
    ]);
    waiting.pop()?.apply();
    waiting.pop()?.apply();
    expect(await asking).toBe(true);
  });
});

describe('what is asked of the server', () => {
  test('is only what is needed: no page after the last one, and no commit without a new version (LOG-3)', async () => {
    const labels: string[] = [];
    const schedule: Schedule = async (label, turn) => {
      labels.push(label);
      return turn();
    };
    const simulator = new Simulator({ schedule });
    await loggedMany(simulator, 'animals', 2);
    labels.length = 0;
    await logged(simulator, 'animals', { 'file-1': '1MB' });
    await simulator.api().artifacts('dataset', 'animals', { perPage: 1 }).all();
    expect(labels).toEqual([
      'start the run train-1',
      'begin animals of the run train-1',
      'wait for animals',
      'artifacts of animals',
      'artifacts of animals',
    ]);
  });
});

describe('two cleanups at once', () => {
  test('have the same result every time', async () => {
    const clean = async () => {
      const simulator = new Simulator();
      await loggedMany(simulator, 'animals', 6);
      const script = async () => {
        let refused = 0;
        for await (const artifact of simulator.api().artifacts('dataset', 'animals', { perPage: 2 })) {
          await artifact.delete({ deleteAliases: true }).catch(() => {
            refused += 1;
          });
        }
        return refused;
      };
      const refused = await Promise.all([script(), script()]);
      return { refused, labels: simulator.history.map(({ label }) => label) };
    };
    const once = await clean();
    expect(once.refused).toEqual([0, 6]);
    expect(await clean()).toEqual(once);
  });
});
