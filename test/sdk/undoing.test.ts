import { describe, expect, test } from 'vitest';
import { type Artifact, CommError, Simulator, timedelta, ValueError } from '../../src/sdk/index.ts';
import { draftOf, failure, logged, loggedMany, namesOf, refusal } from './scene.ts';

/** An upload whose beginning is undone before it is committed. */
async function begunAndUndone(
  simulator: Simulator,
): Promise<{ readonly draft: Artifact; readonly begun: Promise<unknown> }> {
  const draft = draftOf('animals', { cat: 'miaow' });
  const run = simulator.init({ id: 'train-1' });
  await Promise.resolve();
  const begun = run.logArtifact(draft);
  await Promise.resolve();
  expect(simulator.undo()).toBe(true);
  return { draft, begun };
}

describe('undoing the beginning of an upload', () => {
  test('refuses its end', async () => {
    const simulator = new Simulator();
    const { draft, begun } = await begunAndUndone(simulator);
    await begun;
    const error = await refusal(draft.wait(), CommError, 'not-found');
    expect(error.message).toContain('animals#0');
    expect(simulator.history.map(({ label }) => label)).toEqual(['start the run train-1']);
  });

  test('does not let it commit, or become, another upload that has its index since', async () => {
    const simulator = new Simulator();
    const { draft, begun } = await begunAndUndone(simulator);
    const other = draftOf('animals', { dog: 'wuff' });
    const logging = simulator.init({ id: 'train-2' }).logArtifact(other);
    await refusal(draft.wait(), CommError, 'not-found');
    await begun;
    await logging;
    expect([...(await (await other.wait()).download()).keys()]).toEqual(['dog']);
    expect(draft.isDraft()).toBe(true);
  });

  test('is noticed even if the upload was committed and nobody had waited', async () => {
    const simulator = new Simulator();
    const draft = draftOf('animals', { cat: 'miaow' });
    await simulator.init().logArtifact(draft);
    await simulator.api().artifact('animals');
    simulator.undo();
    await logged(simulator, 'animals', { dog: 'wuff' });
    await refusal(draft.wait(), CommError, 'not-found');
    await simulator.init().logArtifact(draft);
    expect((await draft.wait()).version).toBe('v1');
  });
});

describe('undoing with other calls in between', () => {
  test('takes back the last turns of one call, and then what came before these', async () => {
    const simulator = new Simulator();
    const [cats, dogs] = [draftOf('cats', { cat: '1MB' }), draftOf('dogs', { dog: '1MB' })];
    const [one, two] = [simulator.init(), simulator.init()];
    await Promise.all([one.logArtifact(cats), two.logArtifact(dogs)]);
    await Promise.all([cats.wait(), dogs.wait()]);
    const labels = () =>
      simulator.history.slice(2).map(({ label }) => label.split(' ').slice(0, 2).join(' '));
    expect(labels()).toEqual(['begin cats', 'begin dogs', 'commit cats', 'commit dogs']);
    simulator.undo();
    expect(labels()).toEqual(['begin cats', 'begin dogs', 'commit cats']);
    simulator.undo();
    expect(labels()).toEqual(['begin cats', 'begin dogs']);
    simulator.redo();
    expect(labels()).toEqual(['begin cats', 'begin dogs', 'commit cats']);
  });

  test('lets garbage collection tell what it deleted, also if that is gone when it ends', async () => {
    const simulator = new Simulator();
    await loggedMany(simulator, 'animals', 2);
    await (await simulator.api().artifact('animals:v0')).delete();
    await simulator.dispatch({ type: 'moveClock', bySeconds: timedelta({ days: 7 }) });
    const collecting = simulator.collect();
    const closed = () =>
      simulator.history.some(({ events }) => events.some(({ type }) => type === 'versionClosed'));
    while (!closed()) await Promise.resolve();
    while (simulator.undo());
    expect((await collecting).deleted).toEqual(['team/demo/animals:v0']);
  });
});

