import { describe, expect, test } from 'vitest';
import { CommError, Simulator, timedelta, ValueError } from '../../src/sdk/index.ts';
import { draftOf, logged, refusal } from './scene.ts';

describe('finishing a run', () => {
  test('waits for an upload that has not begun yet', async () => {
    const run = new Simulator().init();
    const artifact = draftOf('animals', { cat: '1MB' });
    void run.logArtifact(artifact);
    await run.finish();
    expect(artifact).toMatchObject({ state: 'COMMITTED', version: 'v0' });
  });

  test('reports an upload that was refused before it began, once', async () => {
    const run = new Simulator().init();
    void run.logArtifact(draftOf('animals', { cat: '1MB' }), { aliases: ['v1'] });
    await refusal(run.finish(), ValueError, 'bad-alias');
    await run.finish();
  });

  test('waits for every other upload before it reports the first failure', async () => {
    const simulator = new Simulator();
    await logged(simulator, 'animals');
    const collection = await simulator.api().artifactCollection('dataset', 'animals');
    const run = simulator.init();
    const [lost, kept] = [draftOf('animals', { dog: '1MB' }), draftOf('plants', { fern: '1MB' })];
    const begun = run.logArtifact(lost);
    const deleting = collection.delete();
    await begun;
    await deleting;
    const other = run.logArtifact(kept);
    await refusal(run.finish(), CommError, 'not-pending');
    expect([lost.isDraft(), kept.state]).toEqual([true, 'COMMITTED']);
    await other;
    await run.finish();
  });

  test('twice at once waits twice, and tells both', async () => {
    const run = new Simulator().init();
    const artifact = draftOf('animals', { cat: '1MB' });
    void run.logArtifact(artifact);
    void run.logArtifact(draftOf('plants', { fern: '1MB' }), { aliases: ['v1'] });
    const calls = [run.finish(), run.finish()];
    await Promise.all(calls.map((call) => refusal(call, ValueError, 'bad-alias')));
    expect(artifact.state).toBe('COMMITTED');
  });
});

describe('a draft whose upload failed', () => {
  test('says so, and can be changed and logged again', async () => {
    const simulator = new Simulator();
    await logged(simulator, 'animals');
    const collection = await simulator.api().artifactCollection('dataset', 'animals');
    const draft = draftOf('animals', { dog: '1MB' });
    const [begun, deleting] = [simulator.init().logArtifact(draft), collection.delete()];
    await begun;
    await deleting;
    await refusal(draft.wait(), CommError, 'not-pending');
    await refusal(draft.wait(), CommError, 'not-pending');
    draft.addFile('rat', 'squeak');
    await simulator.init().logArtifact(draft);
    expect(await draft.wait()).toMatchObject({ version: 'v1', fileCount: 2 });
  });

  test('keeps the TTL that it was to have', async () => {
    const simulator = new Simulator();
    const draft = draftOf('animals', { dog: '1MB' });
    draft.ttl = timedelta({ days: 1 });
    const run = simulator.init();
    await Promise.resolve();
    const begun = run.logArtifact(draft);
    await Promise.resolve();
    simulator.undo();
    await begun;
    await refusal(draft.wait(), CommError, 'not-found');
    await simulator.init().logArtifact(draft);
    expect((await draft.wait()).ttl).toBe(86_400);
  });
});
