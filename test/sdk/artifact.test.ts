import { describe, expect, test } from 'vitest';
import {
  Artifact,
  ArtifactFinalizedError,
  ArtifactNotLoggedError,
  CommError,
  Simulator,
  ValueError,
} from '../../src/sdk/index.ts';
import { parseFileName } from '../../src/values/names.ts';
import { read } from '../support/names.ts';
import { draftOf, failure, logged, namesOf, refusal } from './scene.ts';

describe('an artifact that is yet to be logged', () => {
  test('takes files, and knows their manifest', () => {
    const artifact = draftOf('animals', { 'a.txt': 'hello', 'cat.jpg': '2MB' });
    artifact.addReference('s3://bucket/data/dog.jpg', { size: '1MB' });
    expect(artifact.isDraft()).toBe(true);
    expect(artifact.state).toBe('PENDING');
    expect(artifact.name).toBe('animals');
    expect(artifact.id).toBeNull();
    expect(artifact.size).toBe(3_000_005);
    expect([...artifact.manifest.entries.keys()]).toEqual(['a.txt', 'cat.jpg', 'dog.jpg']);
    expect(artifact.manifest.entries.get('dog.jpg')).toEqual({
      path: 'dog.jpg',
      digest: 's3://bucket/data/dog.jpg',
      size: 1_000_000,
      ref: 's3://bucket/data/dog.jpg',
    });
  });

  test('has the digest that the service would give it (LOG-9)', () => {
    expect(draftOf('any', {}).digest).toBe('64e7c61456b10382e2f3b571ac24b659');
    expect(draftOf('any', { 'a.txt': 'hello' }).digest).toBe('541f289bb3c6ae786d51e7288e523543');
  });

  test.each([
    'entity',
    'project',
    'qualifiedName',
    'version',
    'sourceEntity',
    'sourceProject',
    'sourceQualifiedName',
    'sourceVersion',
    'fileCount',
    'createdAt',
    'tags',
    'aliases',
    'ttl',
  ] as const)('has no %s', async (member) => {
    const error = await failure(() => draftOf('animals', {})[member], ArtifactNotLoggedError);
    expect(error.message).toContain(`Artifact.${member}`);
    expect(error.refusal).toBeNull();
  });

  test.each([
    'wait',
    'save',
    'delete',
    'unlink',
    'download',
    'verify',
    'collection',
    'sourceCollection',
    'sourceArtifact',
    'linkedArtifacts',
    'loggedBy',
    'usedBy',
  ] as const)('cannot be asked to %s', async (member) => {
    await failure(draftOf('animals', {})[member](), ArtifactNotLoggedError);
  });

  test('cannot be linked, listed or copied', async () => {
    const draft = draftOf('animals', {});
    await failure(draft.link('models/prod'), ArtifactNotLoggedError);
    await failure(() => draft.files(), ArtifactNotLoggedError);
    await failure(() => draft.newDraft(), ArtifactNotLoggedError);
  });

  test.each(['', 'a/b', 'a:b', 'x'.repeat(129), '../../etc/passwd'])(
    'cannot be called "%s"',
    async (name) => {
      await refusal(() => new Artifact(name, 'dataset'), ValueError, 'bad-name');
    },
  );

  test.each(['', 'job', 'wandb-history'])('cannot be of the type "%s"', async (type) => {
    await failure(() => new Artifact('animals', type), ValueError);
  });

  test('may be called __proto__, and have any path', async () => {
    const simulator = new Simulator();
    const paths = ['__proto__', 'constructor', '../../etc/passwd', 'a\nb', '🐈', ' '];
    const artifact = new Artifact('__proto__', '__proto__');
    artifact.addDir(paths.map((path) => [path, path] as const));
    await simulator.init().logArtifact(artifact);
    await artifact.wait();
    const found = await simulator.api().artifact('__proto__:latest', '__proto__');
    expect([...found.manifest.entries.keys()].sort()).toEqual([...paths].sort());
    expect(new Set((await found.download()).keys())).toEqual(new Set(paths));
  });
});