describe('what was fetched before it was undone', () => {
  test('does not act on another version of its name', async () => {
    const simulator = new Simulator();
    const stale = await logged(simulator, 'animals', { cat: 'miaow' });
    simulator.undo();
    const other = await logged(simulator, 'animals', { dog: 'wuff' });
    const calls: readonly (() => Promise<unknown>)[] = [
      () => stale.download(),
      () => stale.save(),
      () => stale.link('best'),
      () => stale.collection(),
      () => stale.files().all(),
      () => simulator.init().useArtifact(stale),
      () => stale.delete({ deleteAliases: true }),
    ];
    for (const call of calls) await refusal(call(), CommError, 'not-found');
    expect(await other.verify()).toBeUndefined();
  });

  test('does not act on another version of the same content either', async () => {
    const simulator = new Simulator();
    const stale = await logged(simulator, 'animals', { cat: 'miaow' });
    simulator.undo();
    await logged(simulator, 'animals', { cat: 'miaow' }, { type: 'model' });
    await refusal(stale.delete({ deleteAliases: true }), CommError, 'not-found');
  });

  test('is itself again once that is done again', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals');
    simulator.undo();
    simulator.redo();
    await artifact.delete({ deleteAliases: true });
    expect(artifact.state).toBe('PENDING_DELETION');
  });

  test('as a link does not take away another link, or a version', async () => {
    const simulator = new Simulator();
    const [cats, dogs] = [await logged(simulator, 'cats'), await logged(simulator, 'dogs')];
    const stale = await cats.link('best');
    simulator.undo();
    const other = await dogs.link('best');
    for (const call of [stale.delete(), stale.unlink(), stale.download(), stale.sourceArtifact()]) {
      await refusal(call, CommError, 'not-found');
    }
    await other.unlink();
    for (let turns = 0; turns < 2; turns += 1) simulator.undo();
    await logged(simulator, 'best');
    await refusal(stale.delete(), CommError, 'not-found');
    expect(await simulator.api().artifactExists('best:v0')).toBe(true);
  });

  test('is refused as a link that no longer exists, even if its portfolio does', async () => {
    const simulator = new Simulator();
    await (await logged(simulator, 'cats')).link('best');
    const stale = await (await logged(simulator, 'dogs')).link('best');
    simulator.undo();
    await refusal(stale.save(), CommError, 'not-found');
  });
});

describe('a stale artifact collection', () => {
  test('does not delete its successor of another type', async () => {
    const simulator = new Simulator();
    const stale = await (await logged(simulator, 'animals')).collection();
    await (await simulator.api().artifactCollection('dataset', 'animals')).delete();
    await logged(simulator, 'animals', { net: '1MB' }, { type: 'model' });
    await refusal(stale.artifacts().all(), ValueError, 'type-mismatch');
    await refusal(stale.delete(), ValueError, 'type-mismatch');
    expect(await simulator.api().artifactExists('animals')).toBe(true);
  });

  test('does not delete, or list, its successor of another kind', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals');
    const stale = await (await artifact.link('best')).collection();
    simulator.undo();
    await logged(simulator, 'best');
    const error = await refusal(stale.delete(), CommError, 'not-found');
    expect(error.message).toBe('best is now a sequence, not the portfolio that was fetched.');
    await refusal(stale.artifacts().all(), CommError, 'not-found');
    expect(namesOf(await simulator.api().artifacts('dataset', 'best').all())).toEqual(['best:v0']);
  });
});

describe('an artifact of another simulator', () => {
  test('is not taken for one of the same name here', async () => {
    const [here, there] = [new Simulator(), new Simulator()];
    const [artifact, foreign] = [await logged(here, 'animals'), await logged(there, 'animals')];
    const run = here.init();
    const error = await failure(run.useArtifact(foreign), ValueError);
    expect(error.message).toContain('another simulator');
    expect(await artifact.usedBy()).toEqual([]);
    const link = await foreign.link('best');
    await failure(run.useArtifact(link), ValueError);
  });

  test('is not logged by way of a draft of it', async () => {
    const [here, there] = [new Simulator(), new Simulator()];
    const draft = (await logged(there, 'animals')).newDraft();
    await failure(here.init().logArtifact(draft), ValueError);
    draft.addFile('dog', 'wuff');
    await there.init().logArtifact(draft);
    expect((await draft.wait()).version).toBe('v1');
  });
});
