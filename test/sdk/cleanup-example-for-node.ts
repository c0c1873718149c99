// A test of a cleanup script with Node's own runner, as a project would write it: there the imports are `artifact-limbo` and
// `artifact-limbo/assertions`.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Api, Artifact, Simulator } from '../../src/sdk/index.ts';
import {
  assertDoesNotHoldFile,
  assertDoesNotResolve,
  assertFreed,
  assertHoldsFile,
  assertRefusedWith,
  assertResolves,
  assertState,
} from '../../src/sdk/testing/assertions.ts';

/** The script: deletes every version that a run logged, except one. */
async function deleteAllBut(api: Api, run: string, kept: string): Promise<void> {
  for await (const artifact of (await api.run(run)).loggedArtifacts()) {
    if (!artifact.aliases.includes(kept)) await artifact.delete({ deleteAliases: true });
  }
}

async function trained(): Promise<Simulator> {
  const simulator = new Simulator();
  const run = simulator.init({ id: 'train-1' });
  for (const aliases of [['best'], []]) {
    const model = new Artifact('model', 'model');
    model.addFile('config.json', { size: '1KB' });
    model.addFile('weights.bin', { size: '100MB', of: `weights ${aliases.join()}` });
    await run.logArtifact(model, { aliases });
    await model.wait();
  }
  return simulator;
}

test('the script keeps the best version', async () => {
  const simulator = await trained();
  await deleteAllBut(simulator.api(), 'train-1', 'best');
  assertResolves(simulator, 'model:best', 'model:v0');
  assertDoesNotResolve(simulator, 'model:latest');
});

test('the script frees the other one, once the retention is over', async () => {
  const simulator = await trained();
  await deleteAllBut(simulator.api(), 'train-1', 'best');
  assertFreed(await simulator.advance('8d'), '100MB');
  assertState(simulator, 'model:v1', 'DELETED');
  assertDoesNotHoldFile(simulator, 'model:v1/weights.bin');
  assertHoldsFile(simulator, 'model:v1/config.json');
});

test('without the flag the call is refused', async () => {
  const simulator = await trained();
  const latest = await simulator.api().artifact('model');
  await assertRefusedWith(latest.delete(), 'has-aliases');
});

test('an assertion that fails says why', async () => {
  const simulator = await trained();
  assert.throws(() => assertState(simulator, 'model:v1', 'DELETED'), {
    name: 'AssertionError',
    message:
      /^expected model:v1 to be DELETED, but it is COMMITTED\n\nmodel:v1 is live since day 0, with latest/,
  });
});
