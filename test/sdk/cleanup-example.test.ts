// A test of a cleanup script, as a project would write it: there the imports are `artifact-limbo`, `artifact-limbo/vitest` and `vitest`.
import { describe, expect } from 'vitest';
import { type Api, Artifact, type Simulator } from '../../src/sdk/index.ts';
import { test } from '../../src/sdk/testing/vitest.ts';

/** The script: deletes every version of an artifact that has no alias. */
async function deleteUnnamed(api: Api, type: string, name: string): Promise<void> {
  for await (const artifact of api.artifacts(type, name)) {
    if (artifact.aliases.length === 0) await artifact.delete();
  }
}

/** Three checkpoints, of which the first is the best and the last the latest; all share their configuration. */
async function train(simulator: Simulator): Promise<void> {
  const run = simulator.init({ id: 'train-1' });
  for (const [epoch, aliases] of [['best'], [], []].entries()) {
    const model = new Artifact('model', 'model');
    model.addFile('config.json', { size: '1KB', of: 'the configuration' });
    model.addFile('weights.bin', { size: '100MB', of: `epoch ${epoch}` });
    await run.logArtifact(model, { aliases });
    await model.wait();
  }
}

describe('the cleanup script', () => {
  test('keeps what has a name', async ({ simulator, api }) => {
    await train(simulator);
    await deleteUnnamed(api, 'model', 'model');
    expect(simulator).toResolve('model:best', 'model:v0');
    expect(simulator).toResolve('model:latest', 'model:v2');
    expect(simulator).not.toResolve('model:v1');
  });

  test('frees the weights once the retention is over, and not what others share', async ({
    simulator,
    api,
  }) => {
    await train(simulator);
    await deleteUnnamed(api, 'model', 'model');
    expect(simulator).toHaveState('model:v1', 'PENDING_DELETION');
    expect(await simulator.advance('8d')).toHaveFreed('100MB');
    expect(simulator).toHaveState('model:v1', 'DELETED');
    expect(simulator).not.toHoldFile('model:v1/weights.bin');
    expect(simulator).toHoldFile('model:v1/config.json');
  });

  test('could not delete the best one by mistake', async ({ simulator, api }) => {
    await train(simulator);
    const best = await api.artifact('model:best');
    await expect(best.delete()).toBeRefusedWith('has-aliases');
  });

  describe('on a server of our own', () => {
    test.override('simulatorOptions', { settings: { deployment: 'self-managed' } });

    test('frees nothing, since garbage collection does not run there', async ({ simulator, api }) => {
      await train(simulator);
      await deleteUnnamed(api, 'model', 'model');
      expect(await simulator.advance('30d')).toHaveFreed(0);
      await expect(simulator.collect()).toBeRefusedWith('gc-not-enabled');
    });
  });
});
