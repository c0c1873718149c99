import type { Simulator } from '../../../src/sdk/index.ts';
import { logged } from '../scene.ts';

const NAMED: ReadonlyMap<number, string> = new Map([
  [2, 'diverged'],
  [4, 'best'],
]);

/**
 * A run that used `texts` and logged five checkpoints, which share their vocabulary of 10 MB: v1 is `diverged`, v3 is
 * `best`, v4 is `latest`.
 */
export async function checkpoints(simulator: Simulator): Promise<void> {
  await logged(simulator, 'texts', { 'texts.txt': '50MB' }, { run: 'import' });
  await simulator.init({ id: 'train-1' }).useArtifact('texts:latest');
  for (let epoch = 1; epoch <= 5; epoch += 1) {
    const files = { 'weights.pt': `100MB of epoch-${epoch}`, 'vocabulary.txt': '10MB' };
    const named = NAMED.get(epoch);
    const aliases = named === undefined ? [] : [named];
    await logged(simulator, 'checkpoints', files, { type: 'model', run: 'train-1', aliases });
  }
}

/** Six nightly builds that share nothing. */
export async function builds(simulator: Simulator): Promise<void> {
  for (let night = 1; night <= 6; night += 1) {
    await logged(simulator, 'builds', { 'build.bin': `20MB of night-${night}` }, { run: 'nightly' });
  }
}

/** What a sweep leaves behind: an artifact collection of one version for each run, of which the second is `best`. */
export async function sweep(simulator: Simulator): Promise<void> {
  for (const at of [1, 2, 3]) {
    const files = { 'weights.pt': `40MB of trial-${at}` };
    const aliases = at === 2 ? ['best'] : [];
    await logged(simulator, `trial-${at}`, files, { type: 'model', run: `trial-${at}`, aliases });
  }
}

/** Two versions of a model, of which a registry links the older one as `retired`. */
export async function registry(simulator: Simulator): Promise<void> {
  const details = { type: 'model', run: 'train-1' };
  const older = await logged(simulator, 'ranker', { 'ranker.pt': '250MB of spring' }, details);
  await logged(simulator, 'ranker', { 'ranker.pt': '250MB of summer' }, details);
  await older.link('models/old-rankers', ['retired']);
}
