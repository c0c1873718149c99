import { describe, expect, test } from 'vitest';
import { Artifact, ArtifactNotLoggedError, CommError, Simulator, ValueError } from '../../src/sdk/index.ts';
import { draftOf, failure, logged, refusal } from './scene.ts';

const HOLD = { settings: { artifactReferences: 'hold' } } as const;

async function referring(simulator: Simulator, name: string, uri: string): Promise<Artifact> {
  const artifact = new Artifact(name, 'dataset');
  artifact.addReference(uri, { name: 'first' });
  await simulator.init().logArtifact(artifact);
  return artifact.wait();
}

describe('a reference to a file of another artifact (DEL-18)', () => {
  test('has the size and digest of the file, and stays with the version that an alias named', async () => {
    const simulator = new Simulator();
    const first = await logged(simulator, 'animals', { cat: 'miaow' });
    const index = await referring(simulator, 'index', 'wandb-artifact://team/demo/animals:latest/cat');
    await logged(simulator, 'animals', { owl: 'hoot' });
    expect(index.manifest.entries.get('first')).toEqual({
      path: 'first',
      digest: first.manifest.entries.get('cat')?.digest,
      size: 5,
      ref: first.refUrl('cat'),
    });
    expect(first.refUrl('cat')).toMatch(/^wandb-artifact:\/\/[0-9a-f]{40,}\/cat$/);
    const files = await index.download();
    expect(new TextDecoder().decode(files.get('first')?.content ?? undefined)).toBe('miaow');
  });

  test('can be given by its address, and to a reference it leads to what that one points to', async () => {
    const simulator = new Simulator();
    const animals = await logged(simulator, 'animals', { cat: '2MB' });
    const index = await referring(simulator, 'index', animals.refUrl('cat'));
    const second = await referring(simulator, 'second', index.refUrl('first'));
    expect(second.manifest.entries.get('first')?.ref).toBe(animals.refUrl('cat'));
    expect(second.digest).toBe(index.digest);
  });

  test('cannot be downloaded while it dangles', async () => {
    const simulator = new Simulator();
    const animals = await logged(simulator, 'animals', { cat: '2MB' });
    const index = await referring(simulator, 'index', animals.refUrl('cat'));
    await animals.delete({ deleteAliases: true });
    const { message } = await refusal(index.download(), CommError, 'not-found');
    expect(message).toContain(
      'index:v0 cannot be read: "first" refers to animals:v0, which is PENDING_DELETION. Try: await simulator.dispatch({"type":"restoreVersion"',
    );
    await index.verify();
  });

  test('holds what it refers to with the setting hold', async () => {
    const simulator = new Simulator(HOLD);
    const animals = await logged(simulator, 'animals', { cat: '2MB' });
    const index = await referring(simulator, 'index', animals.refUrl('cat'));
    await refusal(animals.delete({ deleteAliases: true }), CommError, 'referred-to');
    await refusal((await animals.collection()).delete(), CommError, 'referred-to');
    await index.delete({ deleteAliases: true });
    await animals.delete({ deleteAliases: true });
  });

  test('is refused where it points to nothing, and the artifact can be corrected and logged', async () => {
    const simulator = new Simulator();
    await logged(simulator, 'animals', { cat: '2MB' });
    const index = new Artifact('index', 'dataset');
    index.addReference('wandb-artifact://animals:v0/dog');
    await refusal(simulator.init().logArtifact(index), CommError, 'not-found');
    index.remove('dog');
    index.addReference('wandb-artifact://animals:v0/cat');
    await simulator.init().logArtifact(index);
    expect((await index.wait()).name).toBe('index:v0');
  });

  test.each(['wandb-artifact://animals', 'wandb-artifact://animals:v0', 'wandb-artifact://616263/cat'])(
    'is not %s',
    async (uri) => {
      await failure(() => new Artifact('index', 'dataset').addReference(uri, { name: 'x' }), ValueError);
    },
  );

  test('has an address only for a path of a logged artifact', async () => {
    await failure(() => draftOf('animals', { cat: '2MB' }).refUrl('cat'), ArtifactNotLoggedError);
    const animals = await logged(new Simulator(), 'animals', { cat: '2MB' });
    await failure(() => animals.refUrl('dog'), ValueError);
  });
});
