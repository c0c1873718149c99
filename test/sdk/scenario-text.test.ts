import { describe, expect, test } from 'vitest';
import { Simulator, ValueError } from '../../src/sdk/index.ts';
import { snapshotOf } from '../../src/simulator/snapshot/write.ts';
import { seconds } from '../../src/values/units.ts';
import { logged } from './scene.ts';

describe('a story from code', () => {
  test('replays to the same store: bytes, people, settings, uploads and garbage collection', async () => {
    const simulator = new Simulator({
      settings: { retentionSeconds: seconds(86_400) },
      team: { members: { bob: 'member', ann: 'admin' }, ttlDefault: seconds(86_400) },
      registries: { models: { bob: 'admin' } },
    });
    await logged(
      simulator,
      'animals',
      { 'cat, or dog': 'some text', b: '2MB' },
      { as: 'bob', aliases: ['1.0'] },
    );
    const second = await logged(simulator, 'animals', { c: new Uint8Array([1, 2, 3]) });
    await second.delete({ deleteAliases: true });
    await simulator.advance('2d');
    await simulator.collect();
    expect(Simulator.fromScenario(simulator.toScenario('Code')).digest).toBe(simulator.digest);
  });

  test('says what was not undone', async () => {
    const simulator = new Simulator();
    await logged(simulator, 'animals');
    await logged(simulator, 'plants');
    while (simulator.store.collections.size > 1) simulator.undo();
    const text = simulator.toScenario();
    expect(text).not.toContain('plants');
    expect(Simulator.fromScenario(text).digest).toBe(simulator.digest);
  });

  test('is refused for a simulator that started from a snapshot, which has the same store', async () => {
    const simulator = new Simulator();
    await logged(simulator, 'animals');
    const bytes = Buffer.concat([...snapshotOf(simulator.store)]);
    const next = Simulator.fromSnapshot(bytes);
    expect(next.digest).toBe(simulator.digest);
    await logged(next, 'plants');
    expect(() => next.toScenario()).toThrow(ValueError);
  });

  test('is refused if the clock moved without its jobs', async () => {
    const simulator = new Simulator();
    await simulator.dispatch({ type: 'moveClock', bySeconds: seconds(5) });
    expect(() => simulator.toScenario()).toThrow('A scenario has no step for moveClock.');
  });
});

describe('a simulator from a text', () => {
  test.each([
    ['that has mistakes', 'title: a\nsteps:\n  - wait: 5', /2|expected/],
    ['whose claim fails', 'title: a\nsteps:\n  - delete: animals:v0', /Line 3: expected/],
    [
      'that takes files from a folder',
      'title: a\nsteps:\n  - log: a\n    files: { from: ./x }',
      /Line 4 takes files/,
    ],
  ])('%s is refused', (_what, text, message) => {
    expect(() => Simulator.fromScenario(text)).toThrow(ValueError);
    expect(() => Simulator.fromScenario(text)).toThrow(message);
  });

  test('and bytes that are no snapshot are refused', () => {
    expect(() => Simulator.fromSnapshot(new Uint8Array([1]))).toThrow(ValueError);
  });
});
