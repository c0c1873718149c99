import { describe, expect, test } from 'vitest';
import { CommError, Simulator, ValueError } from '../../src/sdk/index.ts';
import { parseFileName } from '../../src/values/names.ts';
import { read } from '../support/stores/names.ts';
import { draftOf, logged, namesOf, refusal } from './scene.ts';

describe('reading an artifact', () => {
  test('gives the bytes that were given, and none where only their size was', async () => {
    const simulator = new Simulator();
    const bytes = new Uint8Array([1, 2, 3]);
    const artifact = draftOf('animals', { 'a.bin': bytes, 'a.txt': 'häßlich', 'cat.jpg': '2MB' });
    artifact.addReference('https://example.org/dog.jpg');
    artifact.newFile('log.txt', (file) => {
      file.write('one ');
      file.write(new TextEncoder().encode('two'));
    });
    bytes[0] = 99;
    await simulator.init().logArtifact(artifact);
    await artifact.wait();
    const files = await artifact.download();
    expect(files.get('a.bin')?.content).toEqual(new Uint8Array([1, 2, 3]));
    expect(new TextDecoder().decode(files.get('a.txt')?.content ?? undefined)).toBe('häßlich');
    expect(new TextDecoder().decode(files.get('log.txt')?.content ?? undefined)).toBe('one two');
    expect(files.get('cat.jpg')).toMatchObject({ size: 2_000_000, content: null });
    expect(files.get('dog.jpg')).toMatchObject({ ref: 'https://example.org/dog.jpg', content: null });
    files.get('a.bin')?.content?.fill(0);
    expect((await artifact.download()).get('a.bin')?.content).toEqual(new Uint8Array([1, 2, 3]));
  });

  test('may be of a part of it only', async () => {
    const artifact = await logged(new Simulator(), 'animals', {
      'big/cat': '2MB',
      'big/dog': '1MB',
      rat: '3MB',
    });
    expect([...(await artifact.download({ pathPrefix: 'big/' })).keys()]).toEqual(['big/cat', 'big/dog']);
    expect((await artifact.files(['rat', 'big/cat', 'none']).all()).map(({ name }) => name)).toEqual([
      'big/cat',
      'rat',
    ]);
  });

  test('lists its stored files, without references', async () => {
    const simulator = new Simulator();
    const artifact = draftOf('animals', { cat: 'miaow', dog: '1MB' });
    artifact.addReference('s3://bucket/rat');
    await simulator.init().logArtifact(artifact);
    await artifact.wait();
    const files = artifact.files(null, { perPage: 1 });
    expect(await files.length()).toBe(2);
    const [cat] = await files.all();
    expect(cat).toEqual({ name: 'cat', size: 5, md5: artifact.manifest.entries.get('cat')?.digest });
  });

  test('is refused when it is deleted (DEL-3)', async () => {
    const artifact = await logged(new Simulator(), 'animals');
    await artifact.delete({ deleteAliases: true });
    await refusal(artifact.download(), CommError, 'not-found');
    await refusal(artifact.verify(), CommError, 'not-found');
    await refusal(artifact.files().all(), CommError, 'not-found');
  });

  test('is refused for files that were deleted out of band (BKT-6)', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals', { 'cat.jpg': '2MB', 'dog.jpg': '1MB' });
    await artifact.verify();
    const file = read(parseFileName('animals:v0/cat.jpg'), 'animals:v0/cat.jpg');
    await simulator.dispatch({ type: 'deleteOutOfBand', file });
    const error = await refusal(artifact.download(), CommError, 'objects-missing');
    expect(error.refusal).toMatchObject({ rule: 'BKT-6', blockers: ['cat.jpg'] });
    await refusal(artifact.verify(), ValueError, 'objects-missing');
    expect([...(await artifact.download({ pathPrefix: 'dog' })).keys()]).toEqual(['dog.jpg']);
  });
});

describe('the lineage of an artifact', () => {
  test('leads to the runs that logged and used it, as long as they exist (DEL-12)', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals', { cat: '1MB' }, { run: 'train-1' });
    const [reader, other] = [simulator.init({ id: 'eval-2' }), simulator.init({ id: 'eval-1' })];
    await reader.useArtifact(artifact);
    await other.useArtifact('animals:v0');
    expect((await artifact.loggedBy())?.path).toEqual(['team', 'demo', 'train-1']);
    expect((await artifact.usedBy()).map(({ name }) => name)).toEqual(['eval-1', 'eval-2']);
    await reader.delete();
    await (await simulator.api().run('train-1')).delete();
    expect(await artifact.loggedBy()).toBeNull();
    expect((await artifact.usedBy()).map(({ name }) => name)).toEqual(['eval-1']);
  });

  test('leads to its artifact collections and links', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals');
    const link = await artifact.link('models/best', ['prod']);
    expect(link).toMatchObject({
      name: 'best:v0',
      project: 'models',
      isLink: true,
      aliases: ['latest', 'prod'],
      sourceQualifiedName: 'team/demo/animals:v0',
    });
    expect(link.id).toBe(artifact.id);
    expect((await link.collection()).name).toBe('best');
    expect((await link.sourceCollection()).name).toBe('animals');
    expect((await link.sourceArtifact()).qualifiedName).toBe('team/demo/animals:v0');
    expect(await artifact.sourceArtifact()).toBe(artifact);
    expect(namesOf(await artifact.linkedArtifacts())).toEqual(['best:v0']);
    expect(await link.linkedArtifacts()).toEqual([]);
  });
});