describe('a logged artifact', () => {
  test('knows its names, its place and its content', async () => {
    const simulator = new Simulator();
    await simulator.advance('2h');
    const artifact = await logged(
      simulator,
      'animals',
      { 'cat.jpg': '2MB' },
      { aliases: ['best'], tags: ['raw'] },
    );
    expect(artifact).toMatchObject({
      name: 'animals:v0',
      type: 'dataset',
      entity: 'team',
      project: 'demo',
      qualifiedName: 'team/demo/animals:v0',
      version: 'v0',
      sourceEntity: 'team',
      sourceProject: 'demo',
      sourceName: 'animals:v0',
      sourceQualifiedName: 'team/demo/animals:v0',
      sourceVersion: 'v0',
      isLink: false,
      state: 'COMMITTED',
      size: 2_000_000,
      fileCount: 1,
      createdAt: 7_200,
      tags: ['raw'],
      aliases: ['best', 'latest'],
      ttl: null,
    });
    expect(artifact.isDraft()).toBe(false);
    expect(artifact.digest).toBe(draftOf('animals', { 'cat.jpg': '2MB' }).digest);
  });

  test('is the same thing, in all that it knows, as what is fetched by its name', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals');
    const fetched = await simulator.api().artifact('animals:v0');
    expect(fetched).toBeInstanceOf(Artifact);
    for (const member of ['id', 'qualifiedName', 'digest', 'aliases', 'state', 'createdAt'] as const) {
      expect(fetched[member]).toEqual(artifact[member]);
    }
  });

  test('cannot be changed any more', async () => {
    const artifact = await logged(new Simulator(), 'animals');
    const error = await failure(() => artifact.addFile('dog.jpg', 'wuff'), ArtifactFinalizedError);
    expect(error.message).toContain('artifact.newDraft()');
    await failure(() => artifact.addDir([['dog.jpg', 'wuff']]), ArtifactFinalizedError);
    await failure(() => artifact.addReference('s3://bucket/dog.jpg'), ArtifactFinalizedError);
    await failure(() => artifact.newFile('dog.jpg', () => {}), ArtifactFinalizedError);
    await failure(() => artifact.remove('animals'), ArtifactFinalizedError);
    await failure(new Simulator().init().logArtifact(artifact), ArtifactFinalizedError);
  });

  test('is a snapshot: what another object does to the version is not seen', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals');
    const other = await simulator.api().artifact('animals:v0');
    await other.delete({ deleteAliases: true });
    expect(other).toMatchObject({ state: 'PENDING_DELETION', aliases: [] });
    expect(artifact).toMatchObject({ state: 'COMMITTED', aliases: ['latest'] });
  });

  test('can be drafted anew, changed, and logged as the next version (LOG-10)', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals', { 'cat.jpg': '2MB', 'dog.jpg': '1MB' });
    const draft = artifact.newDraft();
    draft.remove('cat.jpg');
    draft.addFile('dog.jpg', { size: '4MB', of: 'another dog' }, { overwrite: true });
    draft.addFile('rat.jpg', { size: '3MB' });
    await simulator.init().logArtifact(draft);
    await draft.wait();
    expect(draft.name).toBe('animals:v1');
    expect([...draft.manifest.entries.keys()]).toEqual(['dog.jpg', 'rat.jpg']);
    expect([...artifact.manifest.entries.keys()]).toEqual(['cat.jpg', 'dog.jpg']);
  });
});

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

  test('is refused for what somebody took out of the bucket (BKT-6)', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals', { 'cat.jpg': '2MB', 'dog.jpg': '1MB' });
    await artifact.verify();
    const file = read(parseFileName('animals:v0/cat.jpg'), 'animals:v0/cat.jpg');
    await simulator.dispatch({ type: 'deleteBehindTheStore', file });
    const error = await refusal(artifact.download(), CommError, 'objects-missing');
    expect(error.refusal).toMatchObject({ rule: 'BKT-6', blockers: ['cat.jpg'] });
    await refusal(artifact.verify(), ValueError, 'objects-missing');
    expect([...(await artifact.download({ pathPrefix: 'dog' })).keys()]).toEqual(['dog.jpg']);
  });
});

describe('the lineage of an artifact', () => {
  test('leads to the runs that logged and used it, as long as they stand (DEL-12)', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals', { cat: '1MB' }, { run: 'train-1' });
    const [reader, other] = [simulator.init({ name: 'eval-2' }), simulator.init({ name: 'eval-1' })];
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
