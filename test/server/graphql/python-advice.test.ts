import { describe, expect, test } from 'vitest';
import { pythonLine } from '../../../src/server/graphql/python-advice.ts';
import type { Action } from '../../../src/simulator/action.ts';
import { Simulator } from '../../../src/simulator/simulator.ts';
import {
  alias,
  link,
  log,
  remove,
  removeCollection,
  removeRun,
  removeWithAliases,
  restore,
  setTtl,
  unlink,
  use,
} from '../../support/stores/builders.ts';

const { store } = zoo();

describe('an action in Python', () => {
  test.each<[Action, string]>([
    [remove('animals:v0'), 'api.artifact("team/demo/animals:v0").delete()'],
    [removeWithAliases('animals:v0'), 'api.artifact("team/demo/animals:v0").delete(delete_aliases=True)'],
    [
      alias('animals:v0', { add: ['best'], remove: ['latest'] }),
      'artifact = api.artifact("team/demo/animals:v0"); artifact.aliases.append("best"); artifact.aliases.remove("latest"); artifact.save()',
    ],
    [link('animals:v0', 'zoo/prod', []), 'api.artifact("team/demo/animals:v0").link("team/zoo/prod")'],
    [
      link('animals:v0', 'prod', ['a', 'b']),
      'api.artifact("team/demo/animals:v0").link("team/demo/prod", aliases=["a", "b"])',
    ],
    [unlink('prod:v0'), 'api.artifact("team/demo/prod:v0").unlink()'],
    [
      use('animals:v0', 'run-1'),
      'api.run("team/demo/run-1").use_artifact(api.artifact("team/demo/animals:v0"))',
    ],
    [
      setTtl('animals:v0', '30d'),
      'artifact = api.artifact("team/demo/animals:v0"); artifact.ttl = datetime.timedelta(days=30); artifact.save()',
    ],
    [
      setTtl('animals:v0', '90s'),
      'artifact = api.artifact("team/demo/animals:v0"); artifact.ttl = datetime.timedelta(seconds=90); artifact.save()',
    ],
    [
      setTtl('animals:v0', 'none'),
      'artifact = api.artifact("team/demo/animals:v0"); artifact.ttl = None; artifact.save()',
    ],
    [
      setTtl('animals:v0', 'inherit'),
      'artifact = api.artifact("team/demo/animals:v0"); artifact.ttl = wandb.ArtifactTTL.INHERIT; artifact.save()',
    ],
    [removeRun('run-1'), 'api.run("team/demo/run-1").delete()'],
    [removeRun('run-1', { artifacts: true }), 'api.run("team/demo/run-1").delete(delete_artifacts=True)'],
    [removeCollection('animals'), 'api.artifact_collection("model", "team/demo/animals").delete()'],
  ])('is a call of the public SDK: %j', (action, line) => {
    expect(pythonLine(action, store, null)).toBe(line);
  });

  test.each<Action>([
    log('animals', { cat: '1MB' }),
    restore('animals:v0'),
    setTtl('animals:v0', 'soon'),
    alias('prod:v0', { protect: ['live'] }),
    removeCollection('plants'),
    { type: 'collectGarbage' },
    alias('animals:v0', { add: ['x'.repeat(500)] }),
  ])('has no line if Python has no call for it, or nobody could read it: %j', (action) => {
    expect(pythonLine(action, store, null)).toBeNull();
  });

  test('says whose key it needs if that is not the reader', () => {
    const action = { ...remove('animals:v0'), by: 'alice' };
    expect(pythonLine(action, store, 'alice')).not.toContain('#');
    expect(pythonLine(action, store, 'bob')).toMatch(/ {2}# with the API key of "alice"$/);
    expect(pythonLine(remove('animals:v0'), store, 'bob')).toMatch(/ {2}# with the API key of an admin$/);
  });

  test.each([
    ['a"b', String.raw`"a\"b"`],
    [String.raw`a\b`, String.raw`"a\\b"`],
    ['two\nlines', String.raw`"two\nlines"`],
    ['\u202e\u{e0001}', String.raw`"\U0000202e\U000e0001"`],
    ['\u009b', String.raw`"\U0000009b"`],
    ['\ud800', String.raw`"\ud800"`],
    ['é 🐈', '"é 🐈"'],
  ])('quotes %j so that it can be pasted', (text, literal) => {
    expect(pythonLine(alias('animals:v0', { add: [text] }), store, null)).toContain(`append(${literal})`);
  });
});

function zoo(): Simulator {
  const simulator = new Simulator();
  simulator.apply(log('animals', { cat: '1MB' }, { type: 'model' }));
  return simulator;
}
